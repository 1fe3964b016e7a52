import { z } from 'zod';
import { dutUnitSchema } from './identity.ts';

/** One session in a list. */
export const sessionSummarySchema = z.object({
  sessionId: z.string(),
  folder: z.string(),
  createdAt: z.iso.datetime(),
  operator: z.string(),
  dutUnit: dutUnitSchema,
  simulated: z.boolean(),
  /** Open: it was not finished and can be resumed. */
  state: z.enum(['open', 'closed', 'damaged']),
  runs: z.array(
    z.object({ workload: z.string(), mode: z.string(), verdict: z.string().optional(), figure: z.string().optional() }),
  ),
  /** Path of the report inside the session. */
  report: z.string().optional(),
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;
