import { expect, it } from 'vitest';
import { figureStatistics } from '../../../src/main/recipe/index.ts';
import type { UnitResult } from '../../../src/shared/domain/batch.ts';
import { madeUpBatch } from '../../support/made-up-recipe.ts';

const result = (outcome: UnitResult['outcome'], throughput: number): UnitResult => ({
  outcome,
  figures: [
    { workload: 'demo01', figure: 'throughput', value: throughput, expandedUncertainty: null, coverageFactor: null },
  ],
  runs: [],
  limits: [],
});

it('mean and standard deviation of the sample, by workload and figure', () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9].map((value) => ({
    workload: 'a',
    figure: 'top1' as const,
    value,
    expandedUncertainty: null,
    coverageFactor: null,
  }));
  const other = { ...values[0], workload: 'b', figure: 'top1' as const, value: 3 };
  const [a, b] = figureStatistics([...values, { ...other, expandedUncertainty: null, coverageFactor: null }]);
  expect(a).toMatchObject({ count: 8, mean: 5, min: 2, max: 9 });
  // Squares of the deviations: 9 + 3 * 1 + 4 + 16 = 32.
  expect(a?.standardDeviation).toBeCloseTo(Math.sqrt(32 / 7), 12);
  expect(b).toMatchObject({ workload: 'b', count: 1, mean: 3, standardDeviation: null });
});

it('only the last result of a unit counts; what was put aside never does', () => {
  const { statistics, attempts } = madeUpBatch([
    { serial: 'A', result: result('fail', 1) },
    { serial: 'B', result: result('pass', 2) },
    { serial: 'C' },
    { serial: 'A', result: result('pass', 3) },
    { serial: 'D', result: result('undecided', 4) },
  ]);
  expect(attempts.map(({ counts }) => counts)).toEqual([false, true, false, true, true]);
  expect(statistics).toMatchObject({ units: 3, passed: 2, failed: 0, undecided: 1, notCounted: 2 });
  expect(statistics.figures[0]).toMatchObject({ count: 3, mean: 3, min: 2, max: 4 });
  // Wilson at 95 %, 2 of 3.
  expect(statistics.passRate?.low).toBeCloseTo(0.2077, 4);
  expect(statistics.passRate?.high).toBeCloseTo(0.9385, 4);
  expect(madeUpBatch([]).statistics).toMatchObject({ units: 0, passRate: null, figures: [] });
});
