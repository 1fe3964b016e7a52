import { z } from 'zod';
import { energyFiguresSchema, energySetupSchema, traceLossSchema } from './energy.ts';
import { operationSchema } from './operation.ts';
import { runStatusSchema, windowResultSchema } from './run.ts';

/** What an energy run found, and with what: from the journal, once the trace has been summed up. */
export const liveEnergySchema = z.object({
  setup: energySetupSchema
    .pick({ supply: true, path: true, plane: true, windowRule: true, scope: true, duty: true, temperatureC: true })
    .extend({ monitor: energySetupSchema.shape.monitor, certificates: z.array(z.string()) }),
  trace: z
    .object({
      samples: z.number().int(),
      sampleRateHz: z.number().positive(),
      edges: z.number().int(),
      expectedEdges: z.number().int(),
      /** Null where nobody knows how many. */
      lostSamples: z.number().int().nullable(),
      losses: z.array(traceLossSchema).max(50),
      measuredVoltageV: z.number().nullable(),
    })
    .nullable(),
  /** Null where nothing could be computed. */
  figures: energyFiguresSchema.nullable(),
});
export type LiveEnergy = z.infer<typeof liveEnergySchema>;

/** Why a window should be looked at before the run goes on. */
export const windowDoubtSchema = z.object({
  window: z.number().int(),
  /** Too short by the rule; far from the others; its time marks are not the two that there must be; samples of the monitor are missing in it. */
  why: z.enum(['tooShort', 'noisy', 'marks', 'gap']),
});
export type WindowDoubt = z.infer<typeof windowDoubtSchema>;

/** ROC curves of an accuracy run, each from (0, 0) to (1, 1). */
export const liveRocSchema = z.object({
  /** One curve for an anomaly detector and for two classes, else one a class. */
  kind: z.enum(['anomaly', 'binary', 'classes']),
  /** At most six; of more classes those with the smallest area. */
  curves: z.array(
    z.object({
      /** The class that counts as positive. */
      classIndex: z.number().int(),
      /** Exact area of the whole curve; null where it has none. */
      auc: z.number().nullable(),
      /** False and true positive rate, thinned for drawing. */
      points: z.array(z.tuple([z.number(), z.number()])),
    }),
  ),
  /** How many classes there are. */
  classes: z.number().int(),
});
export type LiveRoc = z.infer<typeof liveRocSchema>;

/** One run of a session as it is followed live and as it is shown afterwards. */
export const liveRunSchema = z.object({
  runId: z.string(),
  workload: z.string(),
  title: z.string(),
  mode: z.enum(['performance', 'accuracy', 'energy']),
  status: runStatusSchema,
  /** `resting`: an energy run leaves the DUT alone. */
  phase: z.enum(['waiting', 'connecting', 'calibrating', 'measuring', 'resting', 'judging', 'done']),
  classes: z.array(z.string()).nullable(),
  inputsTotal: z.number().int(),
  inputsDone: z.number().int(),
  /** Performance: inferences of the window under way. */
  iterations: z.number().int().optional(),
  windows: z.array(windowResultSchema),
  /** Accuracy: [true class][predicted class], and the inputs whose first arg-max was right. */
  confusion: z.array(z.array(z.number().int())),
  correct: z.number().int(),
  last: z
    .object({ file: z.string(), label: z.number().int(), predicted: z.number().int(), scores: z.array(z.number()) })
    .optional(),
  roc: liveRocSchema.optional(),
  /** Windows measured once more at the operator's wish; the one under way, and what is wrong with windows that wait for a decision. */
  retried: z.number().int().optional(),
  retrying: z.number().int().optional(),
  doubts: z.array(windowDoubtSchema).optional(),
  /** Largest |host/DUT - 1| over the windows so far, as a fraction. */
  clockRatio: z.number().optional(),
  verdict: z.enum(['valid', 'remarks', 'invalid']).optional(),
  qualityTarget: z.enum(['met', 'missed', 'notApplicable']).optional(),
  reasons: z.array(z.string()),
  medianThroughputInfPerS: z.number().optional(),
  top1: z.number().optional(),
  aucExact: z.number().optional(),
  /** Energy: time marks in the trace so far, and how many there will be. */
  timeMarks: z.object({ seen: z.number().int(), expected: z.number().int() }).optional(),
  energy: liveEnergySchema.optional(),
});
export type LiveRun = z.infer<typeof liveRunSchema>;

/** Something that an operator wrote down about a session or one of its runs. */
export const operatorNoteSchema = z.object({
  at: z.iso.datetime(),
  text: z.string(),
  /** Absent for the session as a whole. */
  runId: z.string().optional(),
});
export type OperatorNote = z.infer<typeof operatorNoteSchema>;

/** The state of topic `operation`: what a viewer needs to follow one run operation. */
export const liveOperationSchema = z.object({
  operation: operationSchema,
  simulated: z.boolean(),
  runs: z.array(liveRunSchema),
  /** Latest lines of the conversation with the DUT, oldest first; at most 500 are kept. */
  console: z.array(z.object({ atS: z.number(), channel: z.string(), text: z.string() })),
  /** What the operator noted, in order. */
  notes: z.array(operatorNoteSchema).optional(),
  /** Path of the finished report inside the session, once it is there. */
  report: z.string().optional(),
});
export type LiveOperation = z.infer<typeof liveOperationSchema>;
