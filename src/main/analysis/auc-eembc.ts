import { macroAverage } from './macro-average.ts';
import type { LabelledVectors } from './top1.ts';

/** Thresholds of the EEMBC runner: 0.00, 0.01 ... 1.00, each as k times 0.01 in double precision. */
const unitThresholds = Float64Array.from({ length: 101 }, (_, k) => k * 0.01);

/**
 * Area of the EEMBC runner for one yes/no question: the point of threshold k holds the shares of scores strictly greater
 * than it, the first point is forced to (1,1), no closing point at (0,0) is added, trapezoids. Source: DUT protocol, 13.1.
 */
function coarseAuc(scores: readonly number[], positive: readonly boolean[], thresholds: Float64Array): number | null {
  // above[k]: scores greater than threshold k - 1 and not greater than threshold k.
  const positivesAt = new Float64Array(thresholds.length + 1);
  const negativesAt = new Float64Array(thresholds.length + 1);
  let positives = 0;
  for (const [index, score] of scores.entries()) {
    const isPositive = positive[index] === true;
    if (isPositive) positives += 1;
    const counts = isPositive ? positivesAt : negativesAt;
    const passed = thresholdsBelow(thresholds, score);
    counts[passed] = (counts[passed] as number) + 1;
  }
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let truePositives = 0;
  let falsePositives = 0;
  let area = 0;
  // From the highest threshold down, so that the counts accumulate.
  let higher: { x: number; y: number } | undefined;
  for (let k = thresholds.length - 1; k >= 0; k -= 1) {
    truePositives += positivesAt[k + 1] as number;
    falsePositives += negativesAt[k + 1] as number;
    const point = k === 0 ? { x: 1, y: 1 } : { x: falsePositives / negatives, y: truePositives / positives };
    if (higher) area += 0.5 * (point.y + higher.y) * (point.x - higher.x);
    higher = point;
  }
  return area;
}

/** How many of the rising thresholds are smaller than the score. NaN is greater than none. */
function thresholdsBelow(thresholds: Float64Array, score: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((thresholds[middle] as number) < score) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * AUC as the EEMBC runner prints it for classes: mean over the classes of its coarse one-vs-rest area. Scores are not
 * normalised, so integer scores give a meaningless figure, as they do there.
 * @returns null where no class has both positives and negatives.
 */
export function aucEembc(scores: LabelledVectors, classCount: number): number | null {
  return macroAverage(scores, classCount, (column, positive) => coarseAuc(column, positive, unitThresholds));
}

/**
 * The EEMBC figure for anomaly scores: as above with the thresholds spread from the lowest to the highest score.
 * @returns null where one side is empty or a score is not finite.
 */
export function aucEembcAnomaly(scores: readonly number[], anomalous: readonly boolean[]): number | null {
  return scores.every(Number.isFinite) ? coarseAuc(scores, anomalous, spreadThresholds(scores)) : null;
}

function spreadThresholds(scores: readonly number[]): Float64Array {
  const { low, high } = range(scores);
  return unitThresholds.map((step) => low + step * (high - low));
}

function range(values: readonly number[]): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/**
 * What both runners print as "Top-1" of an anomaly detector: the largest (precision + recall) / 2 over 100 thresholds
 * from the lowest score upwards, a score above the threshold meaning anomaly. A fraction of 1; it has no quality target.
 * @returns null where no score lies above any threshold, there is no anomaly or a score is not finite.
 */
export function bestPrecisionRecall(scores: readonly number[], anomalous: readonly boolean[]): number | null {
  const anomalies = anomalous.filter(Boolean).length;
  if (anomalies === 0 || !scores.every(Number.isFinite)) return null;
  let best: number | null = null;
  for (const threshold of spreadThresholds(scores).subarray(0, 100)) {
    let flagged = 0;
    let hits = 0;
    for (const [index, score] of scores.entries()) {
      if (score <= threshold) continue;
      flagged += 1;
      if (anomalous[index]) hits += 1;
    }
    if (flagged === 0) continue;
    const mean = (hits / flagged + hits / anomalies) / 2;
    if (best === null || mean > best) best = mean;
  }
  return best;
}
