import { z } from 'zod';
import { sampleQuantitySchema } from '../../shared/domain/energy.ts';
import type { TraceEvent, TraceHeader } from './types.ts';

/** The JSON of a header block; keys that a version does not know are passed over. */
export const traceHeaderSchema: z.ZodType<TraceHeader> = z.object({
  createdAt: z.iso.datetime(),
  program: z.string(),
  instrument: z.object({ kind: z.string(), model: z.string(), serial: z.string(), firmware: z.string() }),
  simulated: z.boolean(),
  sampleRateHz: z.number().positive().max(1e9),
  quantity: sampleQuantitySchema,
  scale: z.number().positive(),
  voltageV: z.number().positive().nullable(),
  channels: z.object({ raw: z.boolean(), ranges: z.boolean(), digital: z.boolean() }),
  edgeResolutionS: z.number().nonnegative(),
  note: z.string(),
});

const sampleIndex = z.number().int().nonnegative();

/** One line of an events block. */
const traceEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('edge'),
    sampleIndex: z.number().nonnegative(),
    channel: z.number().int().nonnegative(),
    level: z.enum(['fall', 'rise', 'unknown']),
    sequence: z.number().int().optional(),
  }),
  z.object({
    kind: z.literal('tick'),
    sampleIndex,
    deviceTimeS: z.number(),
    bufferPercent: z.number().optional(),
  }),
  z.object({
    kind: z.literal('loss'),
    sampleIndex,
    count: z.number().int().positive().nullable(),
    cause: z.string(),
    exact: z.boolean(),
  }),
  z.object({ kind: z.literal('status'), sampleIndex, text: z.string(), overcurrent: z.boolean().optional() }),
  z.object({ kind: z.literal('mark'), sampleIndex, name: z.string(), hostS: z.number() }),
]);

/** Events of a payload: JSON, one a line; undefined where it is none. */
export function decodeEvents(payload: Uint8Array): TraceEvent[] | undefined {
  try {
    const lines = new TextDecoder('utf-8', { fatal: true }).decode(payload).split('\n');
    return lines
      .filter((line) => line.trim() !== '')
      .map((line) => traceEventSchema.parse(JSON.parse(line)) as TraceEvent);
  } catch {
    return undefined;
  }
}
