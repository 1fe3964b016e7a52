import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Calibrations } from '../../../src/main/host-services/calibration.ts';
import type { VirtualBench } from '../../../src/main/virtual/index.ts';
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
