import type { IndexedRun, IndexedSession, IndexEntry } from '../../src/main/store/index.ts';

/** A made-up session for tests of lists and searches. */
export function indexedSession(part: Partial<IndexedSession> = {}): IndexedSession {
  return {
    createdAt: '2026-03-04T10:00:00.000Z',
    journalId: '20260304-100000-kws01-aaaaaa',
    operator: 'Ada',
    board: 'nucleo-l4r5zi',
    simulated: false,
    state: 'closed',
    notes: [],
    traces: [],
    runs: [indexedRun()],
    ...part,
  };
}

export function indexedRun(part: Partial<IndexedRun> = {}): IndexedRun {
  return { runId: 'r1', workload: 'kws01', mode: 'performance', status: 'completed', verdict: 'valid', ...part };
}

export function entryOf(name: string, part: Partial<IndexedSession> = {}): IndexEntry {
  return { name, stamp: '1', session: indexedSession(part) };
}
