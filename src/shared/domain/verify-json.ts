import { z } from 'zod';
import { figuresSchema } from './figures.ts';
import { keyTrustSchema, signatureViewSchema } from './signature.ts';

/** The answer of `joulebench verify --json`. */
export const verifyAnswerSchema = z.object({
  /** The session folder. */
  session: z.string(),
  holds: z.boolean(),
  problems: z.array(
    z.object({
      code: z.string(),
      /** Worth knowing, but no reason for doubt. */
      remark: z.boolean(),
      text: z.string(),
    }),
  ),
  /** Who signed the session, and what this computer knows of their keys. */
  signatures: z.array(signatureViewSchema.extend({ trust: keyTrustSchema })).optional(),
  /** The figures as computed again from the raw records. */
  runs: z.array(z.object({ runId: z.string(), workload: z.string(), mode: z.string(), figures: figuresSchema })),
});
export type VerifyAnswer = z.infer<typeof verifyAnswerSchema>;
