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
