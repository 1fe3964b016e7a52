import { appendFileSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openAttempt, openBatches } from '../../../src/main/recipe/index.ts';
import type { BatchStore } from '../../../src/main/recipe/index.ts';
import type { UnitResult } from '../../../src/shared/domain/batch.ts';
import { madeUpRecipe } from '../../support/made-up-recipe.ts';

const result: UnitResult = { outcome: 'pass', figures: [], runs: [], limits: [] };
let store: BatchStore;
let minute: number;

beforeEach(() => {
  minute = 0;
  store = openBatches(mkdtempSync(join(tmpdir(), 'joulebench-batches-')), {
    app: { name: 'Joulebench', version: '0.1.0' },
    now: () => `2026-11-03T08:${String(minute++).padStart(2, '0')}:00.000Z`,
    randomHex: () => `${minute}`.padStart(32, '0'),
  });
});

const pathOf = (batchId: string): string => join(store.folder, `${batchId}.batch.jsonl`);

async function threeUnits(): Promise<string> {
  const { batchId } = await store.create(madeUpRecipe(), 'Lot 17');
  for (const [index, serial] of ['A', 'B', 'A'].entries()) {
    const attempt = index + 1;
    await store.append(batchId, { type: 'unit.started', attempt, serial, operator: 'Ada' });
    await store.append(batchId, { type: 'unit.session', attempt, item: 0, sessionId: `s${attempt}`, simulated: true });
    await store.append(batchId, { type: 'unit.ended', attempt, result });
  }
  return batchId;
}

it('a batch says what was appended to it', async () => {
  const batchId = await threeUnits();
  const batch = await store.read(batchId);
  expect(batch).toMatchObject({ name: 'Lot 17', simulated: true, createdAt: '2026-11-03T08:01:00.000Z' });
  expect(batch.recipe).toEqual(madeUpRecipe());
  expect(batch.attempts.map(({ serial, state, counts }) => [serial, state, counts])).toEqual([
    ['A', 'ended', false],
    ['B', 'ended', true],
    ['A', 'ended', true],
  ]);
  expect((await store.list()).batches[0]).toMatchObject({ batchId, units: 2, passed: 2, open: false });
});

describe('a program that dies', () => {
  it('at any byte loses nothing that was acknowledged, and the next event follows the last whole one', async () => {
    const batchId = await threeUnits();
    const whole = readFileSync(pathOf(batchId), 'utf8');
    const lines = whole.split('\n');
    const head = (lines[0]?.length ?? 0) + 1;
    for (let cut = head; cut < whole.length; cut += 7) {
      writeFileSync(pathOf(batchId), whole.slice(0, cut));
      const kept = whole.slice(0, cut).split('\n').length - 1;
      const batch = await store.read(batchId);
      const events = 1 + batch.attempts.reduce((sum, one) => sum + 1 + one.sessions.length + (one.result ? 1 : 0), 0);
      expect(events).toBe(kept);
      const open = openAttempt(batch);
      if (!open) continue;
      await store.append(batchId, { type: 'unit.putAside', attempt: open.attempt });
      expect(openAttempt(await store.read(batchId))).toBeUndefined();
    }
  });
});

describe('a damaged file', () => {
  it('is named, left alone and hides no other one', async () => {
    const good = await threeUnits();
    const { batchId: bad } = await store.create(madeUpRecipe(), 'Lot 18');
    appendFileSync(pathOf(bad), 'x\n');
    const { batchId: newer } = await store.create(madeUpRecipe(), 'Lot 19');
    const text = readFileSync(pathOf(newer), 'utf8').replace('"format":1', '"format":2');
    writeFileSync(pathOf(newer), text);
    const { batches, problems } = await store.list();
    expect(batches.map(({ batchId }) => batchId)).toEqual([good]);
    expect(problems.map(({ file, fault }) => [file, fault.code, fault.facts['line']])).toEqual([
      [`${bad}.batch.jsonl`, 'store.damaged', 2],
      [`${newer}.batch.jsonl`, 'store.newerVersion', undefined],
    ]);
    expect(readFileSync(pathOf(newer), 'utf8')).toBe(text);
    await expect(store.read('../../settings')).rejects.toMatchObject({ code: 'recipe.batchUnknown' });
    await expect(store.read('none')).rejects.toMatchObject({ code: 'recipe.batchUnknown' });
  });

  it('that was renamed is not taken for another batch', async () => {
    const batchId = await threeUnits();
    writeFileSync(pathOf('other'), readFileSync(pathOf(batchId)));
    await expect(store.read('other')).rejects.toMatchObject({ code: 'store.damaged' });
    expect(readdirSync(store.folder)).toHaveLength(2);
  });
});

it('events that do not fit what came before change nothing', async () => {
  const batchId = await threeUnits();
  const before = await store.read(batchId);
  await store.append(batchId, { type: 'unit.ended', attempt: 2, result: { ...result, outcome: 'fail' } });
  await store.append(batchId, { type: 'unit.started', attempt: 9, serial: 'Z', operator: '' });
  await store.append(batchId, { type: 'unit.session', attempt: 77, item: 0, sessionId: 'x', simulated: false });
  expect(await store.read(batchId)).toEqual(before);
});
