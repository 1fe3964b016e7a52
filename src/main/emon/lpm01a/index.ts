export { lpm01aBauds, lpm01aKind, lpm01aUsb } from './kind.ts';
export { lpm01aPanicBytes, openLpm01a } from './monitor.ts';
export type { Lpm01a, OpenLpm01aOptions } from './monitor.ts';
