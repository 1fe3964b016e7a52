import type {
  FigureComparison,
  Regression,
  RegressionLimit,
  RunPair,
  SessionPair,
} from '../../../shared/domain/comparison.ts';
import { z95 } from '../uncertainty/distributions.ts';
import { canBeBaseline } from './comparability.ts';

/** One-sided 95 % of the normal distribution: the guard band beside a limit (uncertainty, section 7). */
const oneSided = 1.645;
const significance = 0.05;

export interface LimitOptions {
  /** Take runs of other monitors, voltages or certificate states as a baseline too; their uncertainties then count in full. */
  acrossBenches: boolean;
}

/** What each limit says about each candidate: one entry for every run that has the figure, or one that says why none can be judged. */
export function judgeLimits(
  pairs: readonly SessionPair[],
  limits: readonly RegressionLimit[],
  options: LimitOptions,
): Regression[] {
  return pairs.flatMap((pair) => limits.flatMap((limit) => judgeLimit(pair, limit, options)));
}

const modeOfFigure = {
  throughput: 'performance',
  energy: 'energy',
  power: 'energy',
  top1: 'accuracy',
  auc: 'accuracy',
} as const satisfies Record<RegressionLimit['figure'], RunPair['mode']>;

function judgeLimit(pair: SessionPair, limit: RegressionLimit, { acrossBenches }: LimitOptions): Regression[] {
  const mode = modeOfFigure[limit.figure];
  const runs = pair.runs.filter((run) => run.mode === mode);
  const shared = { candidate: pair.candidate, figure: limit.figure, limit, mode };
  if (runs.length === 0) {
    const obstacles = pair.obstacles.filter(({ code, facts }) => code !== 'onlyOne' || facts['mode'] === mode);
    return [{ ...shared, workload: '', worse: null, guard: null, word: 'notComparable', obstacles }];
  }
  return runs.map((run) => {
    const fits = run.comparable && (acrossBenches || canBeBaseline(run.obstacles));
    const figure = fits ? run.figures.find((one) => one.figure === limit.figure) : undefined;
    const judged = figure && judgeFigure(figure, limit);
    const obstacles = judged ? [] : run.obstacles.filter(({ level }) => level !== 'remark');
    return {
      ...shared,
      workload: run.workload,
      ...(judged ?? { worse: null, guard: null, word: 'notComparable' as const }),
      obstacles,
    };
  });
}

/**
 * How much worse the candidate is, against the limit, with the guard band of the one-sided 95 % statement. `beyond` only where it is
 * certain; for top-1 McNemar's exact test must agree, because the approximation flatters few inputs.
 */
export function judgeFigure(
  figure: FigureComparison,
  { kind, limit }: RegressionLimit,
): Pick<Regression, 'worse' | 'guard' | 'word'> {
  const sign = figure.smallerIsBetter ? 1 : -1;
  const worse = sign * (kind === 'relative' ? figure.ratio.value - 1 : figure.difference.value);
  if (!Number.isFinite(worse)) return { worse: null, guard: null, word: 'notComparable' };
  const guard = guardOf(figure, kind);
  // Without an uncertainty nothing is certain, in either direction.
  if (guard === null) return { worse, guard, word: worse > limit ? 'beyondNotProven' : 'withinNotProven' };
  const inside = limit - worse;
  const proven = Math.abs(inside) >= guard;
  if (inside >= 0) return { worse, guard, word: proven ? 'within' : 'withinNotProven' };
  return { worse, guard, word: proven && confirmed(figure) ? 'beyond' : 'beyondNotProven' };
}

function guardOf(figure: FigureComparison, kind: RegressionLimit['kind']): number | null {
  const { standardUncertainty, coverageFactor } = kind === 'relative' ? figure.ratio : figure.difference;
  if (standardUncertainty === null || coverageFactor === null) return null;
  // Few degrees of freedom widen the one-sided factor as they widen the two-sided one.
  const factor = Math.max(1, coverageFactor / (coverageFactor === 2 ? 2 : z95));
  return oneSided * factor * standardUncertainty;
}

/** McNemar one-sided: half of the two-sided p. */
function confirmed({ tests }: FigureComparison): boolean {
  const test = tests.find(({ name }) => name === 'mcNemar');
  return !test || (test.p !== null && test.p / 2 < significance);
}
