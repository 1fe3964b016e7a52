/** Size of the 32-bit microsecond counter that most DUTs stamp with; it wraps every 4295 s. */
const counterUs = 2 ** 32;

/**
 * Microseconds between two stamps of a DUT. Stamps below 2^32 are those of a 32-bit counter, so a step backwards is one
 * wrap; larger ones (Linux-based DUTs print the Unix time) are plain numbers and a step backwards stays negative.
 * Source: DUT protocol, section 5.1. A window longer than one turn of the counter cannot be told from a shorter one here;
 * the comparison with the host's clock can.
 */
export function elapsedUs(startUs: number, endUs: number): number {
  const differenceUs = endUs - startUs;
  return differenceUs < 0 && startUs < counterUs && endUs < counterUs ? differenceUs + counterUs : differenceUs;
}

/** Inferences per second; zero or negative time gives NaN, because it says nothing about speed. */
export function throughputInfPerS(inferences: number, durationS: number): number {
  return durationS > 0 ? inferences / durationS : Number.NaN;
}

/**
 * The middle one of the sorted values, the mean of the middle two if their number is even, NaN of none.
 * Taken over unrounded values, as both official runners do.
 */
export function median(values: readonly number[]): number {
  if (values.length === 0 || values.some(Number.isNaN)) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const upper = Math.floor(sorted.length / 2);
  const high = sorted[upper] as number;
  return sorted.length % 2 === 1 ? high : ((sorted[upper - 1] as number) + high) / 2;
}

/** (max - min) / median, as a fraction of 1: how far windows of one run lie apart. NaN of fewer than one value. */
export function relativeSpread(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** One performance window as it was recorded. */
export interface WindowStamps {
  /** Inferences between the stamps. */
  inferences: number;
  lapStartUs: number;
  lapEndUs: number;
}

export interface WindowFigures {
  inferences: number;
  durationS: number;
  throughputInfPerS: number;
}

export interface PerformanceFigures {
  windows: WindowFigures[];
  medianThroughputInfPerS: number;
  /** (max - min) / median of the windows' throughputs. */
  relativeSpread: number;
}

/** Throughput of every window and their median. */
export function performanceFigures(stamps: readonly WindowStamps[]): PerformanceFigures {
  const windows = stamps.map((window) => {
    const durationS = elapsedUs(window.lapStartUs, window.lapEndUs) / 1e6;
    return {
      inferences: window.inferences,
      durationS,
      throughputInfPerS: throughputInfPerS(window.inferences, durationS),
    };
  });
  const throughputs = windows.map((window) => window.throughputInfPerS);
  return { windows, medianThroughputInfPerS: median(throughputs), relativeSpread: relativeSpread(throughputs) };
}
