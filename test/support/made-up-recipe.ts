import type { Attempt, BatchState, UnitResult } from '../../src/shared/domain/batch.ts';
import { energyRequestSchema } from '../../src/shared/domain/energy-request.ts';
import { recipeBodySchema, recipeFormat } from '../../src/shared/domain/recipe.ts';
import type { Recipe, RecipeBody } from '../../src/shared/domain/recipe.ts';
import { runSettingsSchema } from '../../src/shared/domain/run.ts';
import { batchStatistics } from '../../src/main/recipe/index.ts';

/** A recipe's body for the demo workload on the virtual bench, all three modes, every kind of limit. */
export function madeUpBody(change: Partial<RecipeBody> = {}): RecipeBody {
  return recipeBodySchema.parse({
    name: 'Incoming inspection',
    bench: 'virtual',
    items: [{ workload: 'demo01' }],
    modes: ['performance', 'accuracy', 'energy'],
    settings: runSettingsSchema.parse({}),
    energy: energyRequestSchema.parse({}),
    limits: [
      { workload: 'demo01', kind: 'verdict', atLeast: 'remarks' },
      { workload: 'demo01', kind: 'throughput', minInfPerS: 10 },
      { workload: 'demo01', kind: 'top1', minShare: 0.8 },
      { workload: 'demo01', kind: 'auc', minArea: 0.9 },
      { workload: 'demo01', kind: 'energy', maxUJPerInf: 1000 },
      { workload: 'demo01', kind: 'regression', figure: 'energy', maxShare: 0.05 },
    ],
    baseline: {
      sessionId: 'baseline',
      createdAt: '2026-11-01T08:00:00.000Z',
      simulated: true,
      figures: [
        { workload: 'demo01', figure: 'energy', value: 900, expandedUncertainty: 10, coverageFactor: 2 },
        { workload: 'demo01', figure: 'throughput', value: 12, expandedUncertainty: null, coverageFactor: null },
      ],
    },
    ...change,
  });
}

export function madeUpRecipe(change: Partial<RecipeBody> = {}): Recipe {
  return {
    ...madeUpBody(change),
    schema: recipeFormat,
    id: 'incoming-inspection-00aa11bb',
    savedAt: '2026-11-02T08:00:00.000Z',
  };
}

/** A batch with the given results, one attempt each; a serial that comes again is a repeated unit. */
export function madeUpBatch(
  units: readonly { serial: string; result?: UnitResult; simulated?: boolean }[],
  change: Partial<BatchState> = {},
): BatchState {
  const last = new Map(units.map(({ serial }, index) => [serial, index]));
  const attempts = units.map(({ serial, result, simulated = true }, index): Attempt => ({
    attempt: index + 1,
    serial,
    operator: 'Ada',
    startedAt: `2026-11-03T08:${String(index % 60).padStart(2, '0')}:00.000Z`,
    ...(result ? { endedAt: `2026-11-03T08:${String(index % 60).padStart(2, '0')}:40.000Z`, result } : {}),
    state: result ? 'ended' : 'putAside',
    sessions: [{ item: 0, sessionId: `20261103-08${String(index).padStart(4, '0')}-demo01`, simulated }],
    counts: result !== undefined && last.get(serial) === index,
  }));
  return {
    batchId: '20261103-080000-00aa11',
    name: 'Lot 17',
    createdAt: '2026-11-03T07:59:00.000Z',
    app: { name: 'Joulebench', version: '0.1.0' },
    recipe: madeUpRecipe(),
    recipeSha256: 'ab'.repeat(32),
    simulated: attempts.some(({ sessions }) => sessions.some((session) => session.simulated)),
    attempts,
    statistics: batchStatistics(attempts),
    underWay: null,
    fault: null,
    ...change,
  };
}
