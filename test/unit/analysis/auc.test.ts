import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aucEembc,
  aucEembcAnomaly,
  aucExact,
  aucMlc,
  bestPrecisionRecall,
  binaryAuc,
  rocPoints,
} from '../../../src/main/analysis/index.ts';

/** Scores on a coarse grid, so that ties and values on a threshold occur. */
const gridScore = fc.integer({ min: 0, max: 20 }).map((step) => step * 0.05);
const binarySample = fc.array(
  fc.record({ score: fc.oneof(gridScore, fc.double({ noNaN: true, min: -2, max: 2 })), yes: fc.boolean() }),
  {
    minLength: 1,
    maxLength: 40,
  },
);
const classSample = fc.array(
  fc.record({ vector: fc.array(gridScore, { minLength: 3, maxLength: 3 }), label: fc.nat(2) }),
  {
    minLength: 1,
    maxLength: 30,
  },
);

const scoresOf = (rows: { score: number; yes: boolean }[]): [number[], boolean[]] => [
  rows.map((row) => row.score),
  rows.map((row) => row.yes),
];
const vectorsOf = (rows: { vector: number[]; label: number }[]): { vectors: number[][]; labels: number[] } => ({
  vectors: rows.map((row) => row.vector),
  labels: rows.map((row) => row.label),
});

/** Every pair compared: the definition of the area. */
function pairwiseAuc(scores: number[], yes: boolean[]): number | null {
  const wins: number[] = [];
  scores.forEach((high, i) => {
    scores.forEach((low, j) => {
      if (yes[i] && !yes[j]) wins.push(high > low ? 1 : high === low ? 0.5 : 0);
    });
  });
  return wins.length === 0 ? null : wins.reduce((sum, win) => sum + win, 0) / wins.length;
}

/** The rule of section 13.1 word by word: every threshold against every score. */
function literalCoarseAuc(scores: number[], yes: boolean[], thresholds: number[]): number | null {
  const positives = yes.filter(Boolean).length;
  const negatives = yes.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const points = thresholds.map((threshold, k) =>
    k === 0
      ? { x: 1, y: 1 }
      : {
          x: scores.filter((score, i) => score > threshold && !yes[i]).length / negatives,
          y: scores.filter((score, i) => score > threshold && yes[i]).length / positives,
        },
  );
  let area = 0;
  for (let k = 0; k + 1 < points.length; k += 1) {
    const [left, right] = [points[k], points[k + 1]] as [{ x: number; y: number }, { x: number; y: number }];
    area += 0.5 * (left.y + right.y) * (left.x - right.x);
  }
  return area;
}

const steps = Array.from({ length: 101 }, (_, k) => k * 0.01);

function expectSame(actual: number | null, expected: number | null): void {
  if (actual === null || expected === null) expect(actual).toBe(expected);
  else expect(actual).toBeCloseTo(expected, 12);
}

describe('binaryAuc', () => {
  it('is the share of pairs won, ties half', () => {
    expect(binaryAuc([0.1, 0.4, 0.35, 0.8], [false, false, true, true])).toBe(0.75);
    expect(binaryAuc([1, 1], [true, false])).toBe(0.5);
    expect(binaryAuc([1, 2], [true, true])).toBeNull();
    expect(binaryAuc([1, Number.NaN], [true, false])).toBeNull();
    expect(binaryAuc([], [])).toBeNull();
  });

  it('equals the comparison of every pair', () => {
    fc.assert(
      fc.property(binarySample, (rows) => expectSame(binaryAuc(...scoresOf(rows)), pairwiseAuc(...scoresOf(rows)))),
    );
  });

  it('takes infinite scores', () => {
    expect(binaryAuc([Infinity, -Infinity, Infinity], [true, false, false])).toBe(0.75);
  });
});

describe('aucEembc', () => {
  it('equals the rule applied word by word, class by class', () => {
    fc.assert(
      fc.property(classSample, (rows) => {
        const areas = [0, 1, 2]
          .map((k) =>
            literalCoarseAuc(
              rows.map((row) => row.vector[k] as number),
              rows.map((row) => row.label === k),
              steps,
            ),
          )
          .filter((area) => area !== null);
        const expected = areas.length === 0 ? null : areas.reduce((sum, area) => sum + area, 0) / areas.length;
        expectSame(aucEembc(vectorsOf(rows), 3), expected);
      }),
    );
  });

  it('is blind to integer scores, as the official runner is', () => {
    const integers = {
      vectors: [
        [127, 0],
        [0, 127],
        [60, 67],
        [100, 27],
      ],
      labels: [0, 1, 1, 0],
    };
    expect(aucExact(integers, 2)).toBe(1);
    expect(aucEembc(integers, 2)).toBeLessThan(0.9);
  });

  it('refuses a vector that lacks a class', () => {
    expect(aucEembc({ vectors: [[0.5], [0.1, 0.9]], labels: [0, 1] }, 2)).toBeNull();
    expect(aucExact({ vectors: [[0.5], [0.1, 0.9]], labels: [0, 1] }, 2)).toBeNull();
    expect(aucMlc({ vectors: [[0.5], [0.1, 0.9]], labels: [0, 1] }, 2)).toBeNull();
  });
});

describe('aucEembcAnomaly', () => {
  it('equals the rule applied word by word with spread thresholds', () => {
    fc.assert(
      fc.property(binarySample, (rows) => {
        const [scores, yes] = scoresOf(rows);
        const low = Math.min(...scores);
        const thresholds = steps.map((step) => low + step * (Math.max(...scores) - low));
        expectSame(aucEembcAnomaly(scores, yes), literalCoarseAuc(scores, yes, thresholds));
      }),
    );
  });
});

describe('aucMlc', () => {
  it('normalises by the sum', () => {
    const scores = {
      vectors: [
        [1, 1],
        [3, 9],
        [4, 2],
      ],
      labels: [0, 1, 1],
    };
    // Column 1: 0.5, 0.75, 0.333.
    expect(aucMlc(scores, 2)).toBe(0.5);
  });

  it('has no figure where a vector cannot be normalised or a class is missing', () => {
    expect(
      aucMlc(
        {
          vectors: [
            [1, -1],
            [1, 0],
          ],
          labels: [0, 1],
        },
        2,
      ),
    ).toBeNull();
    expect(
      aucMlc(
        {
          vectors: [
            [1, 0, 0],
            [0, 1, 0],
          ],
          labels: [0, 1],
        },
        3,
      ),
    ).toBeNull();
  });

  it('equals the exact area where the sums are all the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ yes: fc.nat(8), label: fc.nat(1) }), { minLength: 2, maxLength: 30 }),
        (rows) => {
          const scores = { vectors: rows.map((row) => [8 - row.yes, row.yes]), labels: rows.map((row) => row.label) };
          expectSame(aucMlc(scores, 2), aucExact(scores, 2));
        },
      ),
    );
  });
});

describe('bestPrecisionRecall', () => {
  it('is 1 for a perfect split and half or more always', () => {
    expect(bestPrecisionRecall([1, 2, 8, 9], [false, false, true, true])).toBe(1);
    expect(bestPrecisionRecall([1, 2], [false, false])).toBeNull();
    expect(bestPrecisionRecall([5, 5], [true, false])).toBeNull();
  });

  it('equals the best of all thresholds', () => {
    fc.assert(
      fc.property(binarySample, (rows) => {
        const [scores, yes] = scoresOf(rows);
        const low = Math.min(...scores);
        const anomalies = yes.filter(Boolean).length;
        let best: number | null = null;
        for (const step of steps.slice(0, 100)) {
          const flagged = rows.filter((row) => row.score > low + step * (Math.max(...scores) - low));
          const hits = flagged.filter((row) => row.yes).length;
          if (flagged.length > 0 && anomalies > 0)
            best = Math.max(best ?? 0, (hits / flagged.length + hits / anomalies) / 2);
        }
        expectSame(bestPrecisionRecall(scores, yes), best);
      }),
    );
  });
});

describe('rocPoints', () => {
  it('encloses the exact area, rising from corner to corner', () => {
    fc.assert(
      fc.property(binarySample, (rows) => {
        const [scores, yes] = scoresOf(rows);
        const points = rocPoints(scores, yes);
        const area = binaryAuc(scores, yes);
        if (area === null) {
          expect(points).toEqual([]);
          return;
        }
        expect(points[0]).toEqual({ falsePositiveRate: 0, truePositiveRate: 0, threshold: null });
        expect(points.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
        let sum = 0;
        for (let k = 1; k < points.length; k += 1) {
          const [a, b] = [points[k - 1], points[k]] as [(typeof points)[0], (typeof points)[0]];
          expect(b.falsePositiveRate).toBeGreaterThanOrEqual(a.falsePositiveRate);
          expect(b.truePositiveRate).toBeGreaterThanOrEqual(a.truePositiveRate);
          sum += ((b.falsePositiveRate - a.falsePositiveRate) * (a.truePositiveRate + b.truePositiveRate)) / 2;
        }
        expect(sum).toBeCloseTo(area, 12);
      }),
    );
  });
});
