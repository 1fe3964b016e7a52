import { macroAverage } from './macro-average.ts';
import { compareScores } from './order.ts';
import type { LabelledVectors } from './top1.ts';

/**
 * Area under the ROC curve of scores against a yes/no truth: the probability that a positive scores higher than a negative,
 * ties counting half (Mann and Whitney), which is what scikit-learn's `roc_auc_score` gives. O(n log n).
 * @returns null where one of the two sides is empty or a score is not a number.
 */
export function binaryAuc(scores: readonly number[], positive: readonly boolean[]): number | null {
  if (scores.some(Number.isNaN)) return null;
  const order = Uint32Array.from(scores.keys()).sort((a, b) => compareScores(scores[a] as number, scores[b] as number));
  let positives = 0;
  // Twice the number of (positive, negative) pairs won: an integer, so the sum is exact.
  let twiceWon = 0;
  let negativesBelow = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let tiedPositives = 0;
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) {
      if (positive[order[end] as number]) tiedPositives += 1;
      end += 1;
    }
    const tiedNegatives = end - start - tiedPositives;
    twiceWon += tiedPositives * (2 * negativesBelow + tiedNegatives);
    negativesBelow += tiedNegatives;
    positives += tiedPositives;
    start = end;
  }
  return positives === 0 || negativesBelow === 0 ? null : twiceWon / (2 * positives * negativesBelow);
}

/**
 * The true area, ties counting half: macro average over the classes of one-vs-rest, on the scores as the DUT printed them.
 * Classes without positives or negatives are left out; null where none is left.
 */
export function aucExact(scores: LabelledVectors, classCount: number): number | null {
  return macroAverage(scores, classCount, binaryAuc);
}

/**
 * AUC as the MLC runner prints it for classes: scikit-learn's one-vs-rest macro average on vectors divided by their sum;
 * for two classes the area of column 1. Source: DUT protocol, 13.1.
 * @returns null where a vector's sum is 0 (it cannot be normalised) or a class lacks positives or negatives.
 */
export function aucMlc(scores: LabelledVectors, classCount: number): number | null {
  const sums = scores.vectors.map((vector) => vector.reduce((sum, value) => sum + value, 0));
  if (sums.some((sum) => sum === 0 || !Number.isFinite(sum))) return null;
  const vectors = scores.vectors.map((vector, index) => vector.map((value) => value / (sums[index] as number)));
  if (classCount === 2) {
    return binaryAuc(
      vectors.map((vector) => vector[1] ?? Number.NaN),
      scores.labels.map((label) => label === 1),
    );
  }
  let complete = true;
  const area = macroAverage({ vectors, labels: scores.labels }, classCount, (column, positive) => {
    const classArea = binaryAuc(column, positive);
    complete &&= classArea !== null;
    return classArea;
  });
  return complete ? area : null;
}
