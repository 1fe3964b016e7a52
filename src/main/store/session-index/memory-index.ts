import type { SessionFacets, SessionFilter, SessionQuery } from '../../../shared/domain/session-query.ts';
import { keysOf, largestFacet, searchWords } from './keys.ts';
import type { SessionKeys } from './keys.ts';
import type { IndexedRun, IndexedSession, SessionIndex } from './types.ts';

interface Known {
  name: string;
  session: IndexedSession;
  keys: SessionKeys;
}

/** The index for a runtime without SQLite: the same answers from memory. */
export function createMemoryIndex(): SessionIndex {
  const stamps = new Map<string, string>();
  const known = new Map<string, Known>();
  return {
    kind: 'memory',
    stamps: () => new Map(stamps),
    put(entries) {
      for (const { name, stamp, session } of entries) {
        stamps.set(name, stamp);
        if (session) known.set(name, { name, session, keys: keysOf(name, session) });
        else known.delete(name);
      }
    },
    remove(names) {
      for (const name of names) {
        stamps.delete(name);
        known.delete(name);
      }
    },
    count: () => known.size,
    find(query) {
      const wanted = [...known.values()].filter((one) => matches(one, query)).sort(comparison(query));
      const rows = wanted.slice(query.offset, query.offset + query.limit);
      return { rows: rows.map(({ name, session }) => ({ name, session })), total: wanted.length };
    },
    facets: (filter) => countFacets([...known.values()], filter),
    close() {
      stamps.clear();
      known.clear();
    },
  };
}

const holds = <T>(choices: readonly T[], value: T): boolean => choices.length === 0 || choices.includes(value);

function matches({ session, keys }: Known, filter: SessionFilter): boolean {
  return (
    searchWords(filter.search).every((word) => keys.words.includes(word)) &&
    holds(filter.boards, session.board) &&
    holds(filter.units, keys.unit) &&
    holds(filter.operators, session.operator) &&
    holds(filter.states, session.state) &&
    (filter.simulated === undefined || filter.simulated === session.simulated) &&
    (filter.from === undefined || session.createdAt >= filter.from) &&
    (filter.to === undefined || session.createdAt < filter.to) &&
    ((filter.workloads.length === 0 && filter.verdicts.length === 0) || wantedRuns(session, filter).length > 0)
  );
}

function wantedRuns({ runs }: IndexedSession, { workloads, verdicts }: SessionFilter): IndexedRun[] {
  return runs.filter((run) => holds(workloads, run.workload) && holds<string>(verdicts, run.verdict ?? 'none'));
}

function comparison({ order, descending }: SessionQuery): (a: Known, b: Known) => number {
  const key = (one: Known): string | number => {
    if (order === 'createdAt') return one.session.createdAt;
    return order === 'verdict' ? one.keys.verdictRank : one.keys[`${order}Key`];
  };
  const sign = descending ? -1 : 1;
  return (a, b) =>
    sign * compare(key(a), key(b)) || -compare(a.session.createdAt, b.session.createdAt) || -compare(a.name, b.name);
}

/** Text by its UTF-8 bytes, as SQLite compares. */
function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function countFacets(all: readonly Known[], filter: SessionFilter): SessionFacets {
  const count = (without: Partial<SessionFilter>, values: (one: Known, filter: SessionFilter) => string[]) => {
    const others = { ...filter, ...without };
    const counts = new Map<string, number>();
    for (const one of all.filter((candidate) => matches(candidate, others))) {
      for (const value of new Set(values(one, others))) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || compare(a.value, b.value))
      .slice(0, largestFacet);
  };
  return {
    boards: count({ boards: [] }, ({ session }) => [session.board]),
    units: count({ units: [] }, ({ keys }) => [keys.unit]),
    operators: count({ operators: [] }, ({ session }) => [session.operator]),
    states: count({ states: [] }, ({ session }) => [session.state]),
    simulated: count({ simulated: undefined }, ({ session }) => [String(session.simulated)]),
    workloads: count({ workloads: [] }, (one, others) => wantedRuns(one.session, others).map((run) => run.workload)),
    verdicts: count({ verdicts: [] }, (one, others) =>
      wantedRuns(one.session, others).map((run) => run.verdict ?? 'none'),
    ),
  };
}
