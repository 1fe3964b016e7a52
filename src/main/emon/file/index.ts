export { openTraceFile } from './open.ts';
export { traceFileFormats } from './types.ts';
export type {
  CsvMapping,
  ImportedBlock,
  ImportedEdge,
  ImportedSegment,
  ImportedTrace,
  ImportWarning,
  OpenTraceFileOptions,
  TraceFileFormat,
  TraceImportWarningCode,
} from './types.ts';
