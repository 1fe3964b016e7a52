/** Results vectors with their true classes; both lists have the same length. */
export interface LabelledVectors {
  vectors: readonly (readonly number[])[];
  labels: readonly number[];
}

/** Index of the largest value, the first one of equals; -1 of an empty vector. Source: DUT protocol, section 13.1. */
export function argMax(values: readonly number[]): number {
  if (values.length === 0) return -1;
  let best = 0;
  for (let index = 1; index < values.length; index += 1) {
    if ((values[index] as number) > (values[best] as number)) best = index;
  }
  return best;
}

export interface ClassFigures {
  /** Vectors of this true class. */
  inputs: number;
  correct: number;
  /** Vectors predicted as this class, right or wrong. */
  predicted: number;
  /** correct / inputs; null without inputs. */
  recall: number | null;
  /** correct / predicted; null where the class was never predicted. */
  precision: number | null;
}

export interface Top1Figures {
  inputs: number;
  correct: number;
  /** correct / inputs, 0..1; NaN without inputs. */
  top1: number;
  /** 95 % interval of the proportion (Wilson), as if the inputs were drawn at random. */
  interval: { low: number; high: number };
  perClass: ClassFigures[];
  /** confusion[true class][predicted class]; `classCount` rows and as many columns as there are outputs. */
  confusion: number[][];
}

/**
 * Top-1, per-class table and confusion matrix.
 * @param classCount number of true classes; a DUT may print more values than that (padding), never fewer.
 */
export function top1Figures(scores: LabelledVectors, classCount: number): Top1Figures {
  const columns = scores.vectors.reduce((most, vector) => Math.max(most, vector.length), classCount);
  const confusion = Array.from({ length: classCount }, () => new Array<number>(columns).fill(0));
  let correct = 0;
  scores.vectors.forEach((vector, index) => {
    const label = scores.labels[index] as number;
    const predicted = argMax(vector);
    const row = confusion[label];
    if (row && predicted >= 0) row[predicted] = (row[predicted] as number) + 1;
    if (predicted === label) correct += 1;
  });
  const perClass = confusion.map((row, classIndex) => {
    const inputs = row.reduce((sum, count) => sum + count, 0);
    const hits = row[classIndex] as number;
    const predicted = confusion.reduce((sum, other) => sum + (other[classIndex] as number), 0);
    return {
      inputs,
      correct: hits,
      predicted,
      recall: inputs > 0 ? hits / inputs : null,
      precision: predicted > 0 ? hits / predicted : null,
    };
  });
  const inputs = scores.vectors.length;
  return {
    inputs,
    correct,
    top1: inputs > 0 ? correct / inputs : Number.NaN,
    interval: wilson95(correct, inputs),
    perClass,
    confusion,
  };
}

/** 97.5 % quantile of the normal distribution. */
const z = 1.959963984540054;

/** Wilson's score interval at 95 % of a proportion; 0..1 where nothing was tried. */
export function wilson95(successes: number, trials: number): { low: number; high: number } {
  if (trials === 0) return { low: 0, high: 1 };
  const share = successes / trials;
  const denominator = 1 + (z * z) / trials;
  const centre = (share + (z * z) / (2 * trials)) / denominator;
  const half = (z / denominator) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  // At the ends the bound is exact; floating point would miss it by a hair.
  return { low: successes === 0 ? 0 : centre - half, high: successes === trials ? 1 : centre + half };
}
