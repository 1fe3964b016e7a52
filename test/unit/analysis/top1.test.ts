import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argMax, top1Figures, wilson95 } from '../../../src/main/analysis/index.ts';

describe('argMax', () => {
  it('takes the first of equals', () => {
    expect(argMax([0.1, 0.5, 0.5])).toBe(1);
    expect(argMax([-3, -2, -2, -7])).toBe(1);
    expect(argMax([0])).toBe(0);
    expect(argMax([])).toBe(-1);
  });
});

describe('top1Figures', () => {
  const figures = top1Figures(
    {
      vectors: [
        [0.9, 0.1],
        [0.4, 0.6],
        [0.7, 0.3],
        [0.5, 0.5],
      ],
      labels: [0, 1, 1, 1],
    },
    2,
  );

  it('counts per class', () => {
    expect(figures).toMatchObject({ inputs: 4, correct: 2, top1: 0.5 });
    expect(figures.confusion).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect(figures.perClass).toEqual([
      { inputs: 1, correct: 1, predicted: 3, recall: 1, precision: 1 / 3 },
      { inputs: 3, correct: 1, predicted: 1, recall: 1 / 3, precision: 1 },
    ]);
  });

  it('has null for a class without inputs or predictions, and a column for padding outputs', () => {
    const padded = top1Figures({ vectors: [[0, 0, 0, 1]], labels: [0] }, 2);
    expect(padded.confusion).toEqual([
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ]);
    expect(padded.perClass[1]).toEqual({ inputs: 0, correct: 0, predicted: 0, recall: null, precision: null });
  });

  it('counts nothing of nothing', () => {
    expect(top1Figures({ vectors: [], labels: [] }, 2)).toMatchObject({ inputs: 0, correct: 0, top1: Number.NaN });
  });

  it('has a confusion matrix whose diagonal is the number correct', () => {
    const sample = fc.array(
      fc.record({ vector: fc.array(fc.nat(5), { minLength: 3, maxLength: 3 }), label: fc.nat(2) }),
    );
    fc.assert(
      fc.property(sample, (rows) => {
        const result = top1Figures({ vectors: rows.map((row) => row.vector), labels: rows.map((row) => row.label) }, 3);
        expect(result.confusion.reduce((sum, row, index) => sum + (row[index] as number), 0)).toBe(result.correct);
        expect(result.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(rows.length);
      }),
    );
  });
});

describe('wilson95', () => {
  it('gives published values', () => {
    // Newcombe 1998, table I: 81 of 263 and 0 of 20.
    expect(wilson95(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilson95(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilson95(0, 20).high).toBeCloseTo(0.1611, 4);
    expect(wilson95(0, 20).low).toBe(0);
    expect(wilson95(20, 20).high).toBe(1);
    expect(wilson95(0, 0)).toEqual({ low: 0, high: 1 });
  });
});
