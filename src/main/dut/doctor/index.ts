export { diagnose, usualBauds } from './diagnose.ts';
export type { DoctorOptions } from './diagnose.ts';
