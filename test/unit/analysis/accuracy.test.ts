import { describe, expect, it } from 'vitest';
import { accuracyFigures } from '../../../src/main/analysis/index.ts';

describe('accuracyFigures', () => {
  it('takes the mean over the inputs of a file for an anomaly detector', () => {
    const inputs = [
      { fileIndex: 0, label: 0, results: [1] },
      { fileIndex: 0, label: 0, results: [9] },
      { fileIndex: 1, label: 1, results: [6] },
      { fileIndex: 1, label: 1, results: [8] },
    ];
    const figures = accuracyFigures(inputs, 2, 1);
    if (figures.kind !== 'anomaly') throw new Error('not an anomaly detector');
    expect(figures).toMatchObject({ inputs: 4, files: 2, aucExact: 1, aucMlc: 1, bestPrecisionRecall: 1 });
    expect(figures.fileScores).toEqual([
      { fileIndex: 0, label: 0, score: 5 },
      { fileIndex: 1, label: 1, score: 7 },
    ]);
    expect(figures.roc.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
  });

  it('has every figure of a classifier', () => {
    const figures = accuracyFigures(
      [
        { fileIndex: 0, label: 0, results: [0.8, 0.2] },
        { fileIndex: 1, label: 1, results: [0.4, 0.6] },
      ],
      2,
      2,
    );
    expect(figures).toMatchObject({
      kind: 'classes',
      inputs: 2,
      files: 2,
      correct: 2,
      top1: 1,
      aucEembc: 1,
      aucMlc: 1,
      aucExact: 1,
    });
  });

  it('gives no area for a missing score instead of a good one', () => {
    const figures = accuracyFigures(
      [
        { fileIndex: 0, label: 0, results: [] },
        { fileIndex: 1, label: 1, results: [3] },
      ],
      2,
      1,
    );
    expect(figures).toMatchObject({ aucExact: null, aucMlc: null, aucEembc: null, bestPrecisionRecall: null });
  });

  it('works through a whole official set at once', () => {
    const inputs = Array.from({ length: 1000 }, (_, fileIndex) => ({
      fileIndex,
      label: fileIndex % 12,
      results: Array.from({ length: 12 }, (_unused, k) => ((fileIndex * 7919 + k * 104_729) % 1000) / 1000),
    }));
    const figures = accuracyFigures(inputs, 12, 12);
    expect(figures.inputs).toBe(1000);
    expect(figures.aucExact).toBeGreaterThan(0.3);
    expect(figures.aucExact).toBeLessThan(0.7);
  });
});
