export { buildIoManager, ioManagerDir, noAvrReason, startUno } from './build.ts';
export type { IoManagerBuild } from './build.ts';
export { clockHz, Uno } from './uno.ts';
