export { diagnose, usualBauds } from './diagnose.ts';
export type { DoctorOptions } from './diagnose.ts';
export { explainFault } from './explain.ts';
