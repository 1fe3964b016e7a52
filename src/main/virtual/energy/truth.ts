import type { EmulatedMonitor } from '../monitor/emulator.ts';
import type { MonitorNoise } from './errors.ts';
import type { MonitorLoad } from './load.ts';

/** What really flowed in a window, and what a perfect monitor of this kind would say (virtual-bench 4.3). */
export interface EnergyTruth {
  /** Between the instants as they were. */
  exactJ: number;
  meanPowerW: number;
  /** Between the sample boundaries that the instrument reports; null without an acquisition. */
  binAlignedJ: number | null;
  binAlignedFromS: number | null;
  binAlignedToS: number | null;
  /** Standard deviation to be expected of a measured value around `binAlignedJ`, in J: noise of the samples. */
  noiseJ: number | null;
  /** What one sample at each edge can make, in J. */
  edgeJ: number | null;
}

/** The truth of [fromS, toS) of a load's timeline, which must lie in the past. */
export function energyTruth(
  load: MonitorLoad,
  noise: MonitorNoise,
  monitor: Pick<EmulatedMonitor, 'grid'>,
  fromS: number,
  toS: number,
): EnergyTruth {
  const fromNs = Math.round(fromS * 1e9);
  const toNs = Math.round(toS * 1e9);
  const exact = load.timeline.between(fromNs, toNs);
  const power = { exactJ: exact.energyJ, meanPowerW: exact.energyJ / ((toNs - fromNs) / 1e9) };
  const { grid } = monitor;
  if (!grid) {
    return { ...power, binAlignedJ: null, binAlignedFromS: null, binAlignedToS: null, noiseJ: null, edgeJ: null };
  }
  // An edge counts from the samples that were completed before it.
  const boundary = (ns: number): number =>
    Math.round(grid.startNs + Math.floor((ns - grid.startNs) / grid.binNs) * grid.binNs);
  const [firstNs, endNs] = [boundary(fromNs), boundary(toNs)];
  const aligned = load.timeline.between(firstNs, endNs);
  const samples = Math.max(1, Math.round((endNs - firstNs) / grid.binNs));
  const meanA = aligned.chargeC / ((endNs - firstNs) / 1e9);
  const sampleJ = aligned.energyJ / samples;
  const perSample = Math.sqrt(noise.relative ** 2 + (meanA > 0 ? noise.absoluteA / meanA : 0) ** 2);
  return {
    ...power,
    binAlignedJ: aligned.energyJ,
    binAlignedFromS: firstNs / 1e9,
    binAlignedToS: endNs / 1e9,
    noiseJ: sampleJ * perSample * Math.sqrt(samples),
    edgeJ: sampleJ,
  };
}
