export type { Bench, OpenDutOptions, Pace } from './bench.ts';
export { createLocks } from './locks.ts';
export type { InstrumentLock, InstrumentLocks } from './locks.ts';
export { systemProcesses } from './process-table.ts';
export type { ProcessTable } from './process-table.ts';
export { continuedClock, systemClock } from './system-clock.ts';
