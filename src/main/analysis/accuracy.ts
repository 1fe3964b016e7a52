import { aucEembc, aucEembcAnomaly, bestPrecisionRecall } from './auc-eembc.ts';
import { aucExact, aucMlc, binaryAuc } from './auc-exact.ts';
import { rocPoints } from './roc.ts';
import type { RocPoint } from './roc.ts';
import { top1Figures } from './top1.ts';
import type { Top1Figures } from './top1.ts';

/** What one inference of an accuracy run gave. */
export interface ScoredInput {
  /** Inputs of one file share its score: the mean over them. */
  fileIndex: number;
  label: number;
  results: readonly number[];
}

/** The three areas under the ROC curve; null where one is not defined for these scores. */
export interface AucFigures {
  aucEembc: number | null;
  aucMlc: number | null;
  aucExact: number | null;
}

export interface ClassificationFigures extends Top1Figures, AucFigures {
  kind: 'classes';
  files: number;
}

export interface AnomalyFigures extends AucFigures {
  kind: 'anomaly';
  /** Inferences made; a file holds several. */
  inputs: number;
  files: number;
  /** Largest (precision + recall) / 2, which the official runners print as "Top-1"; no target is set on it. */
  bestPrecisionRecall: number | null;
  /** Mean score of each file, in the order of first appearance. */
  fileScores: { fileIndex: number; label: number; score: number }[];
  roc: RocPoint[];
}

export type AccuracyFigures = ClassificationFigures | AnomalyFigures;

/**
 * All figures of an accuracy run, full precision, fractions of 1.
 * @param classCount number of true classes (2 for an anomaly detector).
 * @param outputCount values of one results vector; one value means an anomaly score, larger meaning more anomalous.
 * Source: DUT protocol, section 13.1.
 */
export function accuracyFigures(
  inputs: readonly ScoredInput[],
  classCount: number,
  outputCount: number,
): AccuracyFigures {
  const files = meanByFile(inputs);
  if (outputCount === 1) {
    const scores = files.map((file) => file.vector[0] ?? Number.NaN);
    const anomalous = files.map((file) => file.label === 1);
    const area = binaryAuc(scores, anomalous);
    return {
      kind: 'anomaly',
      inputs: inputs.length,
      files: files.length,
      aucEembc: aucEembcAnomaly(scores, anomalous),
      aucMlc: area,
      aucExact: area,
      bestPrecisionRecall: bestPrecisionRecall(scores, anomalous),
      fileScores: files.map((file, index) => ({
        fileIndex: file.fileIndex,
        label: file.label,
        score: scores[index] as number,
      })),
      roc: rocPoints(scores, anomalous),
    };
  }
  const scores = { vectors: files.map((file) => file.vector), labels: files.map((file) => file.label) };
  return {
    kind: 'classes',
    ...top1Figures(scores, classCount),
    files: files.length,
    aucEembc: aucEembc(scores, classCount),
    aucMlc: aucMlc(scores, classCount),
    aucExact: aucExact(scores, classCount),
  };
}

export interface FileMean {
  fileIndex: number;
  label: number;
  vector: number[];
}

/** Mean results vector of each file, in the order of first appearance. */
export function meanByFile(inputs: readonly ScoredInput[]): FileMean[] {
  const sums = new Map<number, FileMean & { count: number }>();
  for (const input of inputs) {
    const known = sums.get(input.fileIndex);
    if (!known) {
      sums.set(input.fileIndex, {
        fileIndex: input.fileIndex,
        label: input.label,
        vector: [...input.results],
        count: 1,
      });
      continue;
    }
    known.count += 1;
    // A vector of another length makes the mean of the missing places NaN: it must not pass unseen.
    const length = Math.max(known.vector.length, input.results.length);
    for (let k = 0; k < length; k += 1) {
      known.vector[k] = (known.vector[k] ?? Number.NaN) + (input.results[k] ?? Number.NaN);
    }
  }
  return [...sums.values()].map(({ fileIndex, label, vector, count }) => ({
    fileIndex,
    label,
    vector: count === 1 ? vector : vector.map((sum) => sum / count),
  }));
}
