import { z } from 'zod';

/** What an operator may set for a run; the defaults are right for nine runs of ten. */
export const runSettingsSchema = z.object({
  /** Inferences before the first stamp of a window; the published runs use 1 in 95 of 100 cases. */
  warmups: z.number().int().min(0).max(1000).default(1),
  /** Shortest window in seconds (rule PERF-03: 10). */
  minWindowS: z.number().min(0.1).max(3600).default(10),
  /** Fewest inferences in a window (rule PERF-04: 10). */
  minIterations: z.number().int().min(1).max(1_000_000).default(10),
  /** Fixes the inferences of a window instead of finding them by a calibration run. */
  iterations: z.number().int().min(1).max(100_000_000).optional(),
  /** After which loads the payload is read back from the DUT and compared. */
  verifyLoads: z.enum(['off', 'sampled', 'all']).default('sampled'),
  /** Deadline in seconds of the very first inference, before its duration is known. */
  firstInferenceDeadlineS: z.number().min(1).max(3600).default(60),
  /** Bytes of payload in one `db` command (1 to 38; 26 behind a relay). */
  chunkBytes: z.number().int().min(1).max(38).default(31),
  /** Energy: how long the DUT is left alone for its idle and for its sleep power, in seconds; 0 leaves the step out, absent means 5. */
  restS: z.number().min(0).max(3600).optional(),
});
export type RunSettings = z.infer<typeof runSettingsSchema>;

/** One performance window as it is shown and reported. */
export const windowResultSchema = z.object({
  /** 1 to 5, in the order of the inputs. */
  number: z.number().int().positive(),
  inputIndex: z.number().int().nonnegative(),
  inferences: z.number().int().positive(),
  /** By the DUT's clock, in seconds (the official figure). */
  seconds: z.number(),
  /** By the host's clock between the arrival of the two stamps, in seconds. */
  hostSeconds: z.number(),
  throughputInfPerS: z.number(),
});
export type WindowResult = z.infer<typeof windowResultSchema>;

export const runStatusSchema = z.enum(['running', 'paused', 'interrupted', 'completed', 'cancelled', 'failed']);
export type RunStatus = z.infer<typeof runStatusSchema>;
