import { z } from 'zod';
import { sampleQuantitySchema } from './energy.ts';

const sampleIndex = z.number().nonnegative();

/** `traceN-details.json`, beside an exported `traceN-energy.bin`: what the published format has no place for. */
export const exportDetailsSchema = z.object({
  format: z.literal('joulebench-trace-details'),
  version: z.literal(1),
  program: z.string(),
  createdAt: z.string(),
  simulated: z.boolean(),
  instrument: z.object({ kind: z.string(), model: z.string(), serial: z.string(), firmware: z.string() }),
  quantity: sampleQuantitySchema,
  voltageV: z.number().nullable(),
  /** Samples per second of the trace, and of the exported file. */
  recordedRateHz: z.number().positive(),
  rateHz: z.number().positive(),
  recordedSamples: z.number().int().nonnegative(),
  samples: z.number().int().nonnegative(),
  /** Samples at the end that filled no whole sample of the exported file. */
  leftOutSamples: z.number().int().nonnegative(),
  edgeResolutionS: z.number().nonnegative(),
  /** Every edge, in samples of the trace, not rounded. */
  edges: z.array(
    z.object({
      sampleIndex,
      timeS: z.number().nonnegative(),
      channel: z.number().int().nonnegative(),
      level: z.enum(['fall', 'rise', 'unknown']),
      sequence: z.number().int().optional(),
    }),
  ),
  losses: z.array(
    z.object({ sampleIndex, count: z.number().int().positive().nullable(), cause: z.string(), exact: z.boolean() }),
  ),
  marks: z.array(z.object({ sampleIndex, timeS: z.number().nonnegative(), name: z.string() })),
  /** Places of the trace file that could not be read; their samples are gaps. */
  damaged: z.array(z.object({ offsetBytes: z.number().int().nonnegative(), reason: z.string() })),
  note: z.string(),
});
export type ExportDetails = z.infer<typeof exportDetailsSchema>;
