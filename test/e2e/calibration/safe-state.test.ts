import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { specificationOf } from '../../../src/main/analysis/index.ts';
import { findProcedure, readProcedures, startCalibration } from '../../../src/main/calibration/index.ts';
import { Calibrations } from '../../../src/main/host-services/calibration.ts';
import { asBench } from '../../../src/main/open-bench.ts';
import { openVirtualBench, readCostTable, readVirtualFirmware } from '../../../src/main/virtual/index.ts';
import type { VirtualBench } from '../../../src/main/virtual/index.ts';
import { calibrationSetupSchema } from '../../../src/shared/domain/calibration.ts';
import { runSettingsSchema } from '../../../src/shared/domain/run.ts';
import { scratch } from '../../support/cli.ts';
import { testHost } from '../../support/test-host.ts';

/** A procedure that asks for a reading while the DUT is supplied. */
async function waiting(): Promise<{
  started: Awaited<ReturnType<Calibrations['start']>>;
  supplyOn: () => boolean | undefined;
}> {
  const calibrations = new Calibrations(await testHost(scratch()), { mostS: 0.3, everyS: 0.02 });
  const started = await calibrations.start(
    { procedure: 'supply-voltage', bench: 'virtual', monitor: 'lpm01a', setup: {} },
    new AbortController().signal,
  );
  const { operation } = started;
  for (let answered = -1; !operation.topic.value.powered || operation.topic.value.question === null;) {
    const { question, operation: now } = operation.topic.value;
    expect(now).toMatchObject({ state: 'running' });
    if (question && question.number > answered) {
      answered = question.number;
      await operation.answer(question.number, question.suggested ?? {});
    }
    await pause(5);
  }
  return { started, supplyOn: () => (started.bench as Partial<VirtualBench>).monitor?.supplyOn };
}

it('a question that nobody sees while the supply is on ends the calibration, and the supply goes off', async () => {
  const { started, supplyOn } = await waiting();
  expect(supplyOn()).toBe(true);
  const { status, fault, certificate } = await started.operation.done;
  expect([status, fault?.code, certificate]).toEqual(['failed', 'calibration.unattended', null]);
  expect(started.operation.topic.value).toMatchObject({ powered: false, operation: { state: 'failed' } });
  expect(supplyOn()).toBe(false);
});

it('one that a page shows may stay open', async () => {
  const { started, supplyOn } = await waiting();
  const leave = started.operation.topic.subscribe(() => undefined);
  await pause(600);
  expect([started.operation.topic.value.operation.state, supplyOn()]).toEqual(['running', true]);
  leave();
  expect((await started.operation.done).fault?.code).toBe('calibration.unattended');
  expect(supplyOn()).toBe(false);
});

it.each([
  ['off', {}],
  ['unknown', { monitor: { unplug: { afterEdge: 1, byS: 3 } } }],
] as const)('whoever watches over the supply is told that it is %s', async (expected, faults) => {
  const host = await testHost(scratch());
  const resources = host.options.resourcesDir;
  const [firmware, costTable, { model }, procedures] = await Promise.all([
    readVirtualFirmware(join(resources, 'firmware', 'virtual')),
    readCostTable(join(resources, 'firmware', 'cost', 'cortex-m4.json')),
    host.prepare({ workload: 'demo01', modes: ['performance'], settings: runSettingsSchema.parse({}) }),
    readProcedures(resources),
  ]);
  if (!model) throw new Error('no model');
  const virtual = await openVirtualBench({
    image: model.image,
    model: model.name,
    firmware,
    costTable,
    useWorker: false,
    monitor: { kind: 'lpm01a', seed: 1 },
    faults,
  });
  const told: string[] = [];
  const operation = await startCalibration(
    {
      certificates: host.certificates,
      locks: host.locks,
      journalFolder: join(host.options.folders.config, 'calibrations'),
      program: 'test',
      watch: () => Promise.resolve((supply) => Promise.resolve(void told.push(supply))),
      randomHex: () => '0123456789abcdef',
      defer: (work) => void setImmediate(work),
    },
    {
      procedure: findProcedure(procedures, 'monitor-zero'),
      bench: asBench(virtual, { monitor: 'lpm01a', ioManager: null }),
      setup: calibrationSetupSchema.parse({}),
      specificationOf: (monitor) => specificationOf(monitor.kind.kind),
      hands: virtual.hands({ toleranceRel: 1e-3 }),
      operator: {
        ask(question) {
          // A fault that is to come is counted from here: 3 s later the measurement is under way.
          virtual.monitor?.pin(0);
          return Promise.resolve(question.suggested ?? {});
        },
        refused: () => undefined,
      },
    },
    new AbortController().signal,
  );
  const { status } = await operation.done;
  expect([status, told]).toEqual([expected === 'off' ? 'completed' : 'failed', [expected]]);
});

it.each([
  ['above the limit of the board', 'virtual', { voltageV: 5 }, 'calibration.voltageNotAllowed'],
  ['that nobody stated for a board that nobody named', 'tcp:127.0.0.1:9', {}, 'emon.voltageNeeded'],
] as const)('no DUT gets a voltage %s', async (_what, bench, setup, code) => {
  const calibrations = new Calibrations(await testHost(scratch()));
  const started = calibrations.start(
    { procedure: 'timestamp-path', bench, monitor: bench === 'virtual' ? 'ppk2' : 'ppk2:tcp:127.0.0.1:9', setup },
    new AbortController().signal,
  );
  if (code === 'emon.voltageNeeded') {
    await expect(started).rejects.toMatchObject({ code });
    return;
  }
  const { operation, bench: opened } = await started;
  const { done, topic } = operation;
  for (let answered = -1, over = false; !over;) {
    over = await Promise.race([done.then(() => true), pause(5).then(() => false)]);
    const { question } = topic.value;
    if (!question || question.number <= answered) continue;
    answered = question.number;
    await operation.answer(answered, question.suggested ?? {}).catch(() => undefined);
  }
  expect((await done).fault?.code).toBe(code);
  const { monitor } = opened as Partial<VirtualBench>;
  expect(monitor?.commands.filter((command) => /^(0c01|0d)/.test(command))).toEqual([]);
});
