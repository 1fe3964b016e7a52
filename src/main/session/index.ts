export { judgeRecord, runEvidence } from './evidence.ts';
export { countedInputs, countedWindows, runFigures, scoredInputs, scoreFigures, windowResults } from './figures.ts';
export { inputAt } from './inputs.ts';
export { liveEnergy, liveEnergyWindows } from './live-energy.ts';
export { foldSession, measurements } from './record.ts';
export type { Measurement, RunRecord, SessionRecord, StepRecord } from './record.ts';
export { traceInputs } from './trace-inputs.ts';
