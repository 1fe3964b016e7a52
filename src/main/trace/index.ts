export type {
  TraceBlock,
  TraceColumns,
  TraceEvent,
  TraceHeader,
  TraceReader,
  TraceRecorder,
  TraceSizeEstimate,
  TraceStatistics,
} from './types.ts';
