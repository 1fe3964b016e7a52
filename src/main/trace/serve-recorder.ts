import type { MessagePort } from 'node:worker_threads';
import { toFault } from '../../shared/fault/index.ts';
import type { RecorderBatch, RecorderReport, RecorderRequest } from './recorder-messages.ts';
import { createTrace } from './recorder.ts';
import type { TraceFiles } from './trace-files.ts';
import type { TraceRecorder } from './types.ts';

/** The worker's side of `recordTrace`: records what comes in through the port. */
export function serveRecorder(port: Pick<MessagePort, 'on' | 'postMessage'>, files?: TraceFiles): void {
  let opened: Promise<TraceRecorder> | undefined;
  let order: Promise<void> = Promise.resolve();
  const report = (message: RecorderReport): void => {
    port.postMessage(message);
  };

  async function serve(request: RecorderRequest): Promise<void> {
    if (request.kind === 'open') {
      opened = createTrace(request.path, request.header, files ? { files } : {});
      const recorder = await opened;
      recorder.failed.catch((error: unknown) => {
        report({ kind: 'broken', fault: toFault(error).toRecord() });
      });
      report({ kind: 'answer' });
      return;
    }
    const recorder = await opened;
    if (!recorder) throw new Error('a trace was written before it was opened');
    if (request.kind === 'batch') {
      take(recorder, request);
      const handedOver = recorder.samples;
      report({ kind: 'settled', samples: handedOver - recorder.pendingSamples });
      if (recorder.pendingSamples > 0)
        void recorder.drained(0).then(
          () => {
            report({ kind: 'settled', samples: recorder.samples - recorder.pendingSamples });
          },
          () => undefined,
        );
    } else if (request.kind === 'flush') {
      await recorder.flush();
      report({ kind: 'answer' });
    } else {
      report({ kind: 'answer', closed: await recorder.close() });
    }
  }

  port.on('message', (request: RecorderRequest) => {
    order = order
      .then(() => serve(request))
      .catch((error: unknown) => {
        report({ kind: request.kind === 'batch' ? 'broken' : 'failed', fault: toFault(error).toRecord() });
      });
  });
}

function take(recorder: TraceRecorder, batch: RecorderBatch): void {
  let at = 0;
  let next = 0;
  const eventsUntil = (place: number): void => {
    for (let waiting = batch.events[next]; waiting && waiting.at <= place; waiting = batch.events[next]) {
      recorder.event(waiting.event);
      next += 1;
    }
  };
  for (const { length, saturated } of batch.runs) {
    eventsUntil(at);
    const end = at + length;
    recorder.append({
      values: batch.values.subarray(at, end),
      ...(batch.raw && { raw: batch.raw.subarray(at, end) }),
      ...(batch.ranges && { ranges: batch.ranges.subarray(at, end) }),
      ...(batch.digital && { digital: batch.digital.subarray(at, end) }),
      saturated,
    });
    at = end;
  }
  eventsUntil(at);
}
