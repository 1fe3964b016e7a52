import { chiSquaredCdf } from './distributions.ts';

/** One load of a gain calibration. */
export interface FitPoint {
  /** Current by the reference (voltage over resistor), in A. */
  referenceA: number;
  /** Mean current that the monitor showed, in A. */
  readingA: number;
  /** What is independent for this point alone, as a standard uncertainty of the difference, in A (`pointUncertaintyA`). */
  standardUncertaintyA: number;
}

/** A straight line through the points of one range: reading = offsetA + slope * current. */
export interface RangeFit {
  offsetA: number;
  slope: number;
  /** [var offset (A^2), covariance (A), var slope]; already widened by chi2/nu where `test` is `remark`. */
  cov: [number, number, number];
  chi2: number;
  /** Degrees of freedom: points minus fitted parameters. */
  nu: number;
  /** chi2 up to its 95 % point, up to its 99.9 % point, beyond. */
  test: 'pass' | 'remark' | 'fail';
  /** (reading - line) / standard uncertainty, point by point. */
  residuals: number[];
}

/** Values that enter the independent uncertainty of one load. */
export interface PointInput {
  referenceA: number;
  /** Voltage on the resistor; 0 for the open output. */
  voltageV: number;
  /** Standard deviation of the samples in A (of blocks, if their noise is not white) and how many of them were averaged. */
  noiseA: number;
  samples: number;
  /** Half-width of the resistor, relative. */
  toleranceRel: number;
  /** Half-width of the voltmeter's digits in V. */
  digitsV: number;
  /** Half-width of the range's departure from a line, relative. */
  nonlinearityRel: number;
}

/** u of one load from causes that no other load shares, in A (uncertainty, section 4.1). */
export function pointUncertaintyA(input: PointInput): number {
  const { referenceA, voltageV, noiseA, samples, toleranceRel, digitsV, nonlinearityRel } = input;
  const digitsRel = voltageV > 0 ? digitsV / voltageV : 0;
  return Math.sqrt(
    noiseA ** 2 / samples + (referenceA ** 2 * (toleranceRel ** 2 + digitsRel ** 2 + nonlinearityRel ** 2)) / 3,
  );
}

/** Current in A through a resistor with a voltmeter across it; `meterOhm` is the meter's input resistance (Infinity: none). */
export function referenceCurrentA(voltageV: number, resistanceOhm: number, meterOhm = Infinity): number {
  return voltageV / resistanceOhm + voltageV / meterOhm;
}

/**
 * Whether loads reach far enough into a span for offset and gain to be told apart: three of them, the highest at 80 % or more and
 * the lowest at 15 % or less of the span's upper end (uncertainty, section 4.1). If not, use `fitRatio`.
 */
export function loadsCoverSpan(points: readonly FitPoint[], spanEndA: number): boolean {
  const currents = points.map((point) => point.referenceA);
  return points.length >= 3 && Math.max(...currents) >= 0.8 * spanEndA && Math.min(...currents) <= 0.15 * spanEndA;
}

/**
 * Weighted least squares of a line (uncertainty, section 4.1). Sums are taken about the weighted mean of the currents, which is the
 * same line without the loss of digits of the textbook's D. @throws RangeError with fewer than three points, with equal currents or
 * an uncertainty that is not positive.
 */
export function fitRange(points: readonly FitPoint[]): RangeFit {
  checkPoints(points, 3);
  const weights = points.map((point) => point.standardUncertaintyA ** -2);
  const sum = (term: (point: FitPoint) => number): number =>
    points.reduce((total, point, index) => total + (weights[index] as number) * term(point), 0);
  const total = sum(() => 1);
  const meanA = sum((point) => point.referenceA) / total;
  const spread = sum((point) => (point.referenceA - meanA) ** 2);
  if (!(spread > 0)) throw new RangeError('all loads have the same current');
  const meanReadingA = sum((point) => point.readingA) / total;
  const slope = sum((point) => (point.referenceA - meanA) * (point.readingA - meanReadingA)) / spread;
  const offsetA = meanReadingA - slope * meanA;
  const cov: [number, number, number] = [1 / total + meanA ** 2 / spread, -meanA / spread, 1 / spread];
  return judged(points, offsetA, slope, cov, points.length - 2, (point) => point.standardUncertaintyA);
}

/**
 * Gain alone, with the offset held at 0 +- its specification (standard uncertainty in A), for loads that do not cover the span. The
 * unknown offset is one cause for all points: it weakens their weights and stays in the covariance.
 */
export function fitRatio(points: readonly FitPoint[], offsetStandardUncertaintyA: number): RangeFit {
  checkPoints(points, 1);
  const offsetVariance = offsetStandardUncertaintyA ** 2;
  const uncertaintyOf = (point: FitPoint): number => Math.hypot(point.standardUncertaintyA, offsetStandardUncertaintyA);
  const sum = (term: (point: FitPoint) => number): number =>
    points.reduce((total, point) => total + term(point) / uncertaintyOf(point) ** 2, 0);
  const sumSquares = sum((point) => point.referenceA ** 2);
  if (!(sumSquares > 0)) throw new RangeError('no load carries a current');
  const slope = sum((point) => point.referenceA * point.readingA) / sumSquares;
  const ofOffset = sum((point) => point.referenceA) / sumSquares;
  const ownVariance =
    sum((point) => (point.referenceA * (point.standardUncertaintyA / uncertaintyOf(point))) ** 2) / sumSquares ** 2;
  const cov: [number, number, number] = [
    offsetVariance,
    -ofOffset * offsetVariance,
    ownVariance + ofOffset ** 2 * offsetVariance,
  ];
  return judged(points, 0, slope, cov, points.length - 1, uncertaintyOf);
}

/** Relative standard uncertainty of a corrected current of that size from the fit alone (uncertainty, section 4.1). */
export function fitRelativeUncertainty(
  fit: { slope: number; cov: readonly [number, number, number] },
  currentA: number,
): number {
  const [varOffset, covariance, varSlope] = fit.cov;
  const variance = varOffset + 2 * currentA * covariance + currentA ** 2 * varSlope;
  return Math.sqrt(Math.max(0, variance)) / (fit.slope * Math.abs(currentA));
}

function judged(
  points: readonly FitPoint[],
  offsetA: number,
  slope: number,
  cov: [number, number, number],
  nu: number,
  uncertaintyOf: (point: FitPoint) => number,
): RangeFit {
  const residuals = points.map((point) => (point.readingA - offsetA - slope * point.referenceA) / uncertaintyOf(point));
  const chi2 = residuals.reduce((total, residual) => total + residual ** 2, 0);
  const probability = nu > 0 ? chiSquaredCdf(chi2, nu) : 0;
  const test = probability <= 0.95 ? 'pass' : probability <= 0.999 ? 'remark' : 'fail';
  const widening = test === 'remark' ? chi2 / nu : 1;
  return {
    offsetA,
    slope,
    cov: [cov[0] * widening, cov[1] * widening, cov[2] * widening],
    chi2,
    nu,
    test,
    residuals,
  };
}

function checkPoints(points: readonly FitPoint[], least: number): void {
  if (points.length < least) throw new RangeError(`${points.length} loads, ${least} are needed`);
  for (const { referenceA, readingA, standardUncertaintyA } of points) {
    if (!Number.isFinite(referenceA) || !Number.isFinite(readingA) || !(standardUncertaintyA > 0)) {
      throw new RangeError('a load needs finite readings and a positive uncertainty');
    }
  }
}
