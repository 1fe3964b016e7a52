import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSessionList, verifySession } from '../../../src/main/archive/index.ts';
import type { SessionList } from '../../../src/main/archive/index.ts';
import { planRetention } from '../../../src/main/archive/retention.ts';
import type { RetentionFacts } from '../../../src/main/archive/retention.ts';
import { moveToTrash } from '../../../src/main/archive/trash.ts';
import { retentionSchema } from '../../../src/shared/domain/retention.ts';
import type { Retention } from '../../../src/shared/domain/retention.ts';
import { writeSession } from '../../support/written-sessions.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-11-24T12:00:00.000Z');
const rules = (part: Partial<Retention> = {}): Retention => retentionSchema.parse(part);
const facts = (part: Partial<RetentionFacts> = {}): RetentionFacts => ({
  name: 'a',
  createdAtMs: nowMs - 40 * dayMs,
  simulated: true,
  finished: true,
  signed: false,
  traces: [{ path: 'runs/r1/trace.jbt', bytes: 100 }],
  ...part,
});
const plan = (sessions: RetentionFacts[], part: Partial<Retention>) => planRetention(sessions, [], rules(part), nowMs);

describe('the plan of retention', () => {
  it('is off by default', () => {
    expect(planRetention([facts()], [{ trashed: 't', name: 'a', deletedAtMs: 0 }], rules(), nowMs)).toEqual({
      ...{ simulated: [], traces: [], trash: [] },
    });
  });

  it('takes what is older than the rule, not what is exactly as old', () => {
    const at = (createdAtMs: number) => plan([facts({ createdAtMs })], { simulatedDays: 30 }).simulated;
    expect(at(nowMs - 30 * dayMs)).toEqual([]);
    expect(at(nowMs - 30 * dayMs - 1)).toEqual(['a']);
    expect(at(nowMs + 365 * dayMs)).toEqual([]);
    expect(at(Number.NaN)).toEqual([]);
  });

  it('deletes no session that was measured on hardware, only its traces where that is asked for', () => {
    const real = facts({ simulated: false });
    expect(plan([real], { simulatedDays: 1 })).toMatchObject({ simulated: [], traces: [] });
    expect(plan([real], { simulatedDays: 1, tracesDays: 1 })).toMatchObject({
      simulated: [],
      traces: [{ name: 'a', paths: ['runs/r1/trace.jbt'], bytes: 100 }],
    });
  });

  it('leaves signed and unfinished sessions alone, and no trace is deleted of what goes anyway', () => {
    for (const part of [{ signed: true }, { finished: false }]) {
      expect(plan([facts(part)], { simulatedDays: 1, tracesDays: 1 })).toMatchObject({ simulated: [], traces: [] });
    }
    expect(plan([facts()], { simulatedDays: 1, tracesDays: 1 })).toMatchObject({ simulated: ['a'], traces: [] });
  });

  it('never takes more when a rule is longer', () => {
    const session = fc.record({
      ...{ name: fc.string(), createdAtMs: fc.integer({ min: 0, max: nowMs * 2 }), simulated: fc.boolean() },
      ...{ finished: fc.boolean(), signed: fc.boolean(), traces: fc.constant([{ path: 'x', bytes: 1 }]) },
    });
    const days = fc.integer({ min: 1, max: 18_000 });
    fc.assert(
      fc.property(fc.array(session), days, days, (sessions, one, more) => {
        const short = plan(sessions, { simulatedDays: one });
        const long = plan(sessions, { simulatedDays: one + more });
        expect(short.simulated.length).toBeGreaterThanOrEqual(long.simulated.length);
        expect(long.simulated.every((name) => short.simulated.includes(name))).toBe(true);
      }),
    );
  });
});

describe('retention', () => {
  let home: string;
  let root: string;
  let list: SessionList;
  const homes: string[] = [];
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'jb-retention-'));
    homes.push(home);
    root = join(home, 'sessions');
    mkdirSync(root);
    list = createSessionList({ cacheFolder: join(home, 'cache'), appVersion: '1' });
    return () => list.close();
  });
  afterAll(() => {
    for (const one of homes) rmSync(one, { recursive: true, force: true });
  });
  const ask = (part: Partial<Retention>, apply: boolean, except: string[] = []) =>
    list.retention(root, { rules: rules(part), epochMs: nowMs, apply, except });

  it('shows first what it would delete, and deletes exactly that', async () => {
    writeSession(root, { name: 'old', at: '2026-01-01T00:00:00.000Z' });
    writeSession(root, { name: 'running', at: '2026-01-01T00:00:00.000Z' });
    writeSession(root, { name: 'new', at: '2026-11-20T00:00:00.000Z' });
    writeSession(root, { name: 'real', at: '2026-01-01T00:00:00.000Z', simulated: false });
    writeSession(root, { name: 'thrown', at: '2026-01-01T00:00:00.000Z' });
    await moveToTrash(root, 'thrown', nowMs - 31 * dayMs);
    mkdirSync(join(root, '.import-00000000-dead'));
    utimesSync(join(root, '.import-00000000-dead'), new Date(nowMs - 2 * dayMs), new Date(nowMs - 2 * dayMs));
    const wanted = { simulatedDays: 30, trashDays: 30 };
    const before = await ask(wanted, false, ['running']);
    expect(before).toMatchObject({
      simulated: { count: 1 },
      traces: { count: 0 },
      trash: { count: 1 },
      sessions: ['old'],
    });
    expect(existsSync(join(root, 'old'))).toBe(true);
    expect(await ask(wanted, true, ['running'])).toEqual(before);
    expect(readdirSync(root).sort()).toEqual(['.trash', 'new', 'real', 'running']);
    expect(readdirSync(join(root, '.trash'))).toEqual([expect.stringMatching(/~old$/)]);
    expect(await ask(wanted, false, ['running'])).toMatchObject({ simulated: { count: 0 }, trash: { count: 0 } });
  });

  it('deletes a trace in such a way that the session still verifies and says what is missing', async () => {
    const folder = writeSession(root, { name: 'a', at: '2026-01-01T00:00:00.000Z', trace: 'runs/trace.jbt' });
    expect((await verifySession(folder, '9')).problems.filter(({ key }) => key.startsWith('file'))).toEqual([]);
    expect(await ask({ tracesDays: 30 }, true)).toMatchObject({ traces: { count: 1 }, sessions: ['a'], failed: [] });
    expect(existsSync(join(folder, 'runs/trace.jbt'))).toBe(false);
    const { problems } = await verifySession(folder, '9');
    expect(problems).toContainEqual({
      key: 'traceRemoved',
      values: { path: 'runs/trace.jbt', at: '2026-11-24' },
      remark: true,
    });
    expect(problems.filter(({ key }) => /^file|^trace[DU]/.test(key))).toEqual([]);
    // Nothing is deleted twice, and a file that is missing for another reason is missed.
    expect(await ask({ tracesDays: 30 }, true)).toMatchObject({ traces: { count: 0 } });
    rmSync(join(folder, 'runs/log.txt'));
    expect((await verifySession(folder, '9')).problems.map(({ key }) => key)).toContain('fileMissing');
  });

  it('deletes nothing that a journal names outside its session', async () => {
    writeFileSync(join(home, 'precious'), 'x');
    const folder = writeSession(root, { name: 'a', at: '2026-01-01T00:00:00.000Z', trace: '../../precious' });
    expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).toContain('../../precious');
    expect(await ask({ tracesDays: 1 }, true)).toMatchObject({ traces: { count: 0 } });
    expect(existsSync(join(home, 'precious'))).toBe(true);
  });
});
