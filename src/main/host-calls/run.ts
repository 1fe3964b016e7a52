import type { Operation } from '../../shared/domain/operation.ts';
import type { RunOperation } from '../runner/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** Runs, and steering whatever is under way. */
export function runCalls(context: HostContext) {
  const { host, operations, benches, calibrations, flashings, ensureFree } = context;
  return {
    'run.start': async (input, { signal }) => {
      ensureFree(input.benchId);
      const pace = input.benchId === 'virtual' ? { pace: benches.pace } : {};
      const flashed = await flashings.flashedAt(input.benchId);
      // What runs on an emulated board is simulated wherever its figures go.
      const onto = flashed && { flashed, ...(flashed.record.simulated ? { simulated: true } : {}) };
      const start = { ...input, bench: input.benchId, ...pace, ...onto, useWorker: true };
      return operations.add(await host.startRun(start, signal));
    },
    'run.firmware': async ({ benchId }) => ({ flashed: (await flashings.flashedAt(benchId))?.record ?? null }),
    'operation.list': () => Promise.resolve([...operations.list(), ...calibrations.list(), ...flashings.list()]),
    'operation.pause': ({ operationId }) => steered(operations.get(operationId), 'pause'),
    'operation.resume': ({ operationId }) => steered(operations.get(operationId), 'resume'),
    'operation.cancel': ({ operationId }) => {
      if (flashings.find(operationId)) return Promise.resolve(flashings.cancel(operationId));
      const calibration = calibrations.find(operationId);
      if (!calibration) return steered(operations.get(operationId), 'cancel');
      calibration.cancel();
      return Promise.resolve(calibration.topic.value.operation);
    },
  } satisfies SomeCalls;
}

function steered(operation: RunOperation, how: 'pause' | 'resume' | 'cancel'): Promise<Operation> {
  operation[how]();
  return Promise.resolve(operation.feed.operation);
}
