export { conductRun, isResumable, resumeRun } from './conduct.ts';
export type { Conductor, PlannedRun, RunInputs } from './conduct.ts';
export { createPauseGate } from './pause-gate.ts';
export type { PauseGate } from './pause-gate.ts';
