import { z } from 'zod';
import { dutUnitSchema } from './identity.ts';
import { qualityTargetSchema } from './verdict.ts';

/** Open: it was not finished and can be resumed. Damaged: its journal was changed or cut in the middle. */
export const sessionStateSchema = z.enum(['open', 'closed', 'damaged']);
export type SessionState = z.infer<typeof sessionStateSchema>;

/** One run of a session in a list; `figure` is written in the host's language. */
export const runSummarySchema = z.object({
  runId: z.string(),
  workload: z.string(),
  mode: z.string(),
  verdict: z.string().optional(),
  qualityTarget: qualityTargetSchema.optional(),
  figure: z.string().optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** One session in a list. */
export const sessionSummarySchema = z.object({
  /** The name of its folder: what every other call asks for. */
  sessionId: z.string(),
  folder: z.string(),
  createdAt: z.iso.datetime(),
  operator: z.string(),
  dutUnit: dutUnitSchema,
  /** Id of the board in the catalogue, or what the DUT calls itself; absent where neither is known. */
  board: z.string().optional(),
  simulated: z.boolean(),
  state: sessionStateSchema,
  runs: z.array(runSummarySchema),
  /** Path of the report inside the session. */
  report: z.string().optional(),
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;
