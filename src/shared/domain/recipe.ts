import { z } from 'zod';
import { energyRequestSchema } from './energy-request.ts';
import { flashToolIdSchema } from './flash.ts';
import { runSettingsSchema } from './run.ts';
import { modeSchema } from './workload.ts';
import type { Mode } from './workload.ts';

/** Version of the file; a reader refuses a newer one and opens every older one for ever (docs/formats/recipe.md). */
export const recipeFormat = 'joulebench.recipe/1';

/** Figures of a unit that have limits, statistics and columns. */
export const recipeFigureSchema = z.enum(['throughput', 'top1', 'auc', 'energy']);
export type RecipeFigure = z.infer<typeof recipeFigureSchema>;

/** One figure of one workload: inferences per second, a share of 1, an area, or uJ per inference; the uncertainty is in the same unit. */
export const figureValueSchema = z.strictObject({
  workload: z.string().min(1).max(40),
  figure: recipeFigureSchema,
  value: z.number(),
  /** Null where the figure has none (shares of a fixed set of inputs) or none could be given. */
  expandedUncertainty: z.number().nonnegative().nullable(),
  coverageFactor: z.number().positive().nullable(),
});
export type FigureValue = z.infer<typeof figureValueSchema>;

const ofWorkload = { workload: z.string().min(1).max(40) };

/** What a unit has to keep. Each kind of limit stands once for a workload (a regression once for a figure). */
export const limitSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...ofWorkload, kind: z.literal('throughput'), minInfPerS: z.number().positive().max(1e9) }),
  z.strictObject({ ...ofWorkload, kind: z.literal('top1'), minShare: z.number().min(0).max(1) }),
  z.strictObject({ ...ofWorkload, kind: z.literal('auc'), minArea: z.number().min(0).max(1) }),
  /** Judged with a guard band of the figure's expanded uncertainty. */
  z.strictObject({ ...ofWorkload, kind: z.literal('energy'), maxUJPerInf: z.number().positive().max(1e12) }),
  z.strictObject({ ...ofWorkload, kind: z.literal('qualityTarget') }),
  /** Of every run of the workload. */
  z.strictObject({ ...ofWorkload, kind: z.literal('verdict'), atLeast: z.enum(['valid', 'remarks']) }),
  /** How much worse than the baseline a figure may be, as a share of the baseline's. */
  z.strictObject({
    ...ofWorkload,
    kind: z.literal('regression'),
    figure: recipeFigureSchema,
    maxShare: z.number().min(0).max(10),
  }),
]);
export type Limit = z.infer<typeof limitSchema>;
export type LimitKind = Limit['kind'];
export const limitKinds = ['throughput', 'top1', 'auc', 'energy', 'qualityTarget', 'verdict', 'regression'] as const;

/** A session to compare with: its figures stand in the recipe, so that it judges alike when the session is gone. */
export const baselineSchema = z.strictObject({
  sessionId: z.string().max(160),
  createdAt: z.iso.datetime(),
  simulated: z.boolean(),
  figures: z.array(figureValueSchema).max(60),
});
export type Baseline = z.infer<typeof baselineSchema>;

/** A workload of the recipe with the paths it needs on this computer; an embedded one needs none. */
export const recipeItemSchema = z.strictObject({
  workload: z.string().min(1).max(40),
  modelFile: z.string().max(4000).optional(),
  datasetFolder: z.string().max(4000).optional(),
});
export type RecipeItem = z.infer<typeof recipeItemSchema>;

/** What is flashed onto each unit before its first run, and through what. */
export const recipeFlashSchema = z.strictObject({
  board: z.string().min(1).max(80),
  /** Serial of a probe, or `remote:STLINKPORT:PYOCDPORT`; absent: the only one that can be meant. */
  probe: z.string().min(1).max(200).optional(),
  tool: flashToolIdSchema.optional(),
  /** Absent: the firmware of each workload. */
  imageFile: z.string().max(4000).optional(),
});
export type RecipeFlash = z.infer<typeof recipeFlashSchema>;

/** All of a recipe but its identity: what a page edits. */
export const recipeBodySchema = z.strictObject({
  name: z.string().trim().min(1).max(80),
  note: z.string().max(2000).default(''),
  bench: z.string().min(1).max(400),
  items: z.array(recipeItemSchema).min(1).max(12),
  modes: z.array(modeSchema).min(1).max(3),
  settings: z.strictObject(runSettingsSchema.shape),
  /** Present exactly where one of the modes is energy. */
  energy: z.strictObject(energyRequestSchema.shape).optional(),
  flash: recipeFlashSchema.optional(),
  /** What a unit's serial looks like: `#` a digit, `?` any character, `*` any characters; empty for anything. */
  serialPattern: z.string().max(120).default(''),
  limits: z.array(limitSchema).min(1).max(60),
  baseline: baselineSchema.optional(),
});
export type RecipeBody = z.infer<typeof recipeBodySchema>;

export const recipeIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,70}$/);

/** A recipe as its file holds it. */
export const recipeSchema = recipeBodySchema.extend({
  schema: z.literal(recipeFormat),
  id: recipeIdSchema,
  savedAt: z.iso.datetime(),
});
export type Recipe = z.infer<typeof recipeSchema>;

/** One recipe in a list. */
export const recipeSummarySchema = z.object({
  id: recipeIdSchema,
  name: z.string(),
  note: z.string(),
  bench: z.string(),
  workloads: z.array(z.string()),
  modes: z.array(modeSchema),
  limits: z.number().int(),
  savedAt: z.iso.datetime(),
});
export type RecipeSummary = z.infer<typeof recipeSummarySchema>;

/** Which recipe a session or batch follows. */
export const recipeReferenceSchema = z.object({
  name: z.string().max(80),
  /** SHA-256 of the recipe's file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type RecipeReference = z.infer<typeof recipeReferenceSchema>;

/** The mode of the run that a limit is about; none for one that concerns every run. */
export function modeOfLimit(limit: Limit): Mode | undefined {
  if (limit.kind === 'verdict') return undefined;
  if (limit.kind === 'qualityTarget') return 'accuracy';
  return modeOfFigure[limit.kind === 'regression' ? limit.figure : limit.kind];
}

const modeOfFigure: Record<RecipeFigure, Mode> = {
  throughput: 'performance',
  top1: 'accuracy',
  auc: 'accuracy',
  energy: 'energy',
};

export const recipeProblemSchema = z.object({
  /** Key of its words. */
  key: z.enum([
    'workloadTwice',
    'otherWorkload',
    'otherMode',
    'limitTwice',
    'noBaseline',
    'noEnergy',
    'needlessEnergy',
  ]),
  /** Index of the limit, where it is about one. */
  limit: z.number().int().nonnegative().optional(),
});
export type RecipeProblem = z.infer<typeof recipeProblemSchema>;

/** What contradicts itself in a recipe whose members are well formed; none: it can be followed. */
export function recipeProblems({
  items,
  modes,
  energy,
  limits,
  baseline,
}: Pick<RecipeBody, 'items' | 'modes' | 'energy' | 'limits' | 'baseline'>): RecipeProblem[] {
  const problems: RecipeProblem[] = [];
  const workloads = items.map((item) => item.workload);
  if (new Set(workloads).size < workloads.length) problems.push({ key: 'workloadTwice' });
  if (modes.includes('energy') && !energy) problems.push({ key: 'noEnergy' });
  if (!modes.includes('energy') && energy) problems.push({ key: 'needlessEnergy' });
  const seen = new Set<string>();
  limits.forEach((limit, index) => {
    const figure = limit.kind === 'regression' ? limit.figure : '';
    const key = [limit.workload, limit.kind, figure].join('\n');
    const mode = modeOfLimit(limit);
    if (!workloads.includes(limit.workload)) problems.push({ key: 'otherWorkload', limit: index });
    else if (mode && !modes.includes(mode)) problems.push({ key: 'otherMode', limit: index });
    else if (seen.has(key)) problems.push({ key: 'limitTwice', limit: index });
    else if (limit.kind === 'regression' && !findFigure(baseline?.figures ?? [], limit.workload, limit.figure))
      problems.push({ key: 'noBaseline', limit: index });
    seen.add(key);
  });
  return problems;
}

export function findFigure(
  figures: readonly FigureValue[],
  workload: string,
  figure: RecipeFigure,
): FigureValue | undefined {
  return figures.find((one) => one.workload === workload && one.figure === figure);
}
