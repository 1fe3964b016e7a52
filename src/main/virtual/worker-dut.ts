import { parentPort } from 'node:worker_threads';
import { toFault } from '../../shared/fault/index.ts';
import { VirtualDut } from './virtual-dut.ts';
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts';

// Entry of the worker thread that runs one virtual DUT. It answers each request once, in order.

let dut: VirtualDut | undefined;

function answer(request: WorkerRequest): WorkerAnswer {
  if (request.kind === 'start') {
    dut = new VirtualDut(request.module, request.settings);
    return { kind: 'started' };
  }
  if (!dut) throw new Error('the virtual DUT was used before it was started');
  return { kind: 'done', step: request.kind === 'boot' ? dut.boot(request.cycle) : dut.step(request.feed) };
}

parentPort?.on('message', (request: WorkerRequest) => {
  let message: WorkerAnswer;
  try {
    message = answer(request);
  } catch (error) {
    message = { kind: 'failed', fault: toFault(error).toRecord() };
  }
  parentPort?.postMessage(message);
});
