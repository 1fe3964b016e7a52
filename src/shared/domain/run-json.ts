import { z } from 'zod';
import { budgetSchema, energyFiguresSchema, monitorAcceptanceSchema } from './energy.ts';

const common = {
  workload: z.string(),
  verdict: z.enum(['valid', 'remarks', 'invalid']),
  /** The rules that failed, in words. */
  reasons: z.array(z.string()),
};

const windowSchema = z.object({ inferences: z.number().int(), seconds: z.number(), throughputInfPerS: z.number() });

/** One run in the answer of `joulebench run --json`. A figure that could not be computed is absent. */
export const runJsonSchema = z.discriminatedUnion('mode', [
  z.object({
    ...common,
    mode: z.literal('accuracy'),
    inputSet: z.enum(['official', 'subset', 'own']),
    qualityTarget: z.enum(['met', 'missed', 'notApplicable']),
    /** Inputs that were scored. */
    inputs: z.number().int(),
    correct: z.number().int().optional(),
    top1: z.number().min(0).max(1).optional(),
    aucExact: z.number().optional(),
    aucEembc: z.number().optional(),
    aucMlc: z.number().optional(),
  }),
  z.object({
    ...common,
    mode: z.literal('performance'),
    windows: z.array(windowSchema),
    medianThroughputInfPerS: z.number().optional(),
  }),
  z.object({
    ...common,
    mode: z.literal('energy'),
    monitor: z.object({
      kind: z.string(),
      model: z.string(),
      serial: z.string(),
      firmware: z.string(),
      acceptance: monitorAcceptanceSchema,
      triedOnHardware: z.boolean(),
      simulated: z.boolean(),
    }),
    windows: z.array(
      z.object({
        inferences: z.number().int(),
        seconds: z.number(),
        energyUJ: z.number(),
        powerUW: z.number(),
        energyUJPerInf: z.number(),
      }),
    ),
    /** Null where the measurement allows no figure. */
    medianEnergyUJPerInf: z.number().nullable(),
    expandedUncertaintyUJPerInf: z.number().nullable(),
    coverageFactor: z.number().nullable(),
    combinedStandardUncertaintyUJPerInf: z.number().nullable(),
    effectiveDegreesOfFreedom: z.number().nullable(),
    k95: z.number().nullable(),
    interval95UJPerInf: z.tuple([z.number(), z.number()]).nullable(),
    medianThroughputInfPerS: z.number().nullable(),
    medianPowerUW: z.number().nullable(),
    status: budgetSchema.shape.status,
    plane: budgetSchema.shape.plane,
    budget: budgetSchema.shape.rows,
    assumptions: z.array(z.string()),
    certificates: z.array(z.string()),
    corrected: z
      .object({
        medianEnergyUJPerInf: z.number(),
        expandedUncertaintyUJPerInf: z.number().nullable(),
        coverageFactor: z.number().nullable(),
        combinedStandardUncertaintyUJPerInf: z.number().nullable(),
        effectiveDegreesOfFreedom: z.number().nullable(),
        k95: z.number().nullable(),
        interval95UJPerInf: z.tuple([z.number(), z.number()]).nullable(),
        status: budgetSchema.shape.status,
        remarks: z.array(z.string()),
        budget: budgetSchema.shape.rows,
        assumptions: z.array(z.string()),
        certificates: z.array(z.string()),
      })
      .nullable(),
    rest: energyFiguresSchema.shape.rest,
    alwaysOn: energyFiguresSchema.shape.alwaysOn,
    /** The trace inside the session folder. */
    trace: z.string(),
  }),
]);
export type RunJson = z.infer<typeof runJsonSchema>;

/** The answer of `joulebench run --json`: one object on standard output. */
export const runAnswerSchema = z.object({
  /** The session folder. */
  session: z.string(),
  simulated: z.boolean(),
  runs: z.array(runJsonSchema),
});
export type RunAnswer = z.infer<typeof runAnswerSchema>;
