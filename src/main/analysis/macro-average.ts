import type { LabelledVectors } from './top1.ts';

/**
 * Mean over the classes of a one-vs-rest area; classes for which `area` gives null are left out.
 * @returns null where no class is left, or where a vector has no number for a class: half a figure must not pass for one.
 */
export function macroAverage(
  scores: LabelledVectors,
  classCount: number,
  area: (column: number[], positive: boolean[]) => number | null,
): number | null {
  let sum = 0;
  let counted = 0;
  for (let classIndex = 0; classIndex < classCount; classIndex += 1) {
    const column = scores.vectors.map((vector) => vector[classIndex] ?? Number.NaN);
    if (column.some(Number.isNaN)) return null;
    const positive = scores.labels.map((label) => label === classIndex);
    const classArea = area(column, positive);
    if (classArea === null) continue;
    sum += classArea;
    counted += 1;
  }
  return counted === 0 ? null : sum / counted;
}
