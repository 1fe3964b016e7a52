export { openMonitorPty, serveMonitor } from './serve.ts';
export type { MonitorPort, MonitorPty, RigOptions, ServedMonitor } from './serve.ts';
