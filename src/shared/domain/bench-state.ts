import { z } from 'zod';
import { instrumentIdentitySchema } from './identity.ts';
import { faultRecordSchema } from './operation.ts';

/** Who holds an instrument: one holder at a time over all windows, tabs and processes. */
export const lockHolderSchema = z.object({
  /** Process that holds it, and what for. */
  pid: z.number().int(),
  host: z.string(),
  program: z.string(),
  purpose: z.string(),
  sinceEpochMs: z.number(),
  /** True when this process holds it. */
  ours: z.boolean(),
});
export type LockHolder = z.infer<typeof lockHolderSchema>;

export const instrumentStateSchema = z.object({
  identity: instrumentIdentitySchema,
  state: z.enum(['absent', 'present', 'ready', 'busy', 'fault']),
  holder: lockHolderSchema.optional(),
  /** The one figure that matters, ready to be shown beside the word (a voltage, a model id). */
  figure: z.string().optional(),
  /** Its last error. */
  fault: faultRecordSchema.optional(),
});
export type InstrumentState = z.infer<typeof instrumentStateSchema>;

/** The state of topic `bench`. */
export const benchStateSchema = z.object({
  id: z.string(),
  name: z.string(),
  simulated: z.boolean(),
  open: z.boolean(),
  /** Pace of a virtual bench: `max`, `real` (1) or a factor. */
  pace: z.union([z.literal('max'), z.number().positive()]).optional(),
  instruments: z.array(instrumentStateSchema),
  /** The operation under way on this bench. */
  operationId: z.string().optional(),
});
export type BenchState = z.infer<typeof benchStateSchema>;
