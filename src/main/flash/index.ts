export { explainLayout, flashableBoard, planFlash } from './plan/index.ts';
export { hexAddress, readImage } from './image/index.ts';
export type { ReadImageOptions } from './image/index.ts';
export { chooseProbe, listProbes, normaliseSerial, requireProbe } from './probes/index.ts';
export type { ChosenProbe, ListProbesOptions, ProbeWish } from './probes/index.ts';
export type * from './types.ts';
