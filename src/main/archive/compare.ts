import type { ComparedSessionView, SessionsComparison } from '../../shared/domain/comparison.ts';
import { Fault } from '../../shared/fault/index.ts';
import { compareSessions } from '../analysis/index.ts';
import type { ComparedSession } from '../analysis/index.ts';
import { foldSession } from '../session/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';
import { readSession } from '../store/index.ts';
import { runToCompare } from './compare-run.ts';

export interface ComparableSession {
  session: ComparedSession;
  view: ComparedSessionView;
}

/** Reads a session for a comparison. @throws Fault `store.notASession` and others of area `store`. */
export async function readComparable(folder: string): Promise<ComparableSession> {
  const record = foldSession((await readSession(folder)).entries);
  if (!record) throw new Fault('store.notASession', { path: folder });
  const runs = countingRuns(record).map((run) => runToCompare(record, run));
  const { sessionId, operator, dutUnit, bench } = record.opened;
  return {
    session: { sessionId, runs: runs.map(({ run }) => run) },
    view: {
      sessionId,
      folder,
      createdAt: record.openedAt,
      operator,
      dutUnit,
      dut: record.runs.findLast((run) => run.dut)?.dut?.vendor ?? '',
      simulated: bench.simulated,
      runs: runs.map(({ view }) => view),
    },
  };
}

/** Compares sessions with the first of them. The order is the caller's. */
export function compareReadSessions(sessions: readonly ComparableSession[]): SessionsComparison {
  const [baseline, ...candidates] = sessions;
  return {
    simulated: sessions.some(({ view }) => view.simulated),
    sessions: sessions.map(({ view }) => view),
    pairs: baseline
      ? compareSessions(
          baseline.session,
          candidates.map(({ session }) => session),
        )
      : [],
  };
}

/** Of each workload and mode the last run that was finished and is not invalid; where there is none, the last one, which then says why. */
function countingRuns({ runs }: SessionRecord): RunRecord[] {
  const chosen = new Map<string, RunRecord>();
  for (const run of runs) {
    const key = `${run.opened.workload.id} ${run.opened.mode}`;
    const known = chosen.get(key);
    if (!known || good(run) || !good(known)) chosen.set(key, run);
  }
  return [...chosen.values()];
}

function good(run: RunRecord): boolean {
  return run.status === 'completed' && run.judged?.judgement.verdict !== 'invalid';
}
