import { z } from 'zod';
import { sampleQuantitySchema, traceLossSchema } from './energy.ts';

const stretch = { startS: z.number(), endS: z.number() };

/** What is known about the recorded trace of a run before anything of it is drawn. Times are seconds since the trace began. */
export const traceFactsSchema = z.object({
  sampleRateHz: z.number().positive(),
  samples: z.number().int(),
  durationS: z.number(),
  quantity: sampleQuantitySchema,
  /** The set supply, which turns currents into powers. */
  voltageV: z.number().nullable(),
  simulated: z.boolean(),
  /** False when the recording program ended before it closed the file. */
  closed: z.boolean(),
  windows: z.array(z.object({ number: z.number().int(), ...stretch })),
  rests: z.array(z.object({ state: z.enum(['idle', 'sleep']), ...stretch })),
  /** The first of them, where there are very many. */
  edgesS: z.array(z.number()).max(4000),
  edgeCount: z.number().int(),
  losses: z.array(traceLossSchema).max(1000),
});
export type TraceFacts = z.infer<typeof traceFactsSchema>;

const column = z.instanceof(Float32Array);

/** Power over a stretch of a trace, in W: one value of each array a column; NaN where a column holds gaps only. */
export const traceColumnsViewSchema = z.object({
  /** Where each column begins, in s since the trace began; one more than columns. */
  edgesS: z.instanceof(Float64Array),
  minW: column,
  meanW: column,
  maxW: column,
});
export type TraceColumnsView = z.infer<typeof traceColumnsViewSchema>;

/** Statistics of a stretch, from all of its samples. */
export const traceStatisticsViewSchema = z.object({
  fromS: z.number(),
  toS: z.number(),
  samples: z.number().int(),
  lostSamples: z.number().int(),
  saturatedSamples: z.number().int(),
  minW: z.number().nullable(),
  meanW: z.number().nullable(),
  maxW: z.number().nullable(),
  rmsW: z.number().nullable(),
  energyJ: z.number().nullable(),
  chargeC: z.number().nullable(),
});
export type TraceStatisticsView = z.infer<typeof traceStatisticsViewSchema>;
