import { z } from 'zod';
import { evidenceRefSchema, factValueSchema, severitySchema, verdictSchema } from './verdict.ts';
import { modeSchema } from './workload.ts';

/** What a finding may be about: the single runs, or the whole submission package around them too. */
export const auditScopeSchema = z.enum(['runs', 'package']);
export type AuditScope = z.infer<typeof auditScopeSchema>;

/** Whether the official checker enforces a rule; `log`: it prints a message and accepts the result all the same. */
export const officialCheckerSchema = z.enum(['yes', 'log', 'no']);
export type OfficialChecker = z.infer<typeof officialCheckerSchema>;

/** A rule that failed, with its words. Passed rules are not listed. */
export const auditFindingSchema = z.object({
  /** Id of the rule: `PERF-03`. */
  rule: z.string().regex(/^[A-Z]+-\d{2}$/),
  severity: severitySchema,
  /** What was found, with its figures. */
  message: z.string(),
  /** Files relative to the audited folder, with `/`; lines from 1. */
  evidence: z.array(evidenceRefSchema),
  /** The rule in a few words. */
  title: z.string(),
  /** Why the rule is there. */
  explanation: z.string(),
  remedy: z.string(),
  /** Key of the message among the rule's words, and the figures in it. */
  code: z.string(),
  facts: z.record(z.string(), factValueSchema),
  officialChecker: officialCheckerSchema,
});
export type AuditFinding = z.infer<typeof auditFindingSchema>;

/** Words of the streaming wake word's score: by the allowance that the runner uses, and by that of its README. */
const streamingScoreSchema = z.object({
  truePositives: z.int(),
  falseNegatives: z.int(),
  falsePositives: z.int(),
});

const auditWindowSchema = z.object({
  /** As the runner counts: 2, 4, ... 10 of the older one, 1 to 5 (energy: from 0) of the current one. */
  number: z.int(),
  file: z.string().optional(),
  inferences: z.int().optional(),
  seconds: z.number().optional(),
  /** By the host's clock, where the log has its times. */
  hostSeconds: z.number().optional(),
  throughputInfPerS: z.number().optional(),
  energyUJ: z.number().optional(),
  powerUW: z.number().optional(),
  energyUJPerInf: z.number().optional(),
  /** Samples [firstSample, endSample) of the trace that were summed. */
  firstSample: z.int().optional(),
  endSample: z.int().optional(),
});
export type AuditWindow = z.infer<typeof auditWindowSchema>;

/** A trace drawn together for a chart: columns of equal length over [fromS, toS), and its time marks. */
export const auditWaveformSchema = z.object({
  fromS: z.number(),
  toS: z.number(),
  /** Per column, in uW; null in a gap. */
  meanPowerUW: z.array(z.number().nullable()),
  minPowerUW: z.array(z.number().nullable()),
  maxPowerUW: z.array(z.number().nullable()),
  marksS: z.array(z.number()),
});
export type AuditWaveform = z.infer<typeof auditWaveformSchema>;

/** Figures of a run; the same names whether they were printed or computed again. A figure that is not known is absent. */
export const auditFiguresSchema = z.object({
  windows: z.array(auditWindowSchema).optional(),
  medianThroughputInfPerS: z.number().optional(),
  medianEnergyUJPerInf: z.number().optional(),
  medianPowerUW: z.number().optional(),
  /** Inferences that were scored. */
  inputs: z.int().optional(),
  files: z.int().optional(),
  correct: z.int().optional(),
  /** Fraction of 1. For anomaly detection both runners print the best (precision + recall) / 2 under this name. */
  top1: z.number().optional(),
  /** The area that a results file prints; of which definition follows from the runner. */
  auc: z.number().optional(),
  aucEembc: z.number().optional(),
  aucMlc: z.number().optional(),
  aucExact: z.number().optional(),
  bestPrecisionRecall: z.number().optional(),
  truePositives: z.int().optional(),
  falseNegatives: z.int().optional(),
  falsePositives: z.int().optional(),
  /** The score with an allowance of 1 s instead of 2 s after a word. */
  oneSecondScore: streamingScoreSchema.optional(),
  dutyCycle: z.number().optional(),
  periodS: z.number().optional(),
  /** Streaming: mean time of processing one frame. */
  processingS: z.number().optional(),
  /** Streaming: 1 / processing time. */
  estimatedThroughputInfPerS: z.number().optional(),
  /** Energy of the whole stream. */
  streamEnergyUJ: z.number().optional(),
  /** Where a time mark is missing: windows with the marks matched to the log, and their median. */
  alignedWindows: z.array(auditWindowSchema).optional(),
  alignedMedianEnergyUJPerInf: z.number().optional(),
  alignedMedianThroughputInfPerS: z.number().optional(),
});
export type AuditFigures = z.infer<typeof auditFiguresSchema>;

/** One printed figure against the same computed again. */
export const auditComparisonSchema = z.object({
  /** Name among `AuditFigures`. */
  figure: z.string(),
  /** Window of it; absent for a figure of the run. */
  window: z.int().optional(),
  published: z.number(),
  recomputed: z.number(),
  /** What one unit of the last printed digit is worth. */
  step: z.number(),
  agrees: z.boolean(),
  /** The rule whose finding explains a difference. */
  rule: z.string().optional(),
});
export type AuditComparison = z.infer<typeof auditComparisonSchema>;

/** What the official checker makes of a result folder; `null` where it does not look at such a folder. */
export const officialOutcomeSchema = z.object({
  accepted: z.boolean().nullable(),
  /** What it says, in our words: the reasons of a refusal, and messages that change nothing. */
  messages: z.array(z.string()),
});
export type OfficialOutcome = z.infer<typeof officialOutcomeSchema>;

export const auditedRunSchema = z.object({
  /** Relative to the audited folder, with `/`; `.` for the folder itself. A session of ours: its folder and the run's id. */
  folder: z.string(),
  round: z.string().nullable(),
  division: z.enum(['closed', 'open']).nullable(),
  organisation: z.string().nullable(),
  system: z.string().nullable(),
  /** A further folder between system and benchmark. */
  board: z.string().nullable(),
  /** `ad`, `ic`, `ic2`, `kws`, `sww`, `vww`, or the id of an own workload; null where nothing tells. */
  benchmark: z.string().nullable(),
  /** A folder below the benchmark: the model's name or number format. */
  model: z.string().nullable(),
  mode: modeSchema.nullable(),
  runner: z.enum(['eembc', 'mlc', 'joulebench']).nullable(),
  runnerVersion: z.string().nullable(),
  simulated: z.boolean(),
  /** Files of the run by what they are, relative to the audited folder. */
  files: z.partialRecord(
    z.enum(['log', 'results', 'script', 'resultsJson', 'trace', 'timestamps', 'system', 'journal']),
    z.string(),
  ),
  published: auditFiguresSchema,
  recomputed: auditFiguresSchema,
  comparisons: z.array(auditComparisonSchema),
  /** Whether every printed figure came out again to its last digit; null where none could be compared. */
  agrees: z.boolean().nullable(),
  verdict: verdictSchema,
  official: officialOutcomeSchema,
  findings: z.array(auditFindingSchema),
  /** Of an energy run with a trace and a finding about its windows. */
  waveform: auditWaveformSchema.optional(),
});
export type AuditedRun = z.infer<typeof auditedRunSchema>;

/** The answer of `joulebench audit --json FILE`. */
export const auditReportSchema = z.object({
  /** Version of this form; it grows by optional fields only. */
  format: z.literal(1),
  /** Program that made it. */
  program: z.string(),
  scope: auditScopeSchema,
  /** The round whose rules were asked for; null where each run's own round counted. */
  round: z.string().nullable(),
  files: z.int(),
  bytes: z.int(),
  runs: z.array(auditedRunSchema),
  /** Findings about the whole package; empty with the scope `runs`. */
  findings: z.array(auditFindingSchema),
  counts: z.object({
    runs: z.int(),
    agree: z.int(),
    disagree: z.int(),
    notCompared: z.int(),
    /** Findings by severity, those of runs and of the package. */
    E: z.int(),
    W: z.int(),
    I: z.int(),
  }),
});
export type AuditReport = z.infer<typeof auditReportSchema>;
