export { openTrace } from './reader.ts';
export { recordTrace } from './record-trace.ts';
export { createTrace } from './recorder.ts';
export { estimateTraceSize } from './size.ts';
export type * from './types.ts';
