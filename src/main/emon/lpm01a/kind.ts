import type { MonitorKind } from '../monitor.ts';

/** Nominal rate of the port; over USB any will do, and some systems refuse the odd one (energy monitors, 2.1). */
export const lpm01aBaud = 3_686_400;

export const lpm01aKind: MonitorKind = {
  kind: 'lpm01a',
  model: 'X-NUCLEO-LPM01A',
  acceptance: 'submissions',
  triedOnHardware: false,
  voltageV: { min: 1.8, max: 3.3 },
  powersDut: true,
  // Dynamic mode (energy monitors, 2.8); published traces show up to 59 mA.
  maxCurrentA: 0.05,
  // D7 raises an interrupt, so the benchmark's own minimum of 1 us suffices (energy monitors, 1.2).
  shortestPulseS: 1e-6,
  score: { quantity: 'energy', sampleRateHz: 1000, filter: 'none', edgeResolutionS: 1e-3 },
};
