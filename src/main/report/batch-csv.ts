import type { Attempt, BatchState } from '../../shared/domain/batch.ts';
import { findFigure } from '../../shared/domain/recipe.ts';
import type { Limit, RecipeFigure } from '../../shared/domain/recipe.ts';
import { figureOfLimit } from '../../shared/text/recipe.ts';
import { table } from './files/csv.ts';
import type { Cell } from './files/csv.ts';

const unitOf: Record<RecipeFigure, string> = {
  throughput: 'inf_per_s',
  top1: 'share',
  auc: 'area',
  energy: 'uj_per_inf',
};

/** Name of an exported file; says SIMULATED where it applies, so that it cannot be taken for a measurement even in a list. */
export function batchFileName({ name, batchId, simulated }: BatchState, ending: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N} ._()+-]/gu, '-')
    .trim()
    .slice(0, 60);
  return `${plain} ${batchId}${simulated ? '-SIMULATED' : ''}.${ending}`;
}

/** Each figure of the batch once, in the order in which the recipe's workloads and limits name them, then what else was measured. */
export function batchFigures({
  recipe,
  statistics,
}: Pick<BatchState, 'recipe' | 'statistics'>): { workload: string; figure: RecipeFigure }[] {
  const limited = recipe.limits.flatMap((limit) => {
    const figure = figureOfLimit(limit);
    return figure ? [{ workload: limit.workload, figure }] : [];
  });
  const all = [...limited, ...statistics.figures.map(({ workload, figure }) => ({ workload, figure }))];
  return [...new Map(all.map((one) => [`${one.workload}\n${one.figure}`, one])).values()];
}

/**
 * The table of a batch: one row an attempt, in the order of the starts, with all digits and a point; `counts` is false for attempts that were
 * measured again or put aside. Columns of figures carry their unit; each limit has a column with what came of it.
 */
export function writeBatchCsv(batch: BatchState): string {
  const figures = batchFigures(batch);
  const { limits } = batch.recipe;
  return table(
    [
      'batch',
      'batch_name',
      'recipe',
      'recipe_sha256',
      'simulated',
      'attempt',
      'serial',
      'operator',
      'started_at',
      'ended_at',
      'state',
      'counts',
      'outcome',
      ...figures.flatMap(({ workload, figure }) => {
        const name = `${workload}_${figure}_${unitOf[figure]}`;
        return figure === 'energy' ? [name, `${workload}_${figure}_expanded_uncertainty_${unitOf[figure]}`] : [name];
      }),
      ...limits.flatMap((limit, index) => {
        const name = limitName(limit, index);
        return figureOfLimit(limit) ? [`${name}_bound`, name] : [name];
      }),
      'verdicts',
      'sessions',
    ],
    batch.attempts.map((attempt) => [
      batch.batchId,
      batch.name,
      batch.recipe.name,
      batch.recipeSha256,
      attempt.sessions.some((session) => session.simulated),
      attempt.attempt,
      attempt.serial,
      attempt.operator,
      attempt.startedAt,
      attempt.endedAt ?? null,
      attempt.state,
      attempt.counts,
      attempt.result?.outcome ?? null,
      ...figures.flatMap(({ workload, figure }) => figureCells(attempt, workload, figure)),
      ...limits.flatMap((limit, index) => limitCells(attempt, limit, index)),
      (attempt.result?.runs ?? []).map((run) => `${run.workload} ${run.mode} ${run.verdict}`).join('; '),
      attempt.sessions.map((session) => session.sessionId).join('; '),
    ]),
  );
}

function limitName(limit: Limit, index: number): string {
  const figure = limit.kind === 'regression' ? `_${limit.figure}` : '';
  return `limit_${index + 1}_${limit.workload}_${limit.kind}${figure}`;
}

function figureCells(attempt: Attempt, workload: string, figure: RecipeFigure): Cell[] {
  const found = findFigure(attempt.result?.figures ?? [], workload, figure);
  const value = found?.value ?? null;
  return figure === 'energy' ? [value, found?.expandedUncertainty ?? null] : [value];
}

function limitCells(attempt: Attempt, limit: Limit, index: number): Cell[] {
  const result = attempt.result?.limits.find((one) => one.limit === index);
  const outcome = result ? [result.outcome, result.reason].filter(Boolean).join(' ') : null;
  return figureOfLimit(limit) ? [result?.bound ?? null, outcome] : [outcome];
}
