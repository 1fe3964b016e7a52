import type { Operation } from '../../shared/domain/operation.ts';
import { unfinishedRuns } from '../host-services/unfinished.ts';
import type { RunOperation } from '../runner/index.ts';
import type { HostContext, SomeCalls } from './context.ts';

/** Runs, and steering whatever is under way. */
export function runCalls(context: HostContext) {
  const { host, operations, calibrations, flashings, sessions, beginRun } = context;
  return {
    'run.start': async ({ benchId, ...input }, { signal }) => {
      const { operation } = await beginRun({ ...input, bench: benchId }, signal);
      return operation.feed.operation;
    },
    'run.firmware': async ({ benchId }) => ({ flashed: (await flashings.flashedAt(benchId))?.record ?? null }),
    'run.unfinished': () => {
      const underWay = new Set(operations.active().map(({ sessionId }) => sessionId));
      return unfinishedRuns(sessions, host.sessionsFolder(), underWay, host.text(), host.settings.get().language);
    },
    'run.retryWindow': ({ operationId, runId, window }) => {
      const operation = operations.get(operationId);
      operation.retryWindow(runId, window);
      return Promise.resolve(operation.feed.operation);
    },
    'run.note': async ({ operationId, text, runId }) => {
      const operation = operations.get(operationId);
      await operation.note(text, runId);
      return operation.feed.operation;
    },
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
