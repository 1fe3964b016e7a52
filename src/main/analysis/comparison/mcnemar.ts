/** What two runs over the same inputs say about each other. */
export interface PairedCorrect {
  inputs: number;
  /** Inputs that only the first, and only the second, classified correctly. */
  onlyFirst: number;
  onlySecond: number;
}

export interface McNemar extends PairedCorrect {
  /** Second - first, a fraction of 1. */
  difference: number;
  /** Standard uncertainty of the difference, as if the inputs were drawn at random; 0 where no input changed sides. */
  standardUncertainty: number;
  /** Two-sided exact: the changed inputs as tosses of a fair coin. 1 where none changed. */
  p: number;
  /** The smallest p that so many changed inputs can reach: 2 / 2^n. */
  smallestP: number;
}

/**
 * McNemar's exact test of two classifiers on the same inputs (McNemar 1947; exact form: binomial with 1/2 over the inputs on which
 * they disagree), and the difference of the two proportions with u^2 = (b + c - (b - c)^2 / n) / n^2.
 * @returns null without inputs.
 */
export function mcNemar({ inputs, onlyFirst, onlySecond }: PairedCorrect): McNemar | null {
  if (inputs === 0) return null;
  const changed = onlyFirst + onlySecond;
  const variance = (changed - (onlySecond - onlyFirst) ** 2 / inputs) / inputs ** 2;
  return {
    inputs,
    onlyFirst,
    onlySecond,
    difference: (onlySecond - onlyFirst) / inputs,
    standardUncertainty: Math.sqrt(Math.max(0, variance)),
    p: Math.min(1, 2 * binomialTail(Math.min(onlyFirst, onlySecond), changed)),
    smallestP: Math.min(1, 2 ** (1 - changed)),
  };
}

/** P(X <= k) of n tosses of a fair coin. */
function binomialTail(k: number, n: number): number {
  // In logarithms: 2^-n is 0 in double precision from 1075 tosses on.
  let logTerm = -n * Math.LN2;
  let sum = 0;
  for (let i = 0; i <= k; i += 1) {
    if (i > 0) logTerm += Math.log((n - i + 1) / i);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/** Which inputs two runs classified correctly, input by input; undefined where they are not the same inputs in the same order. */
export function pairedCorrect(first: readonly boolean[], second: readonly boolean[]): PairedCorrect | undefined {
  if (first.length !== second.length) return undefined;
  let [onlyFirst, onlySecond] = [0, 0];
  for (const [index, right] of first.entries()) {
    if (right && !second[index]) onlyFirst += 1;
    if (!right && second[index]) onlySecond += 1;
  }
  return { inputs: first.length, onlyFirst, onlySecond };
}
