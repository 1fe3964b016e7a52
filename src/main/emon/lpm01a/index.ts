export { lpm01aKind } from './kind.ts';
export { openLpm01a } from './monitor.ts';
export type { Lpm01a, OpenLpm01aOptions } from './monitor.ts';
