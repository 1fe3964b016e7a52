export type {
  Acquisition,
  AcquisitionProfile,
  EnergyMonitor,
  MonitorEvent,
  MonitorKind,
  SampleBlock,
  SelfCheck,
} from './monitor.ts';
export { ClockCheck } from './clock-check.ts';
export type { ClockCheckOptions } from './clock-check.ts';
export { openPpk2, ppk2Kind } from './ppk2/index.ts';
export type { OpenPpk2Options } from './ppk2/index.ts';
export { monitorCatalogue, monitorEntry } from './catalogue.ts';
export type { MonitorEntry } from './catalogue.ts';
export { lpm01aKind, openLpm01a } from './lpm01a/index.ts';
export type { Lpm01a, OpenLpm01aOptions } from './lpm01a/index.ts';
export { openTraceFile, traceFileFormats } from './file/index.ts';
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
} from './file/index.ts';
export { likelyMonitor } from './usb.ts';
