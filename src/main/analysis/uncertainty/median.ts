/** Repeatability of a median of five: u = 0.5356 s with 5.33 degrees of freedom (uncertainty, section 2). */
export const medianOfFive = { factor: 0.5356, nu: 5.33, windows: 5 } as const;
/** Grubbs' limit for five values at 5 %. */
const grubbsLimit = 1.715;
const spearmanLimit = 0.9;

export interface Repeatability {
  median: number;
  mean: number;
  /** Sample standard deviation (n - 1). */
  s: number;
  /** Type A standard uncertainty of the median of five. */
  uA: number;
  /** Half-width of its 95 % interval alone: 1.3518 s. */
  half95: number;
  min: number;
  max: number;
  /** Grubbs' statistic above its limit: one window differs. */
  outlier: boolean;
  /** The windows rise or fall: not at thermal equilibrium. */
  drift: boolean;
}

/** What the scatter of five windows says (uncertainty, section 2). @throws RangeError for any other number of them. */
export function repeatabilityOfFive(values: readonly number[]): Repeatability {
  if (values.length !== medianOfFive.windows) throw new RangeError(`${values.length} windows instead of 5`);
  const sorted = Float64Array.from(values).sort();
  const [min, , median, , max] = sorted as unknown as [number, number, number, number, number];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const s = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  const farthest = Math.max(max - mean, mean - min);
  const drift = s > 0 && Math.abs(spearmanWithOrder(values)) >= spearmanLimit;
  const plain = medianOfFive.factor * s;
  const uA = drift ? Math.max(plain, (max - min) / Math.sqrt(12)) : plain;
  // 1.3518 s is the exact half-width: t(0.975, 5.33) times 0.5356 s.
  return {
    median,
    mean,
    s,
    uA,
    half95: 1.3518 * s,
    min,
    max,
    outlier: s > 0 && farthest / s > grubbsLimit,
    drift,
  };
}

/** Spearman's rank correlation with the order in time; equal values share their mean rank. */
export function spearmanWithOrder(values: readonly number[]): number {
  const ranks = values.map(
    (value) =>
      values.filter((other) => other < value).length + (values.filter((other) => other === value).length + 1) / 2,
  );
  const middle = (values.length + 1) / 2;
  const sum = (term: (rank: number, order: number) => number): number =>
    ranks.reduce((total, rank, index) => total + term(rank - middle, index + 1 - middle), 0);
  const spread = Math.sqrt(sum((rank) => rank * rank) * sum((_rank, order) => order * order));
  return spread > 0 ? sum((rank, order) => rank * order) / spread : 0;
}
