export type { Bench, OpenDutOptions, Pace } from './bench.ts';
export { boardSchema, findBoard, readBoards } from './boards.ts';
export type { Board } from './boards.ts';
export { createLocks } from './locks.ts';
export type { InstrumentLock, InstrumentLocks } from './locks.ts';
export { systemProcesses } from './process-table.ts';
export type { ProcessTable } from './process-table.ts';
export { continuedClock, systemClock } from './system-clock.ts';
