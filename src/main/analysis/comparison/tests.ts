import type { ComparisonTest, FigureComparison, WithDoubt } from '../../../shared/domain/comparison.ts';
import { mannWhitney } from './mann-whitney.ts';

/** Differences that would occur by chance less often than this count as such. */
export const significance = 0.05;

/** Student's test of a difference against its combined uncertainty; `p` null between benches. */
export function studentTest(p: number | null, counts: [number, number]): ComparisonTest {
  const outcome = p === null ? 'noProbability' : p < significance ? 'different' : 'notDistinguishable';
  return { name: 'student', p, exact: false, counts, smallestP: null, outcome };
}

/**
 * Mann-Whitney on the windows of two runs: whether the windows differ, whatever the cause. It says nothing about other runs, and
 * between benches nothing at all.
 */
export function windowsTest(a: readonly number[], b: readonly number[], oneBench: boolean): ComparisonTest[] {
  const result = mannWhitney(a, b);
  if (!result) return [];
  const counts: [number, number] = [a.length, b.length];
  const { p, exact, smallestP } = result;
  if (!oneBench) return [{ name: 'mannWhitney', p: null, exact, counts, smallestP: null, outcome: 'noProbability' }];
  return [{ name: 'mannWhitney', p, exact, counts, smallestP, outcome: outcomeOf(p, smallestP) }];
}

/** Where even the clearest difference would not reach 5 %, nothing was decided. Equal values have nothing to decide. */
export function outcomeOf(p: number, smallestP: number): ComparisonTest['outcome'] {
  if (p < significance) return 'different';
  return smallestP >= significance && smallestP < 1 ? 'tooFew' : 'notDistinguishable';
}

/** A value whose uncertainty is not known. */
export function bare(value: number): WithDoubt {
  return { value, standardUncertainty: null, expandedUncertainty: null, coverageFactor: null };
}

/** A value with a standard uncertainty and its coverage factor. */
export function doubted(value: number, u: number, k = 2): WithDoubt {
  return { value, standardUncertainty: u, expandedUncertainty: k * u, coverageFactor: k };
}

/** The sentence that a figure's difference comes to, from its significance. */
export function outcomeOfFigure(
  figure: Pick<FigureComparison, 'smallerIsBetter' | 'difference' | 'tests'>,
  significant: boolean | null,
): FigureComparison['outcome'] {
  const { value } = figure.difference;
  if (significant === true) return value < 0 === figure.smallerIsBetter ? 'better' : 'worse';
  if (figure.tests[0]?.outcome === 'tooFew') return 'tooFew';
  if (significant === null) return 'tooFew';
  return value === 0 ? 'identical' : 'notDistinguishable';
}
