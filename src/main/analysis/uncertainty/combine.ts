import { contributionOf, standardUncertaintyOf } from './cause.ts';
import type { Cause } from './cause.ts';
import { normalCdf, normalDensity, studentQuantile975, z95 } from './distributions.ts';

/** Fewer effective degrees of freedom than this, and k = 2 would promise too much (uncertainty, section 0.2). */
const nuForTwo = 30;
/** Relative half-width above which it matters whether a limit is of the reading or of the true value (section 5.4). */
const asymmetryThreshold = 0.03;
/** Share of the variance by causes that are no share of the figure, below which the interval is that of section 5.4 as it stands. */
const smallAdditive = 0.01;

/** The headline pair and what it comes from. */
export interface Headline {
  combinedStandardUncertainty: number;
  /** Null for infinite. */
  effectiveDegreesOfFreedom: number | null;
  coverageFactor: number;
  expandedUncertainty: number;
}

export interface Combined extends Headline {
  k95: number;
  interval95: [number, number];
}

/** U = k uc, k = 2 or that of Student's distribution (uncertainty, sections 0.2 and 5.1). */
export function headline(causes: readonly Cause[]): Headline {
  const parts = causes.map((cause) => ({ cause, u: standardUncertaintyOf(cause) }));
  const variance = parts.reduce((sum, { u }) => sum + u * u, 0);
  const uc = Math.sqrt(variance);
  const nuEff = effectiveDegrees(variance, parts);
  const coverageFactor = nuEff === null || nuEff >= nuForTwo ? 2 : studentQuantile975(nuEff);
  return {
    combinedStandardUncertainty: uc,
    effectiveDegreesOfFreedom: nuEff,
    coverageFactor,
    expandedUncertainty: coverageFactor * uc,
  };
}

/** Combines causes into one figure's uncertainty (uncertainty, section 5). `y` and contributions share one unit. */
export function combined(y: number, causes: readonly Cause[]): Combined {
  const result = headline(causes);
  const { combinedStandardUncertainty: uc, effectiveDegreesOfFreedom: nuEff } = result;
  const rectangular = causes.filter(({ distribution }) => distribution === 'rectangular').map(standardUncertaintyOf);
  const k95 = (flattenedGaussianFactor(uc, Math.max(0, ...rectangular)) * studentQuantile975(nuEff)) / z95;
  return { ...result, k95, interval95: interval(y, k95 * uc, relativeShare(causes, uc)) };
}

/** Share of the variance by causes that are relative to the figure; the others (offset, leakage, scatter) add to it whatever it is. */
function relativeShare(causes: readonly Cause[], uc: number): number {
  if (uc === 0) return 1;
  const additive = causes.reduce((sum, { places }) => {
    const part = places
      .filter(({ unit }) => unit !== 'relative')
      .reduce((total, place) => total + contributionOf(place), 0);
    return sum + part ** 2;
  }, 0);
  return Math.max(0, 1 - additive / uc ** 2);
}

/** Welch-Satterthwaite: uc^4 / sum(u^4 / nu), null where no cause has finite degrees of freedom (GUM G.2b). */
function effectiveDegrees(variance: number, parts: readonly { cause: Cause; u: number }[]): number | null {
  const sum = parts.reduce((total, { cause, u }) => total + (cause.nu === null ? 0 : u ** 4 / cause.nu), 0);
  return sum > 0 ? variance ** 2 / sum : null;
}

/**
 * Half-width of the 95 % interval over uc, for a rectangular cause of standard uncertainty `uRectangular` and a normal rest ("flatten-
 * Gaussian", Metrologia 45 (2008) 503): F(z) = [g((z+a)/s) - g((z-a)/s)] s/(2a) = 0.975 with g(x) = x Phi(x) + phi(x), by bisection.
 */
export function flattenedGaussianFactor(uc: number, uRectangular: number): number {
  if (uc === 0 || uRectangular === 0) return z95;
  const a = Math.sqrt(3) * uRectangular;
  const restVariance = uc * uc - uRectangular * uRectangular;
  // Below that the rest is rounding: the rectangle alone.
  if (restVariance <= uc * uc * 1e-12) return 0.95 * Math.sqrt(3);
  const s = Math.sqrt(restVariance);
  const g = (x: number): number => x * normalCdf(x) + normalDensity(x);
  // As the rectangle shrinks, F tends to Phi(z/s), and the difference of the g loses its digits.
  const probability = (z: number): number =>
    a / s < 1e-5 ? normalCdf(z / s) : ((g((z + a) / s) - g((z - a) / s)) * s) / (2 * a);
  let low = 0;
  let high = 4 * uc;
  for (let step = 0; step < 48; step += 1) {
    const middle = 0.5 * (low + high);
    if (probability(middle) < 0.975) low = middle;
    else high = middle;
  }
  return (0.5 * (low + high)) / uc;
}

/**
 * y +- half, or [y/(1+h), y/(1-h)] where h = half/y exceeds 3 % (uncertainty, section 5.4). That is about limits of the reading: where part of
 * the variance adds to the figure whatever it is, as leakage does to the power of a sleeping DUT, only the relative part is asymmetric.
 */
function interval(y: number, half: number, relative: number): [number, number] {
  if (1 - relative < smallAdditive) return limitInterval(y, half);
  const [low, high] = limitInterval(y, half * Math.sqrt(relative));
  const additive = half * Math.sqrt(1 - relative);
  return [y - Math.hypot(y - low, additive), y + Math.hypot(high - y, additive)];
}

function limitInterval(y: number, half: number): [number, number] {
  const h = half / y;
  return h > asymmetryThreshold && h < 1 ? asymmetricInterval(y, half) : [y - half, y + half];
}

/** The asymmetric form by itself. */
export function asymmetricInterval(y: number, half: number): [number, number] {
  return [y / (1 + half / y), y / (1 - half / y)];
}
