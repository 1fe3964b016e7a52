import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createMemoryIndex, indexFile, openSessionIndex } from '../../../src/main/store/index.ts';
import type { SessionIndex } from '../../../src/main/store/index.ts';
import { createSqliteIndex, createTables } from '../../../src/main/store/session-index/sqlite-index.ts';
import { sessionFilterSchema, sessionQuerySchema } from '../../../src/shared/domain/session-query.ts';
import type { SessionQuery } from '../../../src/shared/domain/session-query.ts';
import { entryOf, indexedRun, indexedSession } from '../../support/indexed-sessions.ts';

const makers: readonly [string, () => SessionIndex][] = [
  ['SQLite with FTS5', () => sqlite(true)],
  ['SQLite without FTS5', () => sqlite(false)],
  ['memory', createMemoryIndex],
];

function sqlite(fullText: boolean): SessionIndex {
  const database = new DatabaseSync(':memory:');
  expect(createTables(database, fullText)).toBe(fullText);
  return createSqliteIndex(database);
}

type Wanted = Parameters<typeof sessionQuerySchema.parse>[0];
const query = (part: object = {}): SessionQuery => sessionQuerySchema.parse(part as Wanted);
const names = (index: SessionIndex, part: object = {}): string[] =>
  index.find(query(part)).rows.map(({ name }) => name);

describe.each(makers)('the index of sessions in %s', (_name, make) => {
  const filled = (): SessionIndex => {
    const index = make();
    index.put([
      entryOf('a', {
        createdAt: '2026-01-01T08:00:00.000Z',
        operator: 'Ada',
        serial: 'NUCLEO-0017',
        notes: ['Fan was on'],
      }),
      entryOf('b', {
        createdAt: '2026-01-02T08:00:00.000Z',
        operator: 'émile',
        assetTag: 'EQ-2209',
        board: 'nrf52840dk',
        simulated: true,
        runs: [
          indexedRun({ workload: 'kws01', verdict: 'valid' }),
          indexedRun({ runId: 'r2', workload: 'vww01', mode: 'energy', verdict: 'invalid' }),
        ],
      }),
      entryOf('c', {
        createdAt: '2026-01-03T08:00:00.000Z',
        operator: 'Bob 100%',
        state: 'open',
        runs: [{ runId: 'r1', workload: 'ic01', mode: 'accuracy', status: 'interrupted' }],
      }),
      { name: 'broken', stamp: '7' },
    ]);
    return index;
  };

  it('lists newest first, a stretch at a time, and counts all', () => {
    const index = filled();
    expect(names(index)).toEqual(['c', 'b', 'a']);
    expect(index.find(query({ offset: 1, limit: 1 }))).toMatchObject({ rows: [{ name: 'b' }], total: 3 });
    expect(index.count()).toBe(3);
    expect(names(index, { descending: false })).toEqual(['a', 'b', 'c']);
  });

  it('gives back what was put in', () => {
    const index = make();
    const session = indexedSession({
      runs: [indexedRun({ qualityTarget: 'met', figure: { value: 182.6, unit: 'uJ', expandedUncertainty: 2.4 } })],
      report: 'report.pdf',
    });
    index.put([{ name: 'x', stamp: '1', session }]);
    expect(index.find(query()).rows).toEqual([{ name: 'x', session }]);
  });

  it.each([
    ['0017', ['a']],
    ['nucleo', ['c', 'a']],
    ['NUCLEO ada', ['a']],
    ['fan on', ['a']],
    ['2209', ['b']],
    ['ÉMI', ['b']],
    ['E\u0301mi', ['b']],
    ['v', ['b']],
    ['100%', ['c']],
    ['%', ['c']],
    ['_', []],
    ['"', []],
    ['vww01 NEAR kws01', []],
    ['energy', ['b']],
    ['nothing like it', []],
  ])('finds %s', (search, found) => {
    expect(names(filled(), { search })).toEqual(found);
  });

  it('filters by each kind, by several choices of one, and by all together', () => {
    const index = filled();
    expect(names(index, { boards: ['nrf52840dk'] })).toEqual(['b']);
    expect(names(index, { units: ['NUCLEO-0017', 'EQ-2209'] })).toEqual(['b', 'a']);
    expect(names(index, { units: [''] })).toEqual(['c']);
    expect(names(index, { operators: ['Ada'] })).toEqual(['a']);
    expect(names(index, { simulated: true })).toEqual(['b']);
    expect(names(index, { simulated: false })).toEqual(['c', 'a']);
    expect(names(index, { states: ['open', 'damaged'] })).toEqual(['c']);
    expect(names(index, { verdicts: ['none'] })).toEqual(['c']);
    expect(names(index, { from: '2026-01-02T08:00:00.000Z', to: '2026-01-03T08:00:00.000Z' })).toEqual(['b']);
    expect(names(index, { search: 'kws01', simulated: true, operators: ['émile'] })).toEqual(['b']);
  });

  it('wants workload and verdict of the same run', () => {
    const index = filled();
    expect(names(index, { workloads: ['vww01'], verdicts: ['invalid'] })).toEqual(['b']);
    expect(names(index, { workloads: ['kws01'], verdicts: ['invalid'] })).toEqual([]);
  });

  it('sorts by every column, equal ones newest first', () => {
    const index = filled();
    expect(names(index, { order: 'operator', descending: false })).toEqual(['a', 'c', 'b']);
    expect(names(index, { order: 'unit', descending: false })).toEqual(['c', 'b', 'a']);
    expect(names(index, { order: 'board', descending: false })).toEqual(['b', 'c', 'a'].sort(byBoard));
    expect(names(index, { order: 'workload', descending: false })).toEqual(['c', 'b', 'a']);
    expect(names(index, { order: 'verdict', descending: true })).toEqual(['b', 'a', 'c']);
  });

  it('counts each choice beside the other filters', () => {
    const facets = filled().facets(sessionFilterSchema.parse({ workloads: ['kws01'] }));
    expect(facets.workloads).toEqual([
      { value: 'kws01', count: 2 },
      { value: 'ic01', count: 1 },
      { value: 'vww01', count: 1 },
    ]);
    expect(facets.verdicts).toEqual([{ value: 'valid', count: 2 }]);
    expect(facets.units).toEqual([
      { value: 'EQ-2209', count: 1 },
      { value: 'NUCLEO-0017', count: 1 },
    ]);
    expect(facets.simulated).toEqual([
      { value: 'false', count: 1 },
      { value: 'true', count: 1 },
    ]);
  });

  it('replaces and removes, with everything that was found by', () => {
    const index = filled();
    index.put([entryOf('a', { operator: 'Grace' }), { name: 'b', stamp: '9' }]);
    expect(names(index, { search: 'ada' })).toEqual([]);
    expect(names(index, { search: 'grace' })).toEqual(['a']);
    expect(index.facets(sessionFilterSchema.parse({})).workloads).toEqual([
      { value: 'ic01', count: 1 },
      { value: 'kws01', count: 1 },
    ]);
    index.remove(['c', 'broken']);
    expect([...index.stamps()].sort()).toEqual([
      ['a', '1'],
      ['b', '9'],
    ]);
  });
});

/** `nrf…` before `nucleo…`; equal boards newest first. */
function byBoard(a: string, b: string): number {
  return 'bca'.indexOf(a) - 'bca'.indexOf(b);
}

describe('the three indexes', () => {
  const word = fc.oneof(
    fc.constantFrom('Ada', 'ada', 'Bob', 'kws01', 'NUCLEO 7', '"x" OR y', ''),
    fc.string({ maxLength: 6, unit: 'binary' }),
  );
  const run = fc.record({
    runId: fc.constant('r1'),
    workload: fc.constantFrom('kws01', 'vww01', 'ad01'),
    mode: fc.constantFrom('performance', 'accuracy'),
    status: fc.constant('completed'),
    verdict: fc.constantFrom('valid', 'remarks', 'invalid'),
  });
  const session = fc.record({
    createdAt: fc.integer({ min: 0, max: 5 }).map((day) => `2026-01-0${day + 1}T00:00:00.000Z`),
    journalId: word,
    operator: word,
    serial: word,
    board: word,
    simulated: fc.boolean(),
    state: fc.constantFrom('open' as const, 'closed' as const, 'damaged' as const),
    notes: fc.array(word, { maxLength: 2 }),
    traces: fc.constant([]),
    runs: fc.array(run, { maxLength: 3 }),
  });
  const wanted = fc.record({
    search: fc.oneof(
      word,
      fc.tuple(word, word).map((two) => two.join(' ')),
    ),
    operators: fc.array(word, { maxLength: 1 }),
    workloads: fc.subarray(['kws01', 'vww01']),
    verdicts: fc.subarray(['valid', 'none', 'invalid']),
    order: fc.constantFrom('createdAt', 'operator', 'unit', 'board', 'workload', 'verdict'),
    descending: fc.boolean(),
    offset: fc.integer({ min: 0, max: 3 }),
  });

  it('answer alike, whatever stands in the sessions and is asked', () => {
    fc.assert(
      fc.property(
        fc.array(session, { maxLength: 8 }),
        fc.array(wanted, { minLength: 1, maxLength: 4 }),
        (all, asked) => {
          const entries = all.map((one, k) => ({ name: `s${k}`, stamp: '1', session: one }));
          const answers = makers.map(([, make]) => {
            const index = make();
            index.put(entries);
            const found = asked.map((one) => [index.find(query(one)), index.facets(sessionFilterSchema.parse(one))]);
            index.close();
            return found;
          });
          expect(answers[1]).toEqual(answers[0]);
          expect(answers[2]).toEqual(answers[0]);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the file of the index', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jb-index-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = indexFile(folder, '/sessions');
  const open = (owner = 'a'): Promise<SessionIndex> => openSessionIndex({ file, owner });
  const fill = async (): Promise<void> => {
    const index = await open();
    index.put([entryOf('x'), entryOf('y')]);
    index.close();
  };

  it('is kept for the next start, and is one for each sessions folder', async () => {
    await fill();
    const index = await open();
    expect(index.kind).toBe('sqlite');
    expect(index.count()).toBe(2);
    index.close();
    expect(indexFile(folder, '/other')).not.toBe(file);
  });

  it.each<[string, () => void | Promise<void>]>([
    ['another version', () => new DatabaseSync(file).exec('PRAGMA user_version = 99')],
    ['no database at all', () => writeFileSync(file, 'not a database, but long enough to be looked at as one')],
    ['a database without the tables', () => new DatabaseSync(file).exec('DROP TABLE owner')],
    ['cut short', () => truncateSync(file, 4096)],
    [
      'overwritten in the middle',
      () => {
        const bytes = readFileSync(file);
        bytes.fill(0x55, 4096, bytes.length);
        writeFileSync(file, bytes);
      },
    ],
    ['empty', () => writeFileSync(file, '')],
  ])('is made anew when it is %s', async (_what, harm) => {
    await fill();
    await harm();
    const index = await open();
    expect(index.kind).toBe('sqlite');
    expect(index.count()).toBe(0);
    index.put([entryOf('z')]);
    expect(names(index)).toEqual(['z']);
    index.close();
  });

  it('is made anew for another owner', async () => {
    await fill();
    const index = await open('b');
    expect(index.count()).toBe(0);
    index.close();
  });

  it('stays in memory where nothing can be written', async () => {
    writeFileSync(join(folder, 'blocked'), '');
    const index = await openSessionIndex({ file: join(folder, 'blocked', 'x.sqlite'), owner: 'a' });
    expect(index.kind).toBe('memory');
  });
});
