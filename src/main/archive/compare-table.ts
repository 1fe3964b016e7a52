import { stringify } from 'csv-stringify/sync';
import type { SessionsComparison } from '../../shared/domain/comparison.ts';

type Cell = string | number | boolean | null;

/** Columns of the exported comparison: SI base units, full precision, a row for each figure of each candidate. */
const columns = [
  'baseline',
  'candidate',
  'simulated',
  'workload',
  'mode',
  'figure',
  'unit',
  'baseline_value',
  'candidate_value',
  'difference',
  'difference_standard_uncertainty',
  'difference_coverage_factor',
  'ratio',
  'ratio_standard_uncertainty',
  'ratio_coverage_factor',
  'basis',
  'test',
  'p',
  'exact',
  'smallest_p',
  'second_test',
  'second_p',
  'second_smallest_p',
  'outcome',
  'obstacles',
] as const;

/** The comparison as CSV (UTF-8, comma, point, LF); runs that cannot be compared have a row with their obstacles and no figures. */
export function comparisonCsv({ pairs, simulated }: SessionsComparison): string {
  const rows = pairs.flatMap((pair) => {
    const shared = [pair.baseline, pair.candidate, simulated] as const;
    const whole = pair.obstacles.map(({ code }) => code);
    if (pair.runs.length === 0) return [[...shared, ...blank(columns.length - 4), whole.join(' ')]];
    return pair.runs.flatMap((run): Cell[][] => {
      const obstacles = [...whole, ...run.obstacles.map(({ code }) => code)].join(' ');
      if (run.figures.length === 0) {
        return [[...shared, run.workload, run.mode, ...blank(columns.length - 6), obstacles]];
      }
      return run.figures.map((figure) => {
        const [first, second] = figure.tests;
        return [
          ...shared,
          run.workload,
          run.mode,
          figure.figure,
          figure.unit,
          figure.baseline.value,
          figure.candidate.value,
          figure.difference.value,
          figure.difference.standardUncertainty,
          figure.difference.coverageFactor,
          figure.ratio.value,
          figure.ratio.standardUncertainty,
          figure.ratio.coverageFactor,
          figure.basis,
          first?.name ?? null,
          first?.p ?? null,
          first?.exact ?? null,
          first?.smallestP ?? null,
          second?.name ?? null,
          second?.p ?? null,
          second?.smallestP ?? null,
          figure.outcome,
          obstacles,
        ];
      });
    });
  });
  return stringify([[...columns], ...rows], {
    record_delimiter: '\n',
    cast: { boolean: String },
    // A spreadsheet takes a cell that begins with one of these for a formula.
    escape_formulas: true,
  });
}

function blank(count: number): null[] {
  return new Array<null>(count).fill(null);
}
