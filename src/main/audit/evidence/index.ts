export { companionsOf } from './companions.ts';
export { evidenceOf, inferencesOf } from './run-evidence.ts';
export type { JudgedParts } from './run-evidence.ts';
export { refsOf } from './records.ts';
