export { defaultDmm, VirtualDmm } from './dmm.ts';
export type { DmmOptions } from './dmm.ts';
export { VirtualHands } from './hands.ts';
export type { HandsOptions, OperatorMistake } from './hands.ts';
export { openCalibrationRig } from './rig.ts';
export type { CalibrationRig } from './rig.ts';
