export { openQemuBench } from './bench.ts';
export type { QemuBenchOptions } from './bench.ts';
export { guardedCommand, instructionClockHz, qemuArguments } from './command.ts';
export type { Endpoint, MachineOptions } from './command.ts';
export { EdgeReader } from './edges.ts';
export type { Edge } from './edges.ts';
export { startEmulator } from './process.ts';
export type { Emulator, StartOptions } from './process.ts';
