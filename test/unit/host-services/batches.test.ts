import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Batches } from '../../../src/main/host-services/batches.ts';
import type { BatchHands } from '../../../src/main/host-services/batches.ts';
import type { Host, StartedRun, StartOptions } from '../../../src/main/host.ts';
import { memoryBatches, recipeReference } from '../../../src/main/recipe/index.ts';
import type { BatchStore } from '../../../src/main/recipe/index.ts';
import type { Recipe } from '../../../src/shared/domain/recipe.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { madeUpRecipe } from '../../support/made-up-recipe.ts';
import { testHost } from '../../support/test-host.ts';
import { writeSession } from '../../support/written-sessions.ts';

type Step = 'completed' | 'failed' | 'refused';

/** Hands that write finished or open sessions instead of measuring, as the script says; `completed` when it says nothing more. */
class ScriptedHands implements BatchHands {
  readonly host: Host;
  readonly store: BatchStore;
  readonly root = mkdtempSync(join(tmpdir(), 'joulebench-hands-'));
  readonly calls: string[] = [];
  readonly started: Parameters<BatchHands['beginRun']>[0][] = [];
  script: Step[] = [];
  flashFails = false;
  #number = 0;

  constructor(host: Host) {
    this.host = host;
    this.store = memoryBatches({
      app: host.options.app,
      now: () => '2026-11-03T08:00:00.000Z',
      randomHex: () => 'ab'.repeat(16),
    });
  }

  beginRun(start: Omit<StartOptions, 'useWorker' | 'pace' | 'flashed'>): Promise<StartedRun> {
    this.calls.push(`begin ${start.workload}`);
    this.started.push(start);
    const step = this.script.shift() ?? 'completed';
    if (step === 'refused') return Promise.reject(new Fault('bench.busy', { bench: 'virtual' }));
    const sessionId = `s${(this.#number += 1)}-${start.workload}`;
    this.#write(sessionId, start, step);
    return Promise.resolve(run(sessionId, step));
  }

  resumeRun(sessionId: string): Promise<StartedRun> {
    this.calls.push(`resume ${sessionId}`);
    const step = this.script.shift() ?? 'completed';
    this.#write(sessionId, { workload: sessionId.split('-')[1] ?? '', dutUnit: {} }, step as 'completed' | 'failed');
    return Promise.resolve(run(sessionId, step));
  }

  flash(): Promise<void> {
    this.calls.push('flash');
    return this.flashFails ? Promise.reject(new Fault('flash.probeNone', { board: 'b' })) : Promise.resolve();
  }

  findSession(sessionId: string): string {
    return join(this.root, sessionId);
  }

  #write(name: string, { workload, dutUnit }: Pick<StartOptions, 'workload' | 'dutUnit'>, step: Step): void {
    writeSession(this.root, { name, workload, serial: dutUnit.serial ?? '', open: step !== 'completed' });
  }
}

function run(sessionId: string, step: Step): StartedRun {
  const fault = step === 'failed' ? { fault: new Fault('bench.busy', { bench: 'virtual' }) } : {};
  const operation = { id: `op-${sessionId}`, sessionId, done: Promise.resolve({ status: step, ...fault }) };
  return { operation, bench: { identity: { simulated: true } } } as unknown as StartedRun;
}

let host: Host;
let hands: ScriptedHands;
let batches: Batches;
beforeAll(async () => {
  host = await testHost(mkdtempSync(join(tmpdir(), 'joulebench-batches-')));
});
beforeEach(() => {
  hands = new ScriptedHands(host);
  batches = new Batches(hands);
});

const workload = 'demo01';
const recipe = (change: Partial<Recipe> = {}): Recipe => {
  const { energy: _energy, baseline: _baseline, ...rest } = madeUpRecipe();
  return {
    ...rest,
    modes: ['performance', 'accuracy'],
    serialPattern: 'SN-#',
    limits: [{ workload, kind: 'throughput', minInfPerS: 0.001 }],
    ...change,
  };
};
const two = (change: Partial<Recipe> = {}): Recipe =>
  recipe({ items: [{ workload }, { workload: 'kws01', modelFile: 'kws.tflite' }], ...change });
const begun = async (of = recipe()): Promise<string> => (await hands.store.create(of, 'Lot')).batchId;
const unit = (serial: string, again = false) => ({ serial, operator: 'Ada', again });

it('a unit is measured, judged and counted; its sessions know unit and recipe', async () => {
  const id = await begun(two());
  expect(await batches.startUnit(id, unit(' SN-1\r'))).toBe('started');
  const state = await batches.settled(id);
  expect(state.attempts).toMatchObject([{ serial: 'SN-1', state: 'ended', counts: true, result: { outcome: 'pass' } }]);
  expect(state.attempts[0]?.sessions.map(({ item }) => item)).toEqual([0, 1]);
  expect(state).toMatchObject({ underWay: null, fault: null, simulated: true, statistics: { units: 1, passed: 1 } });
  expect(hands.started.map(({ workload: of, modelFile, dutUnit }) => [of, modelFile, dutUnit.serial])).toEqual([
    ['demo01', undefined, 'SN-1'],
    ['kws01', 'kws.tflite', 'SN-1'],
  ]);
  expect(hands.started[0]?.recipe).toEqual(recipeReference(two()));
});

it('serials that do not fit, units that are done and a unit under way are questions, and nothing is measured', async () => {
  const id = await begun();
  for (const serial of ['', 'SN-12', 'sn-1']) expect(await batches.startUnit(id, unit(serial))).toBe('badSerial');
  await batches.startUnit(id, unit('SN-1'));
  await batches.settled(id);
  expect(await batches.startUnit(id, unit('SN-1'))).toBe('duplicate');
  expect(hands.calls).toHaveLength(1);
  expect(await batches.startUnit(id, unit('SN-1', true))).toBe('started');
  const { attempts, statistics } = await batches.settled(id);
  expect(attempts.map(({ counts }) => counts)).toEqual([false, true]);
  expect(statistics).toMatchObject({ units: 1, notCounted: 1 });
});

describe('what stops a unit', () => {
  it('before it began leaves it free to be started again', async () => {
    const id = await begun();
    hands.script = ['refused'];
    await expect(batches.startUnit(id, unit('SN-1'))).rejects.toMatchObject({ code: 'bench.busy' });
    expect((await batches.state(id)).attempts).toMatchObject([{ state: 'putAside', counts: false }]);
    expect(await batches.startUnit(id, unit('SN-1'))).toBe('started');
    expect((await batches.settled(id)).statistics.units).toBe(1);
  });

  it('in the second workload is shown; resumed, only that one goes on', async () => {
    const id = await begun(two());
    hands.script = ['completed', 'failed'];
    await batches.startUnit(id, unit('SN-1'));
    const stopped = await batches.settled(id);
    expect(stopped.attempts).toMatchObject([{ state: 'interrupted' }]);
    expect(stopped.fault?.code).toBe('bench.busy');
    expect(await batches.startUnit(id, unit('SN-2'))).toBe('underWay');

    // Another program, after a crash of this one.
    const later = new Batches(hands);
    hands.calls.length = 0;
    await later.resumeUnit(id);
    expect((await later.settled(id)).attempts).toMatchObject([{ state: 'ended', result: { outcome: 'pass' } }]);
    expect(hands.calls).toEqual(['resume s2-kws01']);
    await expect(later.resumeUnit(id)).rejects.toMatchObject({ code: 'recipe.nothingUnderWay' });
  });

  it('for good is put aside: its sessions stay and it never counts', async () => {
    const id = await begun();
    hands.script = ['failed'];
    await batches.startUnit(id, unit('SN-1'));
    await batches.settled(id);
    await batches.putAside(id);
    const { attempts, fault, statistics } = await batches.state(id);
    expect(attempts).toMatchObject([{ state: 'putAside', sessions: [{ sessionId: 's1-demo01' }] }]);
    expect([fault, statistics.units]).toEqual([null, 0]);
    await expect(batches.putAside(id)).rejects.toMatchObject({ code: 'recipe.nothingUnderWay' });
  });
});

describe('flashing', () => {
  const flash = { board: 'nrf52840dk' };
  it('comes before each workload with a firmware of its own, or once with one image for all', async () => {
    for (const [of, calls] of [
      [two({ flash }), ['flash', 'begin demo01', 'flash', 'begin kws01']],
      [two({ flash: { ...flash, imageFile: 'all.elf' } }), ['flash', 'begin demo01', 'begin kws01']],
    ] as const) {
      hands.calls.length = 0;
      const id = await begun(of);
      await batches.startUnit(id, unit('SN-1'));
      expect((await batches.settled(id)).statistics.units).toBe(1);
      expect(hands.calls).toEqual(calls);
    }
  });

  it('that fails measures nothing and can be resumed', async () => {
    const id = await begun(recipe({ flash }));
    hands.flashFails = true;
    await batches.startUnit(id, unit('SN-1'));
    const stopped = await batches.settled(id);
    expect(stopped).toMatchObject({ fault: { code: 'flash.probeNone' }, attempts: [{ state: 'interrupted' }] });
    hands.flashFails = false;
    await batches.resumeUnit(id);
    expect((await batches.settled(id)).attempts).toMatchObject([{ state: 'ended' }]);
    expect(hands.calls).toEqual(['flash', 'flash', 'begin demo01']);
  });
});

it('two programs never write into one batch at once', async () => {
  const id = await begun();
  const lock = await host.locks.claim(`batch:${id}`, id, 'test');
  await expect(batches.startUnit(id, unit('SN-1'))).rejects.toMatchObject({ code: 'bench.instrumentHeld' });
  await lock.release();
  expect(await batches.startUnit(id, unit('SN-1'))).toBe('started');
  await batches.settled(id);
});
