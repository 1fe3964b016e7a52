import type { SampleQuantity } from '../../../shared/domain/energy.ts';

/**
 * Kinds of files that a trace is imported from. `eembc`: `traceN-energy.bin` with `traceN-timestamps.json` beside it; `results`: `results.json`
 * of the current runner; `csv`: the PPK2 application's export or any table; `ppk2`: a saved session of the PPK2 application.
 */
export const traceFileFormats = ['eembc', 'results', 'csv', 'ppk2'] as const;
export type TraceFileFormat = (typeof traceFileFormats)[number];

/** A time mark in an imported trace. */
export interface ImportedEdge {
  /** Number of samples completed before it, from the first sample of the trace; always whole. */
  sampleIndex: number;
  /** Number of the digital input, 0 where the file names none. */
  channel: number;
  level: 'fall' | 'rise' | 'unknown';
  /** The instrument's own count of edges, where the file has it. */
  sequence?: number;
}

/** A stretch of an imported trace that was recorded in one go; between two stretches an unknown time may have passed. */
export interface ImportedSegment {
  firstSample: number;
  endSample: number;
  voltageV: number | null;
}

/** A run of samples; lost samples are NaN. */
export interface ImportedBlock {
  /** Stored values: SI units = value * `ImportedTrace.scale`. */
  values: Float32Array;
  /** Levels of the digital inputs, bit 0 = D0; there in every block when `ImportedTrace.hasDigital`. */
  digital?: Uint8Array;
}

/** Something about the file that the user should know; its words are in `locales` by `code`. */
export interface ImportWarning {
  code: TraceImportWarningCode;
  facts: Record<string, string | number>;
}

export type TraceImportWarningCode =
  /** No file with time marks beside the trace. */
  | 'noTimestamps'
  /** The number of time marks is not 1 + 2 for each window: one was lost, or one is extra. */
  | 'oddEdges'
  /** Captures were joined; between them an unknown time has passed. */
  | 'joined'
  /** Captures were made at different voltages; the first one stands for all. */
  | 'voltages'
  /** Samples that are no number, kept as gaps. */
  | 'gaps'
  /** The time column's mean interval stands for intervals that differ by up to 1 %. */
  | 'unevenTime'
  /** Digital readings that held both levels or none within one sample; the earlier level was kept. */
  | 'unclearDigital'
  /** Edges lie behind the end of the trace. */
  | 'edgesBehindEnd';

/** A trace file opened for import. Everything but the samples was read already; they are read anew with every call of `blocks`. */
export interface ImportedTrace {
  format: TraceFileFormat;
  path: string;
  sampleRateHz: number;
  /** Samples that `blocks` delivers. */
  sampleCount: number;
  quantity: SampleQuantity;
  /** SI units (A, J per sample, W) = stored value * scale; chosen so that the file's own figures stay what they are. */
  scale: number;
  /** Set voltage in V, where the file or the caller states it. */
  voltageV: number | null;
  hasDigital: boolean;
  /** In order of `sampleIndex`. */
  edges: ImportedEdge[];
  /** Time resolution of the edges in s. */
  edgeResolutionS: number;
  /** Whether the file says of itself that nothing real was measured. */
  simulated?: boolean;
  /** One entry for a trace recorded in one go. */
  segments: ImportedSegment[];
  warnings: ImportWarning[];
  /** Reads the samples from the file, block after block; memory does not grow with the file. @throws Fault `emon.badFile`. */
  blocks(): AsyncIterable<ImportedBlock>;
}

/** What a column of a table holds and in which unit. */
export interface CsvMapping {
  /** Column with the time, by name or by number from 1; absent: `sampleRateHz` of the options is used. */
  time?: { column: string | number; unit: 's' | 'ms' | 'us' };
  /** Column with the measured figure. `unit` is read from a header such as `Current(uA)` when absent. */
  value: { column: string | number; quantity: SampleQuantity; unit?: string };
  /** Column with one digital input (0 or 1), or with a string of eight bits, D0 first. */
  digital?: { column: string | number };
}

export interface OpenTraceFileOptions {
  /** Found from name and content when absent. */
  format?: TraceFileFormat;
  /** Time marks of an `eembc` trace; the file beside it when absent, none when null. */
  timestampsPath?: string | null;
  /** How to read a table that is no PPK2 export. Absent: columns are found by their headers. */
  csv?: CsvMapping;
  /** For a table without a time column. */
  sampleRateHz?: number;
  /** Set voltage in V, where the file does not state it. */
  voltageV?: number;
  /** Digital input that carries the time marks, default 0, and which of its changes count, default `fall`. */
  mark?: { bit: number; level: 'fall' | 'rise' };
  /** After an accepted edge further ones are ignored for this long; default 50e-6 s. */
  holdS?: number;
  /** Table from an application version before 3.1.1, which wrote D7 first. */
  bitsReversed?: boolean;
  signal?: AbortSignal;
}
