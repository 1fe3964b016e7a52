import { z } from 'zod';
import { sha256Schema } from './identity.ts';
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
    }),
  ),
});

/** `joulebench report` */
export const reportAnswerSchema = z.object({ session: z.string(), report: z.string(), simulated: z.boolean() });

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
