export { chooseProbe, requireProbe } from './choose.ts';
export type { ChosenProbe, ProbeWish } from './choose.ts';
export { listProbes } from './list.ts';
export type { ListProbesOptions } from './list.ts';
export { normaliseSerial } from './serial-number.ts';
