export { openQemuBench } from './bench.ts';
export { guardedCommand, instructionClockHz, qemuArguments } from './command.ts';
export { EdgeReader } from './edges.ts';
export type { Edge } from './edges.ts';
export { startEmulator } from './process.ts';
export type { Emulator } from './process.ts';
