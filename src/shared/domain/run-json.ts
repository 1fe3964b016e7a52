import { z } from 'zod';

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
