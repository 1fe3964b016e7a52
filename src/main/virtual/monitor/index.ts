import type { EmulatedMonitor, EmulatorSettings } from './emulator.ts';
import { Lpm01aEmulator } from './lpm01a.ts';

export type { EmulatedMonitor, EmulatorSettings, SampleGrid } from './emulator.ts';
export { Lpm01aEmulator } from './lpm01a.ts';

/** An emulated energy monitor of a kind, switched off, with nobody at its port. */
export function createEmulatedMonitor(_kind: 'lpm01a' | 'ppk2', settings: EmulatorSettings): EmulatedMonitor {
  return new Lpm01aEmulator(settings);
}
