export { openMonitorPty, serveMonitor } from './serve.ts';
export type { MonitorPty, RigOptions, ServedMonitor } from './serve.ts';
