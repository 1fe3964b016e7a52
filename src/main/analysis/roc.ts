import { compareScores } from './order.ts';

export interface RocPoint {
  falsePositiveRate: number;
  truePositiveRate: number;
  /** Scores at or above this count as positive; the first point, (0,0), has none. */
  threshold: number | null;
}

/**
 * The ROC curve for a chart, from (0,0) to (1,1), one point for each distinct score at which the curve bends. Points inside
 * a straight stretch are left out, so the area under the polyline is `binaryAuc`. Empty where one side is empty.
 */
export function rocPoints(scores: readonly number[], positive: readonly boolean[]): RocPoint[] {
  const positives = positive.filter(Boolean).length;
  const negatives = scores.length - positives;
  if (positives === 0 || negatives === 0 || scores.some(Number.isNaN)) return [];
  const order = Uint32Array.from(scores.keys()).sort((a, b) => compareScores(scores[b] as number, scores[a] as number));
  const counts: { x: number; y: number; threshold: number | null }[] = [{ x: 0, y: 0, threshold: null }];
  let x = 0;
  let y = 0;
  for (const [rank, index] of order.entries()) {
    if (positive[index]) y += 1;
    else x += 1;
    const next = order[rank + 1];
    if (next !== undefined && scores[next] === scores[index]) continue;
    const last = counts.at(-1);
    const before = counts.at(-2);
    if (last && before && (last.x - before.x) * (y - last.y) === (x - last.x) * (last.y - before.y)) counts.pop();
    counts.push({ x, y, threshold: scores[index] as number });
  }
  return counts.map((point) => ({
    falsePositiveRate: point.x / negatives,
    truePositiveRate: point.y / positives,
    threshold: point.threshold,
  }));
}
