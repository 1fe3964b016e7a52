export { openEembc as openEembcTrace } from './eembc.ts';
export { JsonScanner, JsonSyntaxError } from './json-scanner.ts';
export type { JsonHandler } from './json-scanner.ts';
export { openTraceFile } from './open.ts';
export type { ByteSource } from './source.ts';
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
