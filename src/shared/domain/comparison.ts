import { z } from 'zod';
import { dutUnitSchema } from './identity.ts';
import { modeSchema } from './workload.ts';

/** The figures that runs are compared by. */
export const comparedFigureSchema = z.enum(['throughput', 'energy', 'power', 'top1', 'auc']);
export type ComparedFigure = z.infer<typeof comparedFigureSchema>;

/** SI base unit of each figure; shares are fractions of 1. */
export const comparedUnits: Readonly<Record<ComparedFigure, string>> = {
  throughput: 'inf/s',
  energy: 'J/inf',
  power: 'W',
  top1: '1',
  auc: '1',
};

/** Whether a smaller value is the better one. */
export const smallerIsBetter: Readonly<Record<ComparedFigure, boolean>> = {
  throughput: false,
  energy: true,
  power: true,
  top1: false,
  auc: false,
};

/**
 * Why two runs do not fit each other. `blocks`: no figure is compared. `apart`: figures are shown with both uncertainties in full, but
 * the one is no baseline for the other. `remark`: worth knowing.
 */
export const obstacleCodeSchema = z.enum([
  'otherWorkload',
  'otherMode',
  'otherRules',
  'otherInputs',
  'otherDivision',
  'simulated',
  'invalid',
  'unfinished',
  'otherWindowRule',
  'otherPlane',
  'otherMonitor',
  'otherMonitorSettings',
  'otherVoltage',
  'certificateState',
  'otherMonitorUnit',
  'otherCertificate',
  'otherWiring',
  'apartInTime',
  'temperature',
  'temperatureUnknown',
  'oneDivision',
  'otherSettings',
  'otherDut',
  'otherModel',
  'otherFirmware',
  'otherSimulation',
  'sameRun',
  'onlyOne',
  'clockUnknown',
]);
export type ObstacleCode = z.infer<typeof obstacleCodeSchema>;

export const obstacleLevelSchema = z.enum(['blocks', 'apart', 'remark']);
export type ObstacleLevel = z.infer<typeof obstacleLevelSchema>;

export const obstacleSchema = z.object({
  code: obstacleCodeSchema,
  level: obstacleLevelSchema,
  /** Values for the sentence's placeholders, mostly `a` (baseline) and `b`. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Obstacle = z.infer<typeof obstacleSchema>;

/** A value with its uncertainty; both null-safe: null where none can be given. */
const withDoubt = z.object({
  value: z.number(),
  standardUncertainty: z.number().nullable(),
  expandedUncertainty: z.number().nullable(),
  coverageFactor: z.number().nullable(),
});
export type WithDoubt = z.infer<typeof withDoubt>;

/** The test behind a statement, by name. `student`: the difference over its combined uncertainty, on one bench. */
export const testNameSchema = z.enum(['student', 'mannWhitney', 'mcNemar', 'deLong']);
export type TestName = z.infer<typeof testNameSchema>;

export const comparisonTestSchema = z.object({
  name: testNameSchema,
  /** Probability of so large a difference between equals; null where none may be stated (other benches). */
  p: z.number().nullable(),
  exact: z.boolean(),
  /** Values of the baseline and of the other: windows, inputs; for McNemar the inputs that changed sides each way. */
  counts: z.tuple([z.number().int(), z.number().int()]),
  /** The smallest p that so few values can reach; null where there is no such bound. */
  smallestP: z.number().nullable(),
  /** `tooFew`: even the clearest difference would not reach 5 %. */
  outcome: z.enum(['different', 'notDistinguishable', 'tooFew', 'noProbability']),
});
export type ComparisonTest = z.infer<typeof comparisonTestSchema>;

/** What the uncertainty of a difference stands on. */
export const comparisonBasisSchema = z.enum(['oneBench', 'fullBudgets', 'dutClocks', 'sameInputs', 'none']);

export const figureComparisonSchema = z.object({
  figure: comparedFigureSchema,
  /** SI base unit: `inf/s`, `J/inf`, `W`, `1`. */
  unit: z.string(),
  smallerIsBetter: z.boolean(),
  baseline: withDoubt,
  candidate: withDoubt,
  /** Candidate - baseline. */
  difference: withDoubt,
  /** Candidate / baseline. */
  ratio: withDoubt,
  /** Half-width of the two-sided 95 % statement about the ratio; the smallest relative change that would have been seen. */
  smallestChange: z.number().nullable(),
  basis: comparisonBasisSchema,
  tests: z.array(comparisonTestSchema),
  /** By the first test, after Holm's correction over the pairs of this figure. Null between benches and where it cannot be decided. */
  significant: z.boolean().nullable(),
  outcome: z.enum(['better', 'worse', 'notDistinguishable', 'identical', 'tooFew', 'otherBench', 'otherBenchLarger']),
});
export type FigureComparison = z.infer<typeof figureComparisonSchema>;

/** The runs of one workload and mode, of baseline and candidate. */
export const runPairSchema = z.object({
  workload: z.string(),
  mode: modeSchema,
  baselineRunId: z.string(),
  candidateRunId: z.string(),
  obstacles: z.array(obstacleSchema),
  /** False where an obstacle blocks. */
  comparable: z.boolean(),
  figures: z.array(figureComparisonSchema),
});
export type RunPair = z.infer<typeof runPairSchema>;

export const sessionPairSchema = z.object({
  baseline: z.string(),
  candidate: z.string(),
  /** Those that concern whole sessions. */
  obstacles: z.array(obstacleSchema),
  comparable: z.boolean(),
  runs: z.array(runPairSchema),
});
export type SessionPair = z.infer<typeof sessionPairSchema>;

/** A run as the comparison's charts need it. */
export const comparedRunViewSchema = z.object({
  runId: z.string(),
  workload: z.string(),
  title: z.string(),
  mode: modeSchema,
  verdict: z.string().nullable(),
  figures: z.array(z.object({ figure: comparedFigureSchema, ...withDoubt.shape })),
  /** Values by window in SI base units: throughput of performance runs, energy of one inference and power of energy runs. */
  windows: z.array(z.object({ figure: comparedFigureSchema, values: z.array(z.number()) })),
  /** 1 / throughput by the performance or the energy run, for the energy-latency chart. */
  latencyS: z.number().nullable(),
});
export type ComparedRunView = z.infer<typeof comparedRunViewSchema>;

export const comparedSessionViewSchema = z.object({
  sessionId: z.string(),
  folder: z.string(),
  createdAt: z.iso.datetime(),
  operator: z.string(),
  dutUnit: dutUnitSchema,
  /** Vendor's name of the DUT, empty when it never told. */
  dut: z.string(),
  simulated: z.boolean(),
  runs: z.array(comparedRunViewSchema),
});
export type ComparedSessionView = z.infer<typeof comparedSessionViewSchema>;

/** Two or more sessions compared with the first of them. */
export const comparisonSchema = z.object({
  simulated: z.boolean(),
  sessions: z.array(comparedSessionViewSchema),
  pairs: z.array(sessionPairSchema),
});
export type SessionsComparison = z.infer<typeof comparisonSchema>;

/** How much worse a figure may be: `relative` to the baseline, or `absolute` in the figure's own unit (percentage points). */
export const regressionLimitSchema = z.object({
  figure: comparedFigureSchema,
  kind: z.enum(['relative', 'absolute']),
  /** Fraction of 1. */
  limit: z.number().nonnegative(),
});
export type RegressionLimit = z.infer<typeof regressionLimitSchema>;

/** `withinNotProven` and `beyondNotProven`: within the doubt of the limit, so that nothing can be decided. */
export const regressionSchema = z.object({
  candidate: z.string(),
  workload: z.string(),
  mode: modeSchema,
  figure: comparedFigureSchema,
  limit: regressionLimitSchema,
  /** How much worse, positive for worse, in the limit's kind. */
  worse: z.number().nullable(),
  /** Doubt of it on one side: 95 % one-sided. */
  guard: z.number().nullable(),
  word: z.enum(['within', 'withinNotProven', 'beyondNotProven', 'beyond', 'notComparable']),
  /** Why not comparable. */
  obstacles: z.array(obstacleSchema),
});
export type Regression = z.infer<typeof regressionSchema>;
