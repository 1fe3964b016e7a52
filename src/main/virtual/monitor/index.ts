import type { EmulatedMonitor, EmulatorSettings } from './emulator.ts';
import { Lpm01aEmulator } from './lpm01a.ts';
import { Ppk2Emulator } from './ppk2.ts';

export type { EmulatedMonitor, EmulatorSettings, SampleGrid } from './emulator.ts';
export { Lpm01aEmulator } from './lpm01a.ts';
export { Ppk2Emulator } from './ppk2.ts';

/** An emulated energy monitor of a kind, switched off, with nobody at its port. */
export function createEmulatedMonitor(kind: 'lpm01a' | 'ppk2', settings: EmulatorSettings): EmulatedMonitor {
  return kind === 'lpm01a' ? new Lpm01aEmulator(settings) : new Ppk2Emulator(settings);
}
