import { describe, expect, it } from 'vitest';
import { isRocDue, rocOf } from '../../../src/main/runner/live-roc.ts';

describe('the curves of a run so far', () => {
  it('are one for two classes, of the second one', () => {
    const inputs = [0.9, 0.8, 0.3, 0.1].map((score, fileIndex) => ({
      fileIndex,
      label: fileIndex < 2 ? 1 : 0,
      results: [1 - score, score],
    }));
    const roc = rocOf(inputs, { classCount: 2, outputCount: 2 });
    expect(roc.kind).toBe('binary');
    expect(roc.curves).toEqual([
      {
        classIndex: 1,
        auc: 1,
        points: [
          [0, 0],
          [0, 1],
          [1, 1],
        ],
      },
    ]);
  });

  it('go by the mean of a file for an anomaly detector', () => {
    const inputs = [
      { fileIndex: 0, label: 0, results: [1] },
      { fileIndex: 0, label: 0, results: [5] },
      { fileIndex: 1, label: 1, results: [4] },
      { fileIndex: 1, label: 1, results: [4] },
    ];
    const roc = rocOf(inputs, { classCount: 2, outputCount: 1 });
    // By single inputs the 5 would be above both 4.
    expect(roc).toMatchObject({ kind: 'anomaly', curves: [{ auc: 1 }] });
  });

  it('have the area of the whole curve though they are thinned, and are the six worst of many classes', () => {
    const classes = 10;
    let seed = 1;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const inputs = Array.from({ length: 2000 }, (_, fileIndex) => {
      const label = fileIndex % classes;
      // Class 0 is told apart best, class 9 hardly.
      const results = Array.from({ length: classes }, (_unused, k) => random() + (k === label ? 1 - k / 10 : 0));
      return { fileIndex, label, results };
    });
    const roc = rocOf(inputs, { classCount: classes, outputCount: classes });
    expect(roc.curves.map(({ classIndex }) => classIndex)).toEqual([9, 8, 7, 6, 5, 4]);
    for (const { points, auc } of roc.curves) {
      expect(points.length).toBeLessThanOrEqual(48);
      expect(points[0]).toEqual([0, 0]);
      expect(points.at(-1)).toEqual([1, 1]);
      const drawn = points.slice(1).reduce((sum, [x, y], k) => {
        const [x0, y0] = points[k] ?? [0, 0];
        return sum + ((x - x0) * (y + y0)) / 2;
      }, 0);
      expect(Math.abs(drawn - (auc ?? 0))).toBeLessThan(0.03);
    }
  });

  it('have no points as long as one side is empty', () => {
    const one = [{ fileIndex: 0, label: 0, results: [0.2, 0.8] }];
    expect(rocOf(one, { classCount: 2, outputCount: 2 }).curves[0]).toMatchObject({ auc: null, points: [] });
    expect(rocOf([], { classCount: 5, outputCount: 5 }).curves).toEqual([]);
  });
});

it('is drawn anew about a hundred times in a run, and at its end', () => {
  let last = 0;
  let times = 0;
  for (let done = 1; done <= 48_608; done += 1) {
    if (!isRocDue(done, last, 48_608)) continue;
    last = done;
    times += 1;
  }
  expect(times).toBeGreaterThan(90);
  expect(times).toBeLessThan(110);
  expect(last).toBe(48_608);
});
