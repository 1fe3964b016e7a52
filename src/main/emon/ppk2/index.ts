export { ppk2Kind } from './kind.ts';
export { openPpk2 } from './monitor.ts';
export type { OpenPpk2Options } from './monitor.ts';
