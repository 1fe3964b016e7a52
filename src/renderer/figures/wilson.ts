/** Quantile of the standard normal distribution for a two-sided 95 % interval. */
const z95 = 1.959963984540054;

/**
 * The 95 % Wilson score interval of a share, `successes` of `trials` (E. B. Wilson, JASA 22, 1927). Bounds are fractions of 1;
 * undefined without trials.
 */
export function wilsonInterval95(successes: number, trials: number): { low: number; high: number } | undefined {
  if (!(trials > 0)) return undefined;
  const share = successes / trials;
  const square = z95 * z95;
  const centre = (share + square / (2 * trials)) / (1 + square / trials);
  const half =
    (z95 / (1 + square / trials)) * Math.sqrt((share * (1 - share)) / trials + square / (4 * trials * trials));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
