import { median, throughputInfPerS } from '../windows.ts';
import { eembcSlices } from './eembc-time.ts';
import { StretchAccumulator } from './stretch.ts';

/** A window of a published EEMBC trace, with the figures that its runner prints. */
export interface PublishedWindow {
  /** 2, 4, ... 10: the window opens at the timestamp of that number, counted from 1. */
  number: number;
  startS: number;
  endS: number;
  inferences: number;
  firstSample: number;
  endSample: number;
  seconds: number;
  energyUJ: number;
  powerUW: number;
  energyUJPerInf: number;
  throughputInfPerS: number;
}

export interface PublishedEnergy {
  windows: PublishedWindow[];
  /** NaN without windows. */
  medianEnergyUJPerInf: number;
  medianPowerUW: number;
  medianThroughputInfPerS: number;
  /** Timestamps that a complete run would have: one mark, and two for each measured loop. */
  expectedEdges: number;
  /** How many of them are missing; negative for too many. */
  missingEdges: number;
}

/**
 * Windows and figures of a trace of the EEMBC runner (results and submission, section 5): window k = 2, 4, ... lies between the k-th
 * and the next timestamp, whatever they mark. So a lost edge shifts all later windows, as it did in what was published: look at
 * `missingEdges` before believing them.
 * @param energiesUJ Energy of each sampling interval in uJ, as stored in `trace1-energy.bin`.
 * @param timestampsS Times of the edges since the trace began, in s.
 * @param inferences Inferences of each measured loop, in order.
 */
export function publishedEnergy(
  energiesUJ: Float32Array,
  sampleRateHz: number,
  timestampsS: readonly number[],
  inferences: readonly number[],
): PublishedEnergy {
  const pairs: { number: number; startS: number; endS: number; inferences: number }[] = [];
  for (let index = 1; index + 1 < timestampsS.length && pairs.length < inferences.length; index += 2) {
    const [startS, endS] = timestampsS.slice(index, index + 2) as [number, number];
    pairs.push({ number: index + 1, startS, endS, inferences: inferences[pairs.length] as number });
  }
  const slices = eembcSlices(pairs, sampleRateHz, energiesUJ.length);
  const windows = pairs.map((pair, index) => {
    const { first, end } = slices[index] as { first: number; end: number };
    const sums = new StretchAccumulator({ quantity: 'energy', scale: 1, voltageV: null, sampleRateHz }, first);
    sums.push(energiesUJ.subarray(first, end));
    const seconds = pair.endS - pair.startS;
    return {
      ...pair,
      firstSample: first,
      endSample: end,
      seconds,
      energyUJ: sums.energyJ,
      powerUW: (sums.energyJ * sampleRateHz) / (end - first),
      energyUJPerInf: sums.energyJ / pair.inferences,
      throughputInfPerS: throughputInfPerS(pair.inferences, seconds),
    };
  });
  const expectedEdges = 1 + 2 * inferences.length;
  return {
    windows,
    medianEnergyUJPerInf: median(windows.map((window) => window.energyUJPerInf)),
    medianPowerUW: median(windows.map((window) => window.powerUW)),
    medianThroughputInfPerS: median(windows.map((window) => window.throughputInfPerS)),
    expectedEdges,
    missingEdges: expectedEdges - timestampsS.length,
  };
}
