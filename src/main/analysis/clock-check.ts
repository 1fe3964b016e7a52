import { elapsedUs } from './windows.ts';

/** How long one window took, by both clocks. */
export interface ClockPair {
  /** By the DUT's stamps. */
  dutS: number;
  /** By the host's, between the arrivals of the two stamp lines. */
  hostS: number;
  /** Largest error of one arrival time: the latency of the line and of the host's scheduler. */
  hostStampUncertaintyS: number;
  /** Step of the DUT's stamps. */
  dutResolutionS: number;
}

export interface ClockComparison {
  /** DUT time / host time; below 1 the DUT's clock is slow and its throughput overstated. */
  ratio: number;
  /** |ratio - 1|. */
  deviation: number;
  /** Bound of the ratio's error from latency and resolution, as a fraction of 1. */
  uncertainty: number;
}

/**
 * Compares the DUT's clock with the host's over one window. Both stamp lines are delayed alike by the line, so that only
 * the variation of the delay counts. Returns undefined where the host saw no time pass.
 * Source: DUT protocol, section 9.1.
 */
export function compareClocks(pair: ClockPair): ClockComparison | undefined {
  if (!(pair.hostS > 0) || !Number.isFinite(pair.dutS)) return undefined;
  const ratio = pair.dutS / pair.hostS;
  // The true host time may be shorter than the measured one by both stamps' errors: that is where the ratio is most wrong.
  const shortestHostS = pair.hostS - 2 * pair.hostStampUncertaintyS;
  const largestErrorS = 2 * pair.hostStampUncertaintyS * ratio + pair.dutResolutionS;
  return {
    ratio,
    deviation: Math.abs(ratio - 1),
    uncertainty: shortestHostS > 0 ? largestErrorS / shortestHostS : Number.POSITIVE_INFINITY,
  };
}

/** Differences needed before their common divisor says something about the clock. */
const neededDifferences = 3;

/**
 * The step of a DUT's clock in microseconds: the greatest common divisor of the differences of its stamps. The more stamps,
 * the surer; by chance alone the divisor of k differences is a multiple of the true step with probability about 2^-k.
 * Returns undefined where there are too few stamps.
 */
export function stampResolutionUs(stampsUs: readonly number[]): number | undefined {
  let divisor = 0;
  let differences = 0;
  for (let index = 1; index < stampsUs.length; index += 1) {
    const differenceUs = Math.abs(elapsedUs(stampsUs[index - 1] as number, stampsUs[index] as number));
    if (differenceUs === 0 || !Number.isSafeInteger(differenceUs)) continue;
    differences += 1;
    divisor = greatestCommonDivisor(divisor, differenceUs);
  }
  return differences >= neededDifferences ? divisor : undefined;
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
