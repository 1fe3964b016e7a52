import { z } from 'zod';
import { faultRecordSchema } from './operation.ts';
import { figureValueSchema, recipeFigureSchema, recipeSchema } from './recipe.ts';
import { qualityTargetSchema, verdictSchema } from './verdict.ts';
import { modeSchema } from './workload.ts';

/** Most attempts of one batch: its whole state still fits one message. */
export const mostAttempts = 500;

export const unitOutcomeSchema = z.enum(['pass', 'fail', 'undecided']);
export type UnitOutcome = z.infer<typeof unitOutcomeSchema>;

/** Why nothing can be said about a limit. */
export const undecidedReasonSchema = z.enum([
  /** The figure lies closer to the limit than its uncertainty. */
  'withinUncertainty',
  /** An energy without an uncertainty proves nothing. */
  'noUncertainty',
  'notMeasured',
  /** The measurement is not valid. */
  'invalid',
  /** The workload or its inputs have no quality target. */
  'noTarget',
  /** One of unit and baseline is simulated, the other is not. */
  'otherBench',
]);
export type UndecidedReason = z.infer<typeof undecidedReasonSchema>;

/** What came of one limit. */
export const limitResultSchema = z.object({
  /** Index in the recipe's limits. */
  limit: z.number().int().nonnegative(),
  outcome: unitOutcomeSchema,
  /** Where undecided. */
  reason: undecidedReasonSchema.optional(),
  /** The figure that was judged, in the unit of its kind; null for verdicts and where there is none. */
  value: z.number().nullable(),
  /** The bound that held: of a regression it comes from the baseline. */
  bound: z.number().nullable(),
  /** Width of the guard band; 0 with simple acceptance. */
  guard: z.number().nonnegative(),
});
export type LimitResult = z.infer<typeof limitResultSchema>;

/** What the runs of a unit say about themselves. */
export const runWordSchema = z.object({
  workload: z.string(),
  mode: modeSchema,
  verdict: verdictSchema,
  qualityTarget: qualityTargetSchema,
});
export type RunWord = z.infer<typeof runWordSchema>;

/** A unit's figures and what came of the limits. */
export const unitResultSchema = z.object({
  outcome: unitOutcomeSchema,
  figures: z.array(figureValueSchema).max(60),
  runs: z.array(runWordSchema).max(60),
  limits: z.array(limitResultSchema).max(60),
});
export type UnitResult = z.infer<typeof unitResultSchema>;

/** `running` in this process; `interrupted`: it can be resumed or put aside; `putAside`: it was given up and never counts. */
export const attemptStateSchema = z.enum(['running', 'interrupted', 'putAside', 'ended']);

export const attemptSchema = z.object({
  /** From 1, in the order of the starts. */
  attempt: z.number().int().positive(),
  serial: z.string(),
  operator: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  state: attemptStateSchema,
  /** Ordinary sessions, one for each workload of the recipe. */
  sessions: z.array(z.object({ item: z.number().int().nonnegative(), sessionId: z.string(), simulated: z.boolean() })),
  result: unitResultSchema.optional(),
  /** The last attempt of a unit that came to a result counts. */
  counts: z.boolean(),
});
export type Attempt = z.infer<typeof attemptSchema>;

export const figureStatisticsSchema = z.object({
  workload: z.string(),
  figure: recipeFigureSchema,
  count: z.number().int().positive(),
  mean: z.number(),
  /** Of the sample (n - 1); null with one unit. */
  standardDeviation: z.number().nullable(),
  min: z.number(),
  max: z.number(),
});
export type FigureStatistics = z.infer<typeof figureStatisticsSchema>;

/** About the attempts that count. */
export const batchStatisticsSchema = z.object({
  units: z.number().int().nonnegative(),
  passed: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  undecided: z.number().int().nonnegative(),
  /** Attempts that do not count: repeated ones and those that were put aside. */
  notCounted: z.number().int().nonnegative(),
  /** Share of the judged units that passed, with its 95 % interval (Wilson); null without units. */
  passRate: z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable(),
  figures: z.array(figureStatisticsSchema),
});
export type BatchStatistics = z.infer<typeof batchStatisticsSchema>;

/** One batch in a list. */
export const batchSummarySchema = z.object({
  batchId: z.string(),
  name: z.string(),
  recipe: z.string(),
  createdAt: z.iso.datetime(),
  simulated: z.boolean(),
  units: z.number().int(),
  passed: z.number().int(),
  /** A unit is under way or was interrupted. */
  open: z.boolean(),
});
export type BatchSummary = z.infer<typeof batchSummarySchema>;

/** A file that could not be used; it is left as it is. */
export const fileProblemSchema = z.object({ file: z.string(), fault: faultRecordSchema });
export type FileProblem = z.infer<typeof fileProblemSchema>;

/** All about a batch: what its page follows and what is exported. */
export const batchStateSchema = z.object({
  batchId: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  app: z.object({ name: z.string(), version: z.string() }),
  /** As it was when the batch began. */
  recipe: recipeSchema,
  recipeSha256: z.string(),
  simulated: z.boolean(),
  attempts: z.array(attemptSchema),
  statistics: batchStatisticsSchema,
  /** What runs now in this process. */
  underWay: z
    .object({
      attempt: z.number().int(),
      item: z.number().int(),
      phase: z.enum(['flashing', 'measuring', 'judging']),
      /** The run, while one is under way. */
      operationId: z.string().nullable(),
    })
    .nullable(),
  /** Why the last attempt stopped. */
  fault: faultRecordSchema.nullable(),
});
export type BatchState = z.infer<typeof batchStateSchema>;
