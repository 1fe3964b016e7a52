import { z } from 'zod';
import { monitorAcceptanceSchema, supplyLimitsSchema } from './energy.ts';

/** An entry of the board catalogue, as a page needs it. */
export const boardSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  supplyV: supplyLimitsSchema,
  /** Where the limits come from. */
  source: z.string(),
});
export type BoardSummary = z.infer<typeof boardSummarySchema>;

/** A kind of energy monitor that can be driven. */
export const monitorSummarySchema = z.object({
  /** `lpm01a`, `ppk2`. */
  kind: z.string(),
  model: z.string(),
  acceptance: monitorAcceptanceSchema,
  triedOnHardware: z.boolean(),
  /** What it can be set to, in V. */
  voltageV: z.object({ min: z.number(), max: z.number() }),
  maxCurrentA: z.number(),
  sampleRateHz: z.number(),
});
export type MonitorSummary = z.infer<typeof monitorSummarySchema>;

/** Room for a trace where sessions are kept. */
export const traceRoomSchema = z.object({
  bytesPerS: z.number(),
  /** A run does not begin with less. */
  neededBytes: z.number(),
  freeBytes: z.number(),
});
export type TraceRoom = z.infer<typeof traceRoomSchema>;
