import { z } from 'zod';

/** A fault on its way through a message; see `FaultRecord`. */
export const faultRecordSchema = z.object({
  code: z.string(),
  facts: z.record(z.string(), z.unknown()),
  detail: z.string().optional(),
});

export const operationStateSchema = z.enum(['running', 'paused', 'cancelling', 'done', 'cancelled', 'failed']);
export type OperationState = z.infer<typeof operationStateSchema>;

/**
 * A long action of the host: a run, an export, a doctor's examination. It goes on when the window that started it is closed;
 * any number of viewers follow it.
 */
export const operationSchema = z.object({
  id: z.string(),
  kind: z.enum(['run', 'doctor', 'report', 'verify', 'calibration', 'flash']),
  benchId: z.string(),
  state: operationStateSchema,
  startedAt: z.iso.datetime(),
  /** Share done, 0 to 1, where an amount is known. */
  fraction: z.number().min(0).max(1).optional(),
  /** Key of the step's name in the locales (`ui.step.*`). */
  step: z.string(),
  /** Seconds that the rest will take by the bench's clock, where it can be told. */
  remainingS: z.number().optional(),
  sessionId: z.string().optional(),
  fault: faultRecordSchema.optional(),
});
export type Operation = z.infer<typeof operationSchema>;

/** A session that was left open and can be taken up: where it stopped. */
export const unfinishedRunSchema = z.object({
  sessionId: z.string(),
  title: z.string(),
  createdAt: z.iso.datetime(),
  simulated: z.boolean(),
  /** The run that did not finish; absent where all were measured and only the judgement or the report is missing. */
  mode: z.enum(['performance', 'accuracy', 'energy']).optional(),
  /** Inputs or windows. */
  done: z.number().int(),
  total: z.number().int(),
});
export type UnfinishedRun = z.infer<typeof unfinishedRunSchema>;
