export type {
  Acquisition,
  AcquisitionProfile,
  EnergyMonitor,
  MonitorEvent,
  MonitorKind,
  SampleBlock,
  SelfCheck,
} from './monitor.ts';
