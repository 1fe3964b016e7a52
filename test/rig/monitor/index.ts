export { openMonitorPty } from './serve.ts';
export type { MonitorPort, MonitorPty, RigOptions } from './serve.ts';
