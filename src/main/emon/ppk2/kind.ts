import type { MonitorKind } from '../monitor.ts';
import { ppk2SampleRateHz } from './decoder.ts';

/** Entry of the catalogue: Nordic Power Profiler Kit II (energy monitors, sections 1.2, 3 and 7). */
export const ppk2Kind: MonitorKind = {
  kind: 'ppk2',
  model: 'PPK2',
  acceptance: 'exploration',
  triedOnHardware: false,
  voltageV: { min: 0.8, max: 5 },
  powersDut: true,
  maxCurrentA: 1,
  // The inputs are sampled every 10 us: two samples, to be seen for sure.
  shortestPulseS: 20e-6,
  score: {
    quantity: 'current',
    sampleRateHz: ppk2SampleRateHz,
    filter: 'spike',
    edgeResolutionS: 1 / ppk2SampleRateHz,
  },
};
