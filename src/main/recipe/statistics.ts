import type { Attempt, BatchStatistics, FigureStatistics } from '../../shared/domain/batch.ts';
import type { FigureValue } from '../../shared/domain/recipe.ts';
import { wilson95 } from '../analysis/index.ts';

/** The units of a batch in a few numbers; only attempts that count. */
export function batchStatistics(attempts: readonly Attempt[]): BatchStatistics {
  const results = attempts.flatMap(({ counts, result }) => (counts && result ? [result] : []));
  const count = (outcome: string): number => results.filter((result) => result.outcome === outcome).length;
  const passed = count('pass');
  return {
    units: results.length,
    passed,
    failed: count('fail'),
    undecided: count('undecided'),
    notCounted: attempts.filter(({ counts, state }) => !counts && (state === 'ended' || state === 'putAside')).length,
    passRate: results.length === 0 ? null : { share: passed / results.length, ...wilson95(passed, results.length) },
    figures: figureStatistics(results.flatMap((result) => result.figures)),
  };
}

/** Mean, standard deviation of the sample (n - 1), smallest and largest of each figure, in the order of their first appearance. */
export function figureStatistics(figures: readonly FigureValue[]): FigureStatistics[] {
  const groups = new Map<string, FigureValue[]>();
  for (const one of figures) {
    const key = `${one.workload}\n${one.figure}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const values = group.map((one) => one.value);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return [
      {
        workload: first.workload,
        figure: first.figure,
        count: values.length,
        mean,
        standardDeviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null,
        min: values.reduce((a, b) => Math.min(a, b)),
        max: values.reduce((a, b) => Math.max(a, b)),
      },
    ];
  });
}
