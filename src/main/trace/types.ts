import type { SampleQuantity } from '../../shared/domain/energy.ts';
import type { Fault } from '../../shared/fault/index.ts';

/** What a trace file says about itself in its header; everything is fixed when recording begins. */
export interface TraceHeader {
  /** ISO 8601, UTC. */
  createdAt: string;
  /** Program and version that wrote it. */
  program: string;
  instrument: { kind: string; model: string; serial: string; firmware: string };
  simulated: boolean;
  sampleRateHz: number;
  quantity: SampleQuantity;
  /** SI units = stored float32 value * scale: 1 for A, J, W; 1e-6 for an imported trace in uJ, so that its bits stay what they were. */
  scale: number;
  /** Supply in V that turns current into power; null where samples are energy or power. */
  voltageV: number | null;
  channels: { raw: boolean; ranges: boolean; digital: boolean };
  /** Time resolution of edges in s. */
  edgeResolutionS: number;
  note: string;
}

/** A run of samples to append; lost samples are NaN (see `SampleBlock` of `emon`). */
export interface TraceBlock {
  values: Float32Array;
  raw?: Float32Array;
  ranges?: Uint8Array;
  digital?: Uint8Array;
  saturated: number;
}

/** What happened beside the samples, at a place between two of them. */
export type TraceEvent =
  | { kind: 'edge'; sampleIndex: number; channel: number; level: 'fall' | 'rise' | 'unknown'; sequence?: number }
  | { kind: 'tick'; sampleIndex: number; deviceTimeS: number; bufferPercent?: number }
  | { kind: 'loss'; sampleIndex: number; count: number | null; cause: string; exact: boolean }
  | { kind: 'status'; sampleIndex: number; text: string; overcurrent?: boolean }
  /** Set by the runner: `window-2-start`, `rest-idle-start`, ... */
  | { kind: 'mark'; sampleIndex: number; name: string; hostS: number };

export interface TraceSizeEstimate {
  bytesPerS: number;
  freeBytes: number;
  /** Seconds until the disk is full. */
  lastsS: number;
}

/**
 * Records one trace. `append` and `event` never wait: they hand over to the writer (a worker thread in the product). A write that failed
 * (disk full, folder gone) is reported by `failed` and by the next `flush` or `close`; what was written before stays readable.
 */
export interface TraceRecorder {
  readonly path: string;
  append(block: TraceBlock): void;
  event(event: TraceEvent): void;
  /** Samples handed over so far, gaps included. */
  readonly samples: number;
  /** Samples handed over and not yet written: the caller may hold a simulated clock while this is large. */
  readonly pendingSamples: number;
  /** Resolves when no more than this many samples are pending. */
  drained(belowSamples: number): Promise<void>;
  /** Everything handed over so far is on the disk and readable after a power cut. @throws Fault of area `trace`. */
  flush(): Promise<void>;
  /** Rejects (once) when writing fails; never resolves otherwise. Always has a handler attached inside, so it may be ignored. */
  readonly failed: Promise<never>;
  /** Writes what is left and the closing block; SHA-256 of the whole file. @throws Fault of area `trace`. */
  close(): Promise<{ sha256: string; bytes: number; samples: number }>;
}

/** Statistics of an interval of samples, in SI units (value * scale); sums are kept in double. Gaps are left out and counted. */
export interface TraceStatistics {
  firstSample: number;
  endSample: number;
  /** Samples that are not gaps. */
  count: number;
  gaps: number;
  saturated: number;
  min: number;
  max: number;
  mean: number;
  rms: number;
  sum: number;
  /** In J; null where it cannot be known (a current without voltage). */
  energyJ: number | null;
  /** In C (A s); null where it cannot be known. */
  chargeC: number | null;
}

/**
 * Min, mean and max of each column of a view; NaN where a column holds gaps only. SI units. Edges may lie up to an eighth of a column beside even
 * ones, where sums are kept; there are never more columns than samples.
 */
export interface TraceColumns {
  /** Sample at which each column begins; one more than columns. */
  edges: Float64Array<ArrayBuffer>;
  min: Float32Array<ArrayBuffer>;
  mean: Float32Array<ArrayBuffer>;
  max: Float32Array<ArrayBuffer>;
}

/** A trace file opened for reading: memory does not grow with its length. Also one that was never closed, or is cut at any byte. */
export interface TraceReader {
  readonly header: TraceHeader;
  readonly formatVersion: number;
  /** Samples that can be read. */
  readonly samples: number;
  readonly durationS: number;
  /** False when the recording program ended before it closed the file. */
  readonly closed: boolean;
  /** Bytes at the end that hold no whole block. */
  readonly droppedBytes: number;
  /** Damaged places found so far: those between blocks when the file was opened, those inside blocks when they are read. Their samples are gaps. */
  readonly problems: readonly Fault<'trace.damaged'>[];
  /** Reads every block and says what is damaged. */
  check(): Promise<readonly Fault<'trace.damaged'>[]>;
  events(): Promise<TraceEvent[]>;
  /** Stored values (not scaled) of samples [first, first + count), and the other channels where the header has them. */
  read(first: number, count: number): Promise<TraceBlock>;
  /** Block after block of [first, end): for sums over long stretches. */
  blocks(first: number, end: number): AsyncIterable<{ first: number; block: TraceBlock }>;
  statistics(first: number, end: number): Promise<TraceStatistics>;
  columns(first: number, end: number, columns: number): Promise<TraceColumns>;
  close(): Promise<void>;
}
