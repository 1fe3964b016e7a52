import { compareScores } from '../order.ts';
import { normalCdf } from '../uncertainty/distributions.ts';
import type { LabelledVectors } from '../top1.ts';

export interface DeLong {
  aucFirst: number;
  aucSecond: number;
  /** Second - first. */
  difference: number;
  standardUncertainty: number;
  /** Two-sided, normal; 1 where both rank every input alike. */
  p: number;
}

/**
 * DeLong's test of two areas under the ROC curve on the same inputs (DeLong, DeLong and Clarke-Pearson 1988). For several classes the
 * area is the macro average of one-vs-rest, as in `aucExact`; each input's placements in all classes are added before they are squared,
 * so that their dependence counts. For one score or two classes this is DeLong's variance exactly.
 * @param second scores of the same inputs in the same order; only its vectors are used.
 * @returns null where no class has two positives and two negatives, or a score is missing.
 */
export function deLong(first: LabelledVectors, second: LabelledVectors, classCount: number): DeLong | null {
  const { labels } = first;
  if (second.vectors.length !== labels.length) return null;
  const single = first.vectors[0]?.length === 1;
  const influence = new Float64Array(labels.length);
  let [aucFirst, aucSecond, counted] = [0, 0, 0];
  for (const classIndex of single ? [1] : Array.from({ length: classCount }, (_, index) => index)) {
    const column = single ? 0 : classIndex;
    const positive = labels.map((label) => label === classIndex);
    const positives = positive.filter(Boolean).length;
    const negatives = labels.length - positives;
    if (positives === 0 || negatives === 0) continue;
    if (positives < 2 || negatives < 2) return null;
    const a = placements(columnOf(first, column), positive);
    const b = placements(columnOf(second, column), positive);
    if (!a || !b) return null;
    aucFirst += a.area;
    aucSecond += b.area;
    counted += 1;
    // S/n with the n - 1 of the sample variance: each deviation is divided by sqrt(n (n - 1)).
    const ofPositive = 1 / Math.sqrt(positives * (positives - 1));
    const ofNegative = 1 / Math.sqrt(negatives * (negatives - 1));
    for (const [index, isPositive] of positive.entries()) {
      const deviation = (b.placed[index] as number) - b.area - ((a.placed[index] as number) - a.area);
      influence[index] = (influence[index] as number) + deviation * (isPositive ? ofPositive : ofNegative);
    }
  }
  if (counted === 0) return null;
  const standardUncertainty = Math.hypot(...chunkedNorms(influence)) / counted;
  const difference = (aucSecond - aucFirst) / counted;
  const p =
    standardUncertainty > 0 ? 2 * normalCdf(-Math.abs(difference) / standardUncertainty) : difference === 0 ? 1 : 0;
  return { aucFirst: aucFirst / counted, aucSecond: aucSecond / counted, difference, standardUncertainty, p };
}

function columnOf({ vectors }: LabelledVectors, column: number): number[] {
  return vectors.map((vector) => vector[column] ?? Number.NaN);
}

/** A call with 50,000 arguments may be refused: norms of parts first. */
function chunkedNorms(values: Float64Array): number[] {
  const norms: number[] = [];
  for (let start = 0; start < values.length; start += 1000) {
    norms.push(Math.hypot(...values.subarray(start, start + 1000)));
  }
  return norms;
}

/**
 * For each positive the share of negatives below it, for each negative the share of positives above it, ties counting half: the
 * structural components. Null where a score is no number.
 */
function placements(
  scores: readonly number[],
  positive: readonly boolean[],
): { placed: Float64Array; area: number } | null {
  if (scores.some(Number.isNaN)) return null;
  const order = [...scores.keys()].sort((a, b) => compareScores(scores[a] as number, scores[b] as number));
  const positives = positive.filter(Boolean).length;
  const negatives = scores.length - positives;
  const placed = new Float64Array(scores.length);
  let [positivesBelow, negativesBelow, won] = [0, 0, 0];
  for (let start = 0; start < order.length;) {
    let end = start;
    let tiedPositives = 0;
    while (end < order.length && scores[order[end] as number] === scores[order[start] as number]) {
      if (positive[order[end] as number]) tiedPositives += 1;
      end += 1;
    }
    const tiedNegatives = end - start - tiedPositives;
    const below = negativesBelow + tiedNegatives / 2;
    const above = positives - positivesBelow - tiedPositives / 2;
    for (let k = start; k < end; k += 1) {
      const index = order[k] as number;
      placed[index] = positive[index] ? below / negatives : above / positives;
    }
    won += tiedPositives * below;
    positivesBelow += tiedPositives;
    negativesBelow += tiedNegatives;
    start = end;
  }
  return { placed, area: won / (positives * negatives) };
}
