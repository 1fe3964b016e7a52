import type { FaultRecord } from '../../shared/fault/index.ts';
import type { ClosedTrace } from './recorder.ts';
import type { TraceEvent, TraceHeader } from './types.ts';

/** Samples and events since the last batch; the buffers are handed over, not copied. */
export interface RecorderBatch {
  kind: 'batch';
  values: Float32Array<ArrayBuffer>;
  raw: Float32Array<ArrayBuffer> | undefined;
  ranges: Uint8Array<ArrayBuffer> | undefined;
  digital: Uint8Array<ArrayBuffer> | undefined;
  /** The blocks that make up the batch, in order. */
  runs: { length: number; saturated: number }[];
  /** With the number of samples of the batch that came before each. */
  events: { at: number; event: TraceEvent }[];
}

/** To the worker: first `open`, last `close`. */
export type RecorderRequest =
  { kind: 'open'; path: string; header: TraceHeader } | RecorderBatch | { kind: 'flush' } | { kind: 'close' };

/** From the worker. `settled`: samples that need no more waiting for; `answer` and `failed` answer `open`, `flush` and `close` in order. */
export type RecorderReport =
  | { kind: 'settled'; samples: number }
  | { kind: 'answer'; closed?: ClosedTrace }
  | { kind: 'failed'; fault: FaultRecord }
  /** A write failed, whoever asks. */
  | { kind: 'broken'; fault: FaultRecord };
