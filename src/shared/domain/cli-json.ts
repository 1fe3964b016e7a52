import { z } from 'zod';
import { comparisonSchema, regressionSchema } from './comparison.ts';
import { flashRecordSchema } from './flash.ts';
import { sampleQuantitySchema } from './energy.ts';
import { probeSchema } from './flash.ts';
import { limitResultSchema, unitOutcomeSchema } from './batch.ts';
import { figureValueSchema, limitSchema, recipeReferenceSchema } from './recipe.ts';
import { sha256Schema } from './identity.ts';
import { keyKeepingSchema, publicKeySchema, signatureViewSchema } from './signature.ts';
import { sessionPageSchema } from './session-query.ts';
import { sessionSummarySchema } from './session-summary.ts';
import { workloadSchema } from './workload.ts';

/** The answers of the commands' `--json` that have no file of their own: one object on standard output. */

/** Any command that fails. */
export const errorAnswerSchema = z.object({
  error: z.object({
    code: z.string(),
    facts: z.record(z.string(), z.unknown()),
    what: z.string(),
    causes: z.array(z.string()),
    remedies: z.array(z.string()),
  }),
});

/** `joulebench devices` */
export const devicesAnswerSchema = z.object({
  ports: z.array(
    z.object({
      path: z.string(),
      usb: z.object({ vendorId: z.string(), productId: z.string() }).optional(),
      serial: z.string().optional(),
      manufacturer: z.string().optional(),
      location: z.string().optional(),
      /** The energy monitor that this port may lead to, by its USB identity: `lpm01a`, `ppk2`. */
      monitor: z.string().optional(),
    }),
  ),
});

/** `joulebench devices --probes` */
export const probesAnswerSchema = z.object({ probes: z.array(probeSchema) });

/** `joulebench report` */
export const reportAnswerSchema = z.object({ session: z.string(), report: z.string(), simulated: z.boolean() });

/** `joulebench report --batch` */
export const batchReportAnswerSchema = z.object({
  batch: z.string(),
  files: z.array(z.string()),
  simulated: z.boolean(),
});

/** `joulebench run --recipe` */
export const recipeRunAnswerSchema = z.object({
  recipe: recipeReferenceSchema,
  unit: z.string(),
  /** Id of the batch; null where none was named. */
  batch: z.string().nullable(),
  simulated: z.boolean(),
  /** Folders, one for each workload. */
  sessions: z.array(z.string()),
  /** Null where the unit was not measured to its end. */
  outcome: unitOutcomeSchema.nullable(),
  figures: z.array(figureValueSchema),
  limits: z.array(limitResultSchema.omit({ limit: true }).extend({ asked: limitSchema })),
});
export type RecipeRunAnswer = z.infer<typeof recipeRunAnswerSchema>;

/** `joulebench sign` */
export const signAnswerSchema = z.object({
  session: z.string(),
  signature: signatureViewSchema,
  /** The key was made with this signature. */
  keyMade: z.boolean(),
  /** The same key has signed in the other role. */
  sameKey: z.boolean(),
  /** The report with the signatures on it. */
  report: z.string(),
});

const key = z.object({ publicKey: publicKeySchema, fingerprint: z.string(), name: z.string() });

/** `joulebench keys` */
export const keysAnswerSchema = z.object({
  own: z.array(key.extend({ keeping: keyKeepingSchema, createdAt: z.iso.datetime() })),
  known: z.array(
    key.extend({ knownAs: z.string().optional(), firstSeenAt: z.iso.datetime(), firstSeenIn: z.string() }),
  ),
});

/** `joulebench serve`: written once it listens. */
export const serveAnswerSchema = z.object({ url: z.string(), port: z.number().int() });

/** `joulebench workloads` */
export const workloadsAnswerSchema = z.object({ workloads: z.array(workloadSchema) });

/** `joulebench model compile` */
export const modelCompileAnswerSchema = z.object({
  image: z.string(),
  source: z.string(),
  imageBytes: z.number().int(),
  arenaBytes: z.number().int(),
  sha256: sha256Schema,
  workload: z.string(),
});

const tensor = z.object({
  type: z.string(),
  shape: z.array(z.number().int()),
  scale: z.number().nullable(),
  zeroPoint: z.number().int().nullable(),
});

/** `joulebench model info`; the same facts as `ModelSummary` of the model compiler. */
export const modelInfoAnswerSchema = z.object({
  name: z.string(),
  fileBytes: z.number().int(),
  input: tensor,
  output: tensor,
  operators: z.array(
    z.object({
      index: z.number().int(),
      name: z.string(),
      inputs: z.array(tensor),
      output: tensor,
      macs: z.number().int(),
      weightBytes: z.number().int(),
      biasBytes: z.number().int(),
    }),
  ),
  macs: z.number().int(),
  weightBytes: z.number().int(),
  biasBytes: z.number().int(),
  memory: z
    .object({
      imageBytes: z.number().int(),
      arenaBytes: z.number().int(),
      activationPeakBytes: z.number().int(),
      activationPeakOp: z.number().int(),
    })
    .nullable(),
  refusal: z
    .object({ code: z.string(), facts: z.record(z.string(), z.unknown()), detail: z.string().optional() })
    .nullable(),
});

/** `joulebench model check` */
export const modelCheckAnswerSchema = z.object({
  passed: z.boolean(),
  model: z.string(),
  vectors: z.array(
    z.object({
      seed: z.number().int(),
      passed: z.boolean(),
      firstDifference: z
        .object({
          index: z.number().int(),
          operator: z.string(),
          shape: z.array(z.number().int()),
          expectedCrc32: z.string(),
          actualCrc32: z.string(),
          expectedFirst8: z.array(z.number().int()),
          actualFirst8: z.array(z.number().int()),
        })
        .nullable(),
      outputDifference: z
        .object({ index: z.number().int(), expected: z.number().nullable(), actual: z.number().nullable() })
        .nullable(),
    }),
  ),
});

const traceFacts = {
  file: z.string(),
  simulated: z.boolean(),
  quantity: sampleQuantitySchema,
  sampleRateHz: z.number().positive(),
};

/** `joulebench trace info` */
export const traceInfoAnswerSchema = z.object({
  ...traceFacts,
  formatVersion: z.number().int(),
  bytes: z.number().int(),
  /** False when the recording program ended before it closed the file. */
  closed: z.boolean(),
  /** Bytes at the end that hold no whole block. */
  droppedBytes: z.number().int(),
  samples: z.number().int(),
  durationS: z.number(),
  createdAt: z.string(),
  program: z.string(),
  instrument: z.object({ kind: z.string(), model: z.string(), serial: z.string(), firmware: z.string() }),
  voltageV: z.number().nullable(),
  channels: z.object({ raw: z.boolean(), ranges: z.boolean(), digital: z.boolean() }),
  edgeResolutionS: z.number(),
  note: z.string(),
  edges: z.number().int(),
  losses: z.number().int(),
  marks: z.array(z.object({ name: z.string(), sampleIndex: z.number(), timeS: z.number() })),
  /** Whether every byte was read; without, only what was met on the way is listed as damaged. */
  checked: z.boolean(),
  damaged: z.array(z.object({ offsetBytes: z.number().int(), reason: z.string() })),
});

/** `joulebench trace stats`; `min` to `rms` in A, J or W as `quantity` says, null where the interval holds gaps only. */
export const traceStatsAnswerSchema = z.object({
  ...traceFacts,
  window: z.number().int().nullable(),
  fromS: z.number(),
  toS: z.number(),
  firstSample: z.number().int(),
  endSample: z.number().int(),
  count: z.number().int(),
  gaps: z.number().int(),
  saturated: z.number().int(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  rms: z.number().nullable(),
  energyJ: z.number().nullable(),
  chargeC: z.number().nullable(),
  /** Energy over the time of the samples that are there. */
  meanPowerW: z.number().nullable(),
});

/** `joulebench trace export` */
export const traceExportAnswerSchema = z.object({
  file: z.string(),
  simulated: z.boolean(),
  format: z.enum(['csv', 'eembc']),
  files: z.array(z.string()),
  samples: z.number().int(),
});

/** `joulebench trace import` */
export const traceImportAnswerSchema = z.object({
  source: z.string(),
  format: z.string(),
  trace: z.string(),
  sha256: sha256Schema,
  samples: z.number().int(),
  sampleRateHz: z.number().positive(),
  durationS: z.number(),
  edges: z.number().int(),
  warnings: z.array(
    z.object({ code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])), text: z.string() }),
  ),
});

/**
 * `compare --json`: `comparison` holds every figure of all sessions, `regressions` what the limits say. `energy` are the ratios A / B of
 * the first two sessions in short, each workload whose energy both measured.
 */
export const compareAnswerSchema = z.object({
  a: z.string(),
  b: z.string(),
  simulated: z.boolean(),
  /** False where nothing could be compared; the obstacles in `comparison` say why. */
  comparable: z.boolean(),
  comparison: comparisonSchema,
  regressions: z.array(regressionSchema),
  energy: z.array(
    z.object({
      workload: z.string(),
      energyUJPerInfA: z.number(),
      energyUJPerInfB: z.number(),
      /** A / B, with its expanded uncertainty: smaller than that of either figure where both were measured on one bench. */
      ratio: z.number(),
      expandedUncertainty: z.number(),
      coverageFactor: z.number(),
      sameBench: z.boolean(),
      /** Probability of such a difference between equal DUTs; null between benches. */
      p: z.number().nullable(),
      significant: z.boolean().nullable(),
      /** Smallest relative difference that would have been told apart. */
      smallestDifference: z.number(),
      largerThanUncertainty: z.boolean(),
    }),
  ),
});
export type CompareAnswer = z.infer<typeof compareAnswerSchema>;

/** `flash --json`, when nothing is measured afterwards. */
export const flashAnswerSchema = z.object({
  record: flashRecordSchema,
  /** Serial ports of the board. */
  ports: z.array(z.string()),
  /** The tool's full log. */
  log: z.string(),
});
export type FlashAnswer = z.infer<typeof flashAnswerSchema>;

/** `joulebench sessions list` */
export const sessionsListAnswerSchema = sessionPageSchema.extend({ folder: z.string() });

/** `joulebench sessions show` */
export const sessionsShowAnswerSchema = z.object({ session: sessionSummarySchema, bytes: z.number().nonnegative() });
export type SessionsShowAnswer = z.infer<typeof sessionsShowAnswerSchema>;

/** `joulebench sessions export` */
export const sessionsExportAnswerSchema = z.object({ file: z.string(), sessions: z.array(z.string()) });
export type SessionsExportAnswer = z.infer<typeof sessionsExportAnswerSchema>;

/** `joulebench sessions delete`: each with its name in the trash. */
export const sessionsDeleteAnswerSchema = z.object({
  deleted: z.array(z.object({ sessionId: z.string(), trashed: z.string() })),
});
export type SessionsDeleteAnswer = z.infer<typeof sessionsDeleteAnswerSchema>;

/** `joulebench sessions restore` */
export const sessionsRestoreAnswerSchema = z.object({ restored: z.array(z.string()) });
export type SessionsRestoreAnswer = z.infer<typeof sessionsRestoreAnswerSchema>;
