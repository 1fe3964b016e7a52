import { z } from 'zod';
import { dutIdentitySchema, inferReportSchema, loadReportSchema } from './dut.ts';
import { artefactsSchema, benchIdentitySchema, certificateReferenceSchema, dutUnitSchema } from './identity.ts';
import { energySetupSchema, traceSummarySchema } from './energy.ts';
import { flashRecordSchema } from './flash.ts';
import { faultRecordSchema } from './operation.ts';
import { recipeReferenceSchema } from './recipe.ts';
import { runSettingsSchema, runStatusSchema } from './run.ts';
import { figuresSchema } from './figures.ts';
import { runJudgementSchema } from './verdict.ts';
import { inputSetIdentitySchema, modeSchema, workloadSchema } from './workload.ts';

/** Version of the journal's records; a reader refuses a newer one and opens every older one for ever. */
export const journalFormat = 2;
const readableFormats = [1, 2] as const;

/** A step of a run, written before it is taken. */
export const stepSchema = z.discriminatedUnion('kind', [
  /** Handshake: who is there, in which mode, with which model. */
  z.object({ kind: z.literal('identify'), attempt: z.number().int().positive() }),
  /** Ask for a stamp of the DUT's counter: edge 0 of a performance run. */
  z.object({ kind: z.literal('timestamp'), attempt: z.number().int().positive() }),
  /** Load an input and run `iterations` inferences on it. */
  z.object({
    kind: z.literal('measure'),
    purpose: z.enum(['calibration', 'window', 'input']),
    inputIndex: z.number().int().nonnegative(),
    iterations: z.number().int().positive(),
    warmups: z.number().int().nonnegative(),
    /** Number of the window, 1 to 5. */
    window: z.number().int().positive().optional(),
    /** The operator asked for this window once more: it takes the place of the one before. */
    retry: z.literal(true).optional(),
    attempt: z.number().int().positive(),
    verify: z.boolean(),
    deadlineS: z.number().positive(),
  }),
  /** Energy: supply on or off. The DUT boots when it comes on. */
  z.object({ kind: z.literal('supply'), on: z.boolean(), attempt: z.number().int().positive() }),
  /** Energy: the monitor records from here on, or stops. */
  z.object({ kind: z.literal('record'), on: z.boolean(), attempt: z.number().int().positive() }),
  /** Energy: leave the DUT alone for a while, waiting for a command or asleep. */
  z.object({
    kind: z.literal('rest'),
    state: z.enum(['idle', 'sleep']),
    durationS: z.number().positive(),
    attempt: z.number().int().positive(),
  }),
]);
export type Step = z.infer<typeof stepSchema>;
export type MeasureStep = Extract<Step, { kind: 'measure' }>;

/** Edges that the monitor reported during a step, in samples since the trace began, and the edges before it. */
export const edgeMarksSchema = z.object({
  /** Edges of the trace before this step. */
  before: z.number().int().nonnegative(),
  edges: z.array(z.number().nonnegative()).max(1000),
  sampleRateHz: z.number().positive(),
});
export type EdgeMarks = z.infer<typeof edgeMarksSchema>;

/** What came of the step before it. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('identified'), dut: dutIdentitySchema }),
  /** `lapUs` is null in energy mode, where the stamp is a pulse that the monitor sees: its edges are in `marks`. */
  z.object({
    kind: z.literal('stamped'),
    lapUs: z.number().int().nonnegative().nullable(),
    marks: edgeMarksSchema.optional(),
  }),
  z.object({
    kind: z.literal('measured'),
    load: loadReportSchema,
    infer: inferReportSchema,
    /** Energy: what the monitor saw meanwhile. */
    marks: edgeMarksSchema.optional(),
  }),
  z.object({ kind: z.literal('supplied'), voltageV: z.number().nullable() }),
  /** `traceFile` is the path inside the session; null when recording stopped. */
  z.object({
    kind: z.literal('recording'),
    traceFile: z.string().nullable(),
    /** Once it has stopped: what is not in the trace itself. */
    readings: z
      .object({
        voltageV: z.number().nullable(),
        temperatureC: z.number().nullable(),
        /** From the arrival of the first to that of the last sample by the host's clock. */
        hostDurationS: z.number().nonnegative(),
      })
      .optional(),
  }),
  z.object({ kind: z.literal('rested'), startSample: z.number(), endSample: z.number() }),
  /** A rest that the DUT does not know (a vendor's firmware without `sleep`). */
  z.object({ kind: z.literal('notSupported'), reply: z.string() }),
  z.object({ kind: z.literal('failed'), fault: faultRecordSchema, retryable: z.boolean() }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

const runId = z.string().regex(/^r\d{1,4}$/);

/** What happened, in the order in which it happened. `atS` is seconds of the bench's clock since the session was opened. */
export const journalRecordSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('session.opened'),
    /** 2 added energy runs. */
    format: z.literal(readableFormats),
    sessionId: z.string(),
    app: z.object({ name: z.string(), version: z.string() }),
    operator: z.string(),
    dutUnit: dutUnitSchema,
    bench: benchIdentitySchema,
    division: z.enum(['closed', 'open', 'none']),
    certificates: z.array(certificateReferenceSchema),
    /** The recipe that was followed; absent without one. */
    recipe: recipeReferenceSchema.optional(),
  }),
  /** The session was opened again after an interruption; what follows was measured by this program and bench. */
  z.object({
    type: z.literal('session.reopened'),
    app: z.object({ name: z.string(), version: z.string() }),
    bench: benchIdentitySchema,
    droppedBytes: z.number().int(),
  }),
  z.object({
    type: z.literal('run.opened'),
    runId,
    workload: workloadSchema,
    mode: modeSchema,
    settings: runSettingsSchema,
    artefacts: artefactsSchema,
    inputSet: inputSetIdentitySchema,
    /** The files of the set in order, each with its true class. */
    files: z.array(z.tuple([z.string(), z.number().int().nonnegative()])),
    /** Energy runs only. */
    energy: energySetupSchema.optional(),
    /** What was flashed onto the DUT for this session. */
    flash: flashRecordSchema.optional(),
  }),
  z.object({ type: z.literal('run.step'), runId, step: stepSchema }),
  z.object({ type: z.literal('run.outcome'), runId, outcome: outcomeSchema }),
  /** What the trace of an energy run says; written when recording has ended. */
  z.object({ type: z.literal('run.trace'), runId, trace: traceSummarySchema }),
  z.object({ type: z.literal('run.closed'), runId, status: runStatusSchema, fault: faultRecordSchema.optional() }),
  z.object({ type: z.literal('run.judged'), runId, figures: figuresSchema, judgement: runJudgementSchema }),
  z.object({
    type: z.literal('session.note'),
    text: z.string().max(4000),
    /** The run that it is about; absent for the session as a whole. */
    runId: runId.optional(),
  }),
  z.object({ type: z.literal('session.closed') }),
]);
export type JournalRecord = z.infer<typeof journalRecordSchema>;
export type JournalRecordOf<T extends JournalRecord['type']> = Extract<JournalRecord, { type: T }>;

/** A record with its place in the chain. */
export interface JournalEntry {
  /** From 0, without gaps. */
  n: number;
  /** Calendar time, ISO 8601, by the bench's clock. */
  at: string;
  /** Seconds of the bench's clock since the session was opened or reopened. */
  atS: number;
  record: JournalRecord;
  /** SHA-256 of this entry's text and the hash before it. */
  hash: string;
}
