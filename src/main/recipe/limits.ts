import type { LimitResult, UndecidedReason, UnitOutcome, UnitResult } from '../../shared/domain/batch.ts';
import { findFigure, modeOfLimit } from '../../shared/domain/recipe.ts';
import type { Baseline, FigureValue, Limit, Recipe, RecipeFigure } from '../../shared/domain/recipe.ts';
import { guardedConformity } from '../analysis/index.ts';
import type { UnitFigures } from './figures.ts';

/**
 * Judges a unit. One limit that is certainly missed fails it; otherwise one that cannot be decided leaves it undecided; it passes when all
 * are kept.
 */
export function judgeUnit(recipe: Pick<Recipe, 'limits' | 'baseline'>, unit: UnitFigures): UnitResult {
  const limits = recipe.limits.map((limit, index) => judgeLimit(limit, index, recipe.baseline, unit));
  return { outcome: worst(limits.map((limit) => limit.outcome)), figures: unit.figures, runs: unit.runs, limits };
}

function worst(outcomes: readonly UnitOutcome[]): UnitOutcome {
  if (outcomes.includes('fail')) return 'fail';
  return outcomes.includes('undecided') ? 'undecided' : 'pass';
}

const lessIsBetter: Record<RecipeFigure, boolean> = { throughput: false, top1: false, auc: false, energy: true };

function judgeLimit(limit: Limit, index: number, baseline: Baseline | undefined, unit: UnitFigures): LimitResult {
  const none = { limit: index, value: null, bound: null, guard: 0 };
  const undecided = (reason: UndecidedReason): LimitResult => ({ ...none, outcome: 'undecided', reason });
  const mode = modeOfLimit(limit);
  const runs = unit.runs.filter((run) => run.workload === limit.workload && (!mode || run.mode === mode));
  if (runs.length === 0) return undecided('notMeasured');
  if (limit.kind === 'verdict') {
    const kept = runs.every(
      ({ verdict }) => verdict === 'valid' || (verdict === 'remarks' && limit.atLeast === 'remarks'),
    );
    return { ...none, outcome: kept ? 'pass' : 'fail' };
  }
  // A measurement that is not valid proves nothing, neither good nor bad.
  if (runs.some((run) => run.verdict === 'invalid')) return undecided('invalid');
  if (limit.kind === 'qualityTarget') {
    if (runs.some((run) => run.qualityTarget === 'missed')) return { ...none, outcome: 'fail' };
    return runs.every((run) => run.qualityTarget === 'met') ? { ...none, outcome: 'pass' } : undecided('noTarget');
  }
  const name = limit.kind === 'regression' ? limit.figure : limit.kind;
  const figure = findFigure(unit.figures, limit.workload, name);
  if (!figure) return undecided('notMeasured');
  if (limit.kind !== 'regression') return judgeFigure(index, name, figure, boundOf(limit), 0);
  const before = findFigure(baseline?.figures ?? [], limit.workload, limit.figure);
  if (!baseline || !before) return undecided('notMeasured');
  if (baseline.simulated !== unit.simulated) return undecided('otherBench');
  const factor = lessIsBetter[name] ? 1 + limit.maxShare : 1 - limit.maxShare;
  if (lessIsBetter[name] && before.expandedUncertainty === null) return undecided('noUncertainty');
  return judgeFigure(index, name, figure, before.value * factor, (before.expandedUncertainty ?? 0) * factor);
}

function boundOf(limit: Extract<Limit, { kind: 'throughput' | 'top1' | 'auc' | 'energy' }>): number {
  if (limit.kind === 'throughput') return limit.minInfPerS;
  if (limit.kind === 'top1') return limit.minShare;
  return limit.kind === 'auc' ? limit.minArea : limit.maxUJPerInf;
}

/**
 * An energy keeps a guard band as wide as the expanded uncertainty (ILAC-G8:2019, 4.2.2: w = U); a bound with an uncertainty of its own, that of
 * the baseline, widens it (root of the sum of squares: nothing that both share is taken off, so the band is rather too wide). Throughput and
 * shares of a fixed set of inputs are accepted simply.
 */
function judgeFigure(
  index: number,
  name: RecipeFigure,
  figure: FigureValue,
  bound: number,
  boundUncertainty: number,
): LimitResult {
  const common = { limit: index, value: figure.value, bound };
  const guarded = lessIsBetter[name];
  if (guarded && figure.expandedUncertainty === null)
    return { ...common, guard: 0, outcome: 'undecided', reason: 'noUncertainty' };
  const guard = guarded ? Math.hypot(figure.expandedUncertainty ?? 0, boundUncertainty) : 0;
  const { word } = guardedConformity(guarded ? 'atMost' : 'atLeast', figure.value, bound, guard);
  if (word === 'pass' || word === 'fail') return { ...common, guard, outcome: word };
  return { ...common, guard, outcome: 'undecided', reason: 'withinUncertainty' };
}
