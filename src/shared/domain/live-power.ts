import { z } from 'zod';
import { monitorAcceptanceSchema } from './energy.ts';

const column = z.instanceof(Float32Array);

/** The state of topic `power`: what the energy monitor of an operation measures now, and the last minute of it. */
export const livePowerSchema = z.object({
  /** The energy run under way; null before the first. */
  runId: z.string().nullable(),
  monitor: z
    .object({
      label: z.string(),
      model: z.string(),
      acceptance: monitorAcceptanceSchema,
      triedOnHardware: z.boolean(),
      simulated: z.boolean(),
    })
    .nullable(),
  /** The set supply in V; null before it is set. */
  voltageV: z.number().nullable(),
  powered: z.boolean(),
  /** Since the acquisition began. */
  samples: z.number().int(),
  lostSamples: z.number().int(),
  saturatedSamples: z.number().int(),
  edges: z.number().int(),
  /** Each column is `stepS` of the bench's time; the first begins at `fromS` since the acquisition began. In W; NaN for a gap. */
  stepS: z.number(),
  fromS: z.number(),
  /** Time marks of that minute, in s since the acquisition began. */
  edgesS: z.array(z.number()).max(2000),
  minW: column,
  meanW: column,
  maxW: column,
});
export type LivePower = z.infer<typeof livePowerSchema>;
