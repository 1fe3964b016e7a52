import type { FaultRecord } from '../../shared/fault/index.ts';
import type { DutFeed, DutStep, VirtualDutSettings } from './virtual-dut.ts';

/** To the worker: first `start`, then one request at a time. */
export type WorkerRequest =
  | { kind: 'start'; module: WebAssembly.Module; settings: VirtualDutSettings }
  | { kind: 'boot'; cycle: number }
  | { kind: 'step'; feed: DutFeed | undefined };

/** The answer to each request. */
export type WorkerAnswer =
  { kind: 'started' } | { kind: 'done'; step: DutStep } | { kind: 'failed'; fault: FaultRecord };
