import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SessionFacets, SessionFilter, SessionQuery } from '../../../shared/domain/session-query.ts';
import { keysOf, largestFacet, searchWords } from './keys.ts';
import type { IndexedSession, SessionIndex } from './types.ts';

/** Raised with every change of the tables below: a file of another version is thrown away and made anew. */
export const indexVersion = 2;

const tables = `
  CREATE TABLE folder (name TEXT PRIMARY KEY, stamp TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE session (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL, operator TEXT NOT NULL, unit TEXT NOT NULL,
    board TEXT NOT NULL, state TEXT NOT NULL, simulated INTEGER NOT NULL, operator_key TEXT NOT NULL, unit_key TEXT NOT NULL,
    board_key TEXT NOT NULL, workload_key TEXT NOT NULL, verdict_rank INTEGER NOT NULL, words TEXT NOT NULL, body TEXT NOT NULL
  );
  CREATE INDEX session_created ON session (created_at, name);
  CREATE TABLE run (
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE, run_id TEXT NOT NULL, workload TEXT NOT NULL,
    mode TEXT NOT NULL, status TEXT NOT NULL, verdict TEXT NOT NULL, quality_target TEXT, value REAL, unit TEXT, uncertainty REAL
  );
  CREATE INDEX run_session ON run (session);
`;

/** Parts of words from three letters on, by trigrams; shorter ones, and all without FTS5, are looked for in the text itself. */
const searchTable = `CREATE VIRTUAL TABLE found USING fts5(words, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')`;
const shortestIndexedWord = 3;

const orders: Readonly<Record<SessionQuery['order'], string>> = {
  createdAt: 's.created_at',
  operator: 's.operator_key',
  unit: 's.unit_key',
  board: 's.board_key',
  workload: 's.workload_key',
  verdict: 's.verdict_rank',
};

/** What must be in a new, empty database before it can serve. Tells whether this SQLite has FTS5. */
export function createTables(database: DatabaseSync, useFullText = true): boolean {
  database.exec(tables);
  let fullText = false;
  try {
    if (useFullText) database.exec(searchTable);
    fullText = useFullText;
  } catch {
    // A SQLite without FTS5, or one too old for its trigrams: the text is searched without an index.
  }
  database.exec(`PRAGMA user_version = ${indexVersion}`);
  return fullText;
}

/** The index in a database that `createTables` has prepared. Every call runs to its end: keep it out of the main loop. */
export function createSqliteIndex(database: DatabaseSync): SessionIndex {
  const fullText = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'found'`).get() !== undefined;
  const putFolder = database.prepare('INSERT OR REPLACE INTO folder VALUES (?, ?)');
  const idOf = database.prepare('SELECT id FROM session WHERE name = ?');
  const dropFolder = database.prepare('DELETE FROM folder WHERE name = ?');
  const dropSession = database.prepare('DELETE FROM session WHERE id = ?');
  const putSession = database.prepare(`INSERT INTO session VALUES (NULL${', ?'.repeat(14)})`);
  const putRun = database.prepare(`INSERT INTO run VALUES (?${', ?'.repeat(9)})`);
  const putWords = fullText ? database.prepare('INSERT INTO found (rowid, words) VALUES (?, ?)') : undefined;
  const dropWords = fullText ? database.prepare('DELETE FROM found WHERE rowid = ?') : undefined;

  const drop = (name: string): void => {
    const id = idOf.get(name)?.['id'];
    if (typeof id !== 'number') return;
    dropSession.run(id);
    dropWords?.run(id);
  };
  const write = (name: string, session: IndexedSession): void => {
    const keys = keysOf(name, session);
    const { lastInsertRowid: id } = putSession.run(
      name,
      session.createdAt,
      session.operator,
      keys.unit,
      session.board,
      session.state,
      session.simulated ? 1 : 0,
      keys.operatorKey,
      keys.unitKey,
      keys.boardKey,
      keys.workloadKey,
      keys.verdictRank,
      keys.words,
      JSON.stringify(session),
    );
    putWords?.run(id, keys.words);
    for (const run of session.runs) {
      const { value = null, unit = null, expandedUncertainty = null } = run.figure ?? {};
      const verdict = run.verdict ?? 'none';
      const quality = run.qualityTarget ?? null;
      putRun.run(id, run.runId, run.workload, run.mode, run.status, verdict, quality, value, unit, expandedUncertainty);
    }
  };
  const allOrNothing = (work: () => void): void => {
    database.exec('BEGIN IMMEDIATE');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };

  return {
    kind: 'sqlite',
    stamps: () =>
      new Map(
        database
          .prepare('SELECT name, stamp FROM folder')
          .all()
          .map(({ name, stamp }) => [String(name), String(stamp)]),
      ),
    put(entries) {
      allOrNothing(() => {
        for (const { name, stamp, session } of entries) {
          drop(name);
          putFolder.run(name, stamp);
          if (session) write(name, session);
        }
      });
    },
    remove(names) {
      allOrNothing(() => {
        for (const name of names) {
          drop(name);
          dropFolder.run(name);
        }
      });
    },
    count: () => Number(database.prepare('SELECT COUNT(*) AS n FROM session').get()?.['n'] ?? 0),
    find(query) {
      const { where, values } = condition(query, fullText);
      const total = Number(
        database.prepare(`SELECT COUNT(*) AS n FROM session s WHERE ${where}`).get(...values)?.['n'] ?? 0,
      );
      const direction = query.descending ? 'DESC' : 'ASC';
      const rows = database
        .prepare(
          `SELECT s.name, s.body FROM session s WHERE ${where}
           ORDER BY ${orders[query.order]} ${direction}, s.created_at DESC, s.name DESC LIMIT ? OFFSET ?`,
        )
        .all(...values, query.limit, query.offset);
      return {
        rows: rows.map(({ name, body }) => ({
          name: String(name),
          session: JSON.parse(String(body)) as IndexedSession,
        })),
        total,
      };
    },
    facets: (filter) => countFacets(database, filter, fullText),
    close: () => database.close(),
  };
}

interface Condition {
  where: string;
  values: SQLInputValue[];
}

function condition(filter: SessionFilter, fullText: boolean): Condition {
  const parts: string[] = ['1'];
  const values: SQLInputValue[] = [];
  const add = (part: string, ...given: SQLInputValue[]): void => {
    parts.push(part);
    values.push(...given);
  };
  const anyOf = (column: string, choices: readonly string[]): void => {
    if (choices.length > 0) add(`${column} IN (${choices.map(() => '?').join(', ')})`, ...choices);
  };
  const words = searchWords(filter.search);
  const indexed = fullText ? words.filter((word) => [...word].length >= shortestIndexedWord) : [];
  if (indexed.length > 0) {
    const phrases = indexed.map((word) => `"${word.replaceAll('"', '""')}"`).join(' AND ');
    add('s.id IN (SELECT rowid FROM found WHERE found MATCH ?)', phrases);
  }
  for (const word of words.filter((one) => !indexed.includes(one))) add('instr(s.words, ?) > 0', word);
  anyOf('s.board', filter.boards);
  anyOf('s.unit', filter.units);
  anyOf('s.operator', filter.operators);
  anyOf('s.state', filter.states);
  if (filter.simulated !== undefined) add('s.simulated = ?', filter.simulated ? 1 : 0);
  if (filter.from !== undefined) add('s.created_at >= ?', filter.from);
  if (filter.to !== undefined) add('s.created_at < ?', filter.to);
  const run = runCondition(filter);
  if (run.values.length > 0) {
    add(`EXISTS (SELECT 1 FROM run r WHERE r.session = s.id AND ${run.where})`, ...run.values);
  }
  return { where: parts.join(' AND '), values };
}

function runCondition({ workloads, verdicts }: SessionFilter): Condition {
  const parts = ['1'];
  if (workloads.length > 0) parts.push(`r.workload IN (${workloads.map(() => '?').join(', ')})`);
  if (verdicts.length > 0) parts.push(`r.verdict IN (${verdicts.map(() => '?').join(', ')})`);
  return { where: parts.join(' AND '), values: [...workloads, ...verdicts] };
}

function countFacets(database: DatabaseSync, filter: SessionFilter, fullText: boolean): SessionFacets {
  const read = (sql: string, values: readonly SQLInputValue[]): SessionFacets['boards'] =>
    database
      .prepare(`${sql} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${largestFacet}`)
      .all(...values)
      .map(({ value, count }) => ({ value: String(value), count: Number(count) }));
  const bySession = (column: string, without: Partial<SessionFilter>) => {
    const { where, values } = condition({ ...filter, ...without }, fullText);
    return read(`SELECT ${column} AS value, COUNT(*) AS count FROM session s WHERE ${where}`, values);
  };
  const byRun = (column: string, without: Partial<SessionFilter>) => {
    const others = { ...filter, ...without };
    const { where, values } = condition(others, fullText);
    const run = runCondition(others);
    return read(
      `SELECT ${column} AS value, COUNT(DISTINCT s.id) AS count FROM session s JOIN run r ON r.session = s.id WHERE ${where} AND ${run.where}`,
      [...values, ...run.values],
    );
  };
  return {
    boards: bySession('s.board', { boards: [] }),
    units: bySession('s.unit', { units: [] }),
    operators: bySession('s.operator', { operators: [] }),
    states: bySession('s.state', { states: [] }),
    simulated: bySession("iif(s.simulated, 'true', 'false')", { simulated: undefined }),
    workloads: byRun('r.workload', { workloads: [] }),
    verdicts: byRun('r.verdict', { verdicts: [] }),
  };
}
