import { z } from 'zod';
import { sha256Schema } from './identity.ts';
import { operationSchema } from './operation.ts';

/** The guided procedures (uncertainty, sections 9.1 to 9.7). */
export const procedureIdSchema = z.enum([
  'monitor-zero',
  'monitor-gain',
  'instrument-selfcal',
  'timestamp-path',
  'dut-clock',
  'uart-integrity',
  'supply-voltage',
]);
export type ProcedureId = z.infer<typeof procedureIdSchema>;

/** Something that the operator enters. Its words stand under `calibration.field.<id>`. */
export const fieldSchema = z.object({
  id: z.string().max(40),
  kind: z.enum(['number', 'text', 'flag']),
  /** SI unit of a number; empty for ratios. */
  unit: z.string().max(10).default(''),
  /** Limits of plausibility, not of acceptance. */
  min: z.number().optional(),
  max: z.number().optional(),
  required: z.boolean().default(true),
  default: z.union([z.number(), z.string(), z.boolean()]).optional(),
});
export type Field = z.infer<typeof fieldSchema>;

/** What a `read` step listens to. */
export const channelSchema = z.enum([
  'current',
  'temperature',
  'supplyVoltage',
  'selfCalibrate',
  'selfTest',
  'pulses',
  'pairs',
  'dutWindows',
  'uart',
]);
export type Channel = z.infer<typeof channelSchema>;

/** One step of a procedure; its words stand under `calibration.step.<text>`. */
export const stepSchema = z.object({
  id: z.string().max(40),
  kind: z.enum(['instruct', 'confirm', 'enter', 'read', 'wait', 'compute', 'decide']),
  text: z.string().max(60),
  /** `load`: once for each load; `first`: once more for the first resistor. Neighbours with the same value make one group. */
  each: z.enum(['once', 'load', 'first']).default('once'),
  /** The step is passed over unless all of these hold. */
  when: z
    .array(z.enum(['resistor', 'open', 'continuous', 'pulsed', 'noTemperature', 'gainCertificate']))
    .max(3)
    .default([]),
  /** What the supply must be when the step begins; `keep` leaves it. */
  power: z.enum(['on', 'off', 'keep']).default('keep'),
  /** What the DUT does meanwhile, where it is powered: waits, or infers. */
  activity: z.enum(['idle', 'active', 'none']).default('none'),
  channel: channelSchema.optional(),
  /** Seconds that a stable current is left alone before it is measured. */
  settleS: z.number().nonnegative().optional(),
  /** Seconds of measuring or waiting. */
  seconds: z.number().positive().optional(),
  /** Pulses, windows or round trips. */
  count: z.number().int().positive().optional(),
  fields: z.array(fieldSchema).max(12).default([]),
  /** Where a failed step begins again; `stop` ends the procedure. */
  onFail: z.enum(['repeatStep', 'repeatGroup', 'stop']).default('repeatStep'),
});
export type ProcedureStep = z.infer<typeof stepSchema>;

/** The loads with which one range of one kind of monitor is calibrated at voltages of that interval; null is the open output. */
export const loadTableSchema = z.object({
  monitor: z.string().max(20),
  range: z.number().int().nonnegative(),
  name: z.string().max(20),
  minV: z.number().positive(),
  maxV: z.number().positive(),
  /** Span to be certified, in A. */
  spanA: z.tuple([z.number().nonnegative(), z.number().positive()]),
  ohm: z.array(z.number().positive().nullable()).min(1).max(20),
});
export type LoadTable = z.infer<typeof loadTableSchema>;

/** A procedure file: `resources/calibration/<id>.json`. */
export const procedureSchema = z.object({
  id: procedureIdSchema,
  version: z.number().int().positive(),
  /** What it is done with; words under `calibration.equipment.<key>`. */
  equipment: z.array(z.string().max(40)).max(10),
  /** What must hold before it; words under `calibration.precondition.<key>`. */
  preconditions: z.array(z.string().max(40)).max(10),
  /** Instruments it uses. */
  uses: z.array(z.enum(['monitor', 'dut'])),
  /** Kinds of monitor it is for; absent for any. */
  monitors: z.array(z.string()).optional(),
  /** Which build of the DUT's firmware it speaks to. */
  timestampMode: z.enum(['performance', 'energy']).optional(),
  steps: z.array(stepSchema).min(1).max(60),
  loads: z.array(loadTableSchema).max(40).default([]),
  /** Limits of acceptance by name; each procedure's computation says which it knows. */
  acceptance: z.record(z.string(), z.number()),
  expiryDays: z.number().positive(),
  /** Highest power of a resistor as a share of its rating: continuous, and in pulses. */
  safety: z.object({ continuousShare: z.number().positive(), pulsedShare: z.number().positive() }).optional(),
});
export type Procedure = z.infer<typeof procedureSchema>;

export const answerValuesSchema = z.record(
  z.string().max(40),
  z.union([z.number(), z.string().max(200), z.boolean(), z.null()]),
);
export type AnswerValues = z.infer<typeof answerValuesSchema>;

/** What came of reading a constant current. Currents are in A as the monitor showed them, uncorrected. */
export const currentReadingSchema = z.object({
  kind: z.literal('current'),
  meanA: z.number(),
  /** Of single samples. */
  sdA: z.number(),
  samples: z.number().int().positive(),
  /** Of means of blocks, and how many blocks there are. */
  blockSdA: z.number(),
  blocks: z.number().int().nonnegative(),
  /** Standard uncertainty of the mean: from samples, or from blocks where the noise is not white. */
  standardErrorA: z.number(),
  /** The range that most samples were in, and its share; range 0 and share 1 where the stream names none. */
  range: z.number().int().nonnegative(),
  rangeShare: z.number(),
  /** Mean of the last third less mean of the first, in A. */
  trendA: z.number(),
  lostSamples: z.number().int().nonnegative(),
  saturatedSamples: z.number().int().nonnegative(),
  /** Samples of exactly 0: a monitor that cannot show less says no more than "0 or below" with them. */
  zeroSamples: z.number().int().nonnegative(),
  durationS: z.number(),
  /** How long it took to become stable; null when it did not. */
  settledAfterS: z.number().nullable(),
});
export type CurrentReading = z.infer<typeof currentReadingSchema>;

/** Time marks: when the source sent them by the host's clock, and when the monitor saw them by its own. */
export const edgeReadingSchema = z.object({
  kind: z.literal('edges'),
  sentS: z.array(z.number()).max(5000),
  /** Samples / rate. */
  seenS: z.array(z.number()).max(20_000),
  levels: z.array(z.enum(['fall', 'rise', 'unknown'])).max(20_000),
  /** How long each mark lasted in s, from its falling to its rising edge, of a monitor that sees both. */
  widthsS: z.array(z.number()).max(20_000).optional(),
  /** Time resolution of the monitor in s. */
  resolutionS: z.number().positive(),
  /** By how much the source may miss the instant that it states, in s. */
  sourceJitterS: z.number().nonnegative(),
});
export type EdgeReading = z.infer<typeof edgeReadingSchema>;

export const readingSchema = z.discriminatedUnion('kind', [
  currentReadingSchema,
  edgeReadingSchema,
  z.object({ kind: z.literal('temperature'), temperatureC: z.number().nullable() }),
  z.object({ kind: z.literal('supplyVoltage'), voltageV: z.number().nullable() }),
  /** `ok` is null where the instrument has no such function. */
  z.object({ kind: z.literal('check'), ok: z.boolean().nullable(), lines: z.array(z.string().max(400)).max(100) }),
  z.object({
    kind: z.literal('dutWindows'),
    windows: z.array(z.object({ iterations: z.number().int(), dutS: z.number(), hostS: z.number() })).max(100),
    stampJitterS: z.number(),
  }),
  z.object({
    kind: z.literal('uart'),
    roundTrips: z.number().int(),
    bytes: z.number().int(),
    errors: z.number().int(),
    chunkBytes: z.number().int(),
    baud: z.number().nullable(),
    medianLatencyS: z.number(),
    p99LatencyS: z.number(),
  }),
]);
export type Reading = z.infer<typeof readingSchema>;

/** Why a step cannot stand as it is; words under `calibration.problem.<code>`. */
export const problemSchema = z.object({
  code: z.string().max(40),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The field that is wrong, where it is one. */
  field: z.string().optional(),
});
export type Problem = z.infer<typeof problemSchema>;

const reference = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('resistor'),
    id: z.string(),
    ohm: z.number().positive(),
    tolRel: z.number().nonnegative(),
    tcrPerK: z.number().nonnegative(),
    ratingW: z.number().positive(),
    due: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('dmm'),
    model: z.string(),
    serial: z.string(),
    gainRel: z.number().nonnegative(),
    digitsV: z.number().nonnegative(),
    inputOhm: z.number().positive().nullable(),
    due: z.string().nullable(),
  }),
]);
export type Reference = z.infer<typeof reference>;

/** Format of a certificate; a reader refuses a newer one. */
export const certificateFormat = 'joulebench.cert/1';

/** The dated outcome of a calibration (docs/formats/certificate.md). */
export const certificateSchema = z.object({
  schema: z.literal(certificateFormat),
  id: z.string().min(1).max(120),
  procedure: procedureIdSchema,
  procedureVersion: z.number().int().positive(),
  operator: z.string().max(120),
  dateUtc: z.iso.datetime(),
  expiresUtc: z.iso.datetime(),
  simulated: z.boolean(),
  program: z.string().max(120),
  instrument: z.object({
    kind: z.string(),
    model: z.string(),
    serial: z.string(),
    firmware: z.string(),
    constantsSha256: sha256Schema.nullable(),
  }),
  ambientC: z.object({
    start: z.number().nullable(),
    end: z.number().nullable(),
    source: z.enum(['instrument', 'entered', 'unknown']),
  }),
  setVoltageV: z.number().positive().nullable(),
  /** What the samples were: `current`, `energy` or `power`; null where no samples were read. */
  mode: z.enum(['current', 'energy', 'power']).nullable(),
  filter: z.enum(['none', 'spike']).nullable(),
  references: z.array(reference).max(60),
  readings: z
    .array(
      z.object({
        load: z.string(),
        vV: z.number().nullable(),
        iRefA: z.number(),
        /** Standard uncertainty from causes that no other reading shares, in A. */
        uIndepA: z.number(),
        xA: z.number(),
        sdA: z.number(),
        n: z.number().int(),
        range: z.number().int(),
        rangeShare: z.number(),
        tS: z.number(),
      }),
    )
    .max(200),
  ranges: z
    .array(
      z.object({
        range: z.number().int().nonnegative(),
        name: z.string(),
        spanA: z.tuple([z.number(), z.number()]),
        offsetA: z.number(),
        slope: z.number().positive(),
        /** [var offset (A^2), covariance (A), var slope]. */
        cov: z.tuple([z.number(), z.number(), z.number()]),
        chi2: z.number(),
        nu: z.number().int(),
        /** False where the loads did not reach far enough and the offset was held at 0. */
        offsetFitted: z.boolean(),
        /** Standard uncertainties, relative. */
        commonRel: z.object({ dmm: z.number(), tcr: z.number() }),
        residuals: z.array(z.number()),
      }),
    )
    .max(10),
  zero: z.object({ range: z.number().int(), offsetA: z.number(), uA: z.number() }).nullable(),
  selfcal: z
    .object({
      calibrated: z.boolean().nullable(),
      tested: z.boolean().nullable(),
      lines: z.array(z.string()),
      /** Check with one load against the gain certificate: relative error and what it may be. */
      verify: z.object({ certificateId: z.string(), error: z.number(), allowed: z.number() }).nullable(),
    })
    .nullable(),
  timestamp: z
    .object({
      sent: z.number().int(),
      seen: z.number().int(),
      lost: z.number().int(),
      polarity: z.enum(['fall', 'rise', 'unknown', 'mixed']),
      intervalMeanS: z.number(),
      intervalSdS: z.number(),
      /** Largest less smallest delay from the request to the mark in the trace, in s: their common part no clock can tell. */
      delaySpreadS: z.number().optional(),
      /** Length of a mark as the monitor sees it: what its two edges are delayed differently shows here. */
      markWidthS: z.object({ mean: z.number(), sd: z.number() }).nullable().optional(),
      resolutionS: z.number(),
      /** Host time = C * monitor time. */
      c: z.number(),
      uC: z.number(),
    })
    .nullable(),
  dutClock: z.object({ ppm: z.number(), uPpm: z.number(), seconds: z.number() }).nullable(),
  uart: z
    .object({
      roundTrips: z.number().int(),
      bytes: z.number().int(),
      errors: z.number().int(),
      /** 95 % bound of the rate of wrong bytes when none was seen. */
      errorRateBound: z.number(),
      medianLatencyS: z.number(),
      p99LatencyS: z.number(),
      baud: z.number().nullable(),
      chunkBytes: z.number().int(),
    })
    .nullable(),
  supply: z
    .object({
      board: z.string(),
      idleV: z.number(),
      activeV: z.number(),
      /** Energy-weighted mean at the DUT, and its standard uncertainty, relative. */
      voltageV: z.number(),
      uRel: z.number(),
      sourceOhm: z.number().nullable(),
      instrumentV: z.number().nullable(),
    })
    .nullable(),
  result: z.enum(['pass', 'fail']),
  /** Keys of remarks and of what failed; words under `calibration.remark.<key>`. */
  remarks: z.array(z.string()),
  sha256Previous: sha256Schema,
  sha256: sha256Schema,
});
export type Certificate = z.infer<typeof certificateSchema>;
/** Everything that a procedure decides; the store adds identity of the chain. */
export type CertificateBody = Omit<Certificate, 'sha256Previous' | 'sha256'>;

/** How a certificate stands to an instrument and an instant. */
/** `future`: dated later than the computer's clock, so one of the two clocks was wrong; never applied. */
export const certificateStateSchema = z.enum(['valid', 'expired', 'failed', 'future']);
export type CertificateState = z.infer<typeof certificateStateSchema>;

export const certificateSummarySchema = z.object({
  id: z.string(),
  procedure: procedureIdSchema,
  model: z.string(),
  serial: z.string(),
  dateUtc: z.string(),
  expiresUtc: z.string(),
  operator: z.string(),
  simulated: z.boolean(),
  state: certificateStateSchema,
  remarks: z.array(z.string()),
});
export type CertificateSummary = z.infer<typeof certificateSummarySchema>;

/** A file in the folder of certificates that is none, or does not fit into the chain. */
export const certificateProblemSchema = z.object({
  file: z.string(),
  reason: z.enum(['notReadable', 'notValid', 'newerVersion', 'changed', 'brokenChain']),
});
export type CertificateProblem = z.infer<typeof certificateProblemSchema>;

/** What is measured with, said before the first step. */
export const calibrationSetupSchema = z.object({
  operator: z.string().max(120).default(''),
  /** Supply for the measurement. */
  voltageV: z.number().positive().max(60).default(3),
  /** Limits of the board, where one is connected. */
  supplyLimits: z.object({ minV: z.number().positive(), maxV: z.number().positive() }).nullable().default(null),
  board: z.string().max(120).default(''),
  /** Ranges to calibrate; empty for all. */
  ranges: z.array(z.number().int().nonnegative()).max(10).default([]),
});
export type CalibrationSetup = z.infer<typeof calibrationSetupSchema>;

/** What a page or a command line says of it; the rest comes from settings and the board catalogue. */
export const calibrationSetupChoiceSchema = z.object({
  operator: z.string().max(120).optional(),
  voltageV: z.number().positive().max(60).optional(),
  ranges: z.array(z.number().int().nonnegative()).max(10).optional(),
});
export type CalibrationSetupChoice = z.infer<typeof calibrationSetupChoiceSchema>;

export const calibrationLoadSchema = z.object({
  range: z.number().int().nonnegative(),
  /** Null for the open output. */
  nominalOhm: z.number().nullable(),
});
export type CalibrationLoad = z.infer<typeof calibrationLoadSchema>;

/** A question to the operator: what is to be done, what is to be entered. */
export const questionSchema = z.object({
  /** Number of the question in this procedure: an answer to an older one is not taken. */
  number: z.number().int().nonnegative(),
  /** Key of the place: `voltageBefore@3`; the answers file of the command line uses it. */
  place: z.string(),
  kind: z.enum(['instruct', 'confirm', 'enter', 'problem']),
  /** Under `calibration.step.` or, for a problem, `calibration.problem.`. */
  text: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  fields: z.array(fieldSchema),
  /** What a simulated bench would answer. */
  suggested: answerValuesSchema.nullable(),
  /** For a problem: what can be done. */
  choices: z.array(z.enum(['repeat', 'keep', 'skip', 'stop'])),
});
export type Question = z.infer<typeof questionSchema>;

/** The state of topic `calibration`. */
export const wizardStateSchema = z.object({
  operation: operationSchema,
  procedure: procedureIdSchema,
  simulated: z.boolean(),
  instrument: z.object({ kind: z.string(), model: z.string(), serial: z.string() }).nullable(),
  /** The step under way. */
  step: z.object({
    id: z.string(),
    kind: z.string(),
    index: z.number().int(),
    count: z.number().int(),
    load: calibrationLoadSchema.nullable(),
  }),
  question: questionSchema.nullable(),
  /** Why the last answer was not taken. */
  refused: z.array(problemSchema),
  /** While the instrument is read. */
  live: z
    .object({
      phase: z.enum(['settling', 'measuring', 'waiting']),
      meanA: z.number().nullable(),
      remainingS: z.number(),
    })
    .nullable(),
  powered: z.boolean(),
  readings: z.array(
    z.object({
      place: z.string(),
      load: calibrationLoadSchema.nullable(),
      meanA: z.number(),
      standardErrorA: z.number(),
      range: z.number().int(),
    }),
  ),
  certificate: certificateSchema.nullable(),
});
export type WizardState = z.infer<typeof wizardStateSchema>;

/** A procedure as a page lists it; words under `calibration.`. */
export const procedureSummarySchema = procedureSchema
  .pick({ id: true, version: true, equipment: true, preconditions: true, uses: true, expiryDays: true })
  .extend({ timestampMode: z.enum(['performance', 'energy']).nullable(), monitors: z.array(z.string()).nullable() });
export type ProcedureSummary = z.infer<typeof procedureSummarySchema>;
