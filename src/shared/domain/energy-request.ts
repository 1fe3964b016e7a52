import { z } from 'zod';
import { measurementScopeSchema } from './energy.ts';

const userHalfWidthSchema = z.object({ half: z.number().nonnegative(), source: z.string().min(1).max(400) });

/** Figures of the user's own in place of assumed ones; each carries its source (uncertainty, section 0.7). */
export const userAssumptionsSchema = z.strictObject({
  ranges: z
    .array(
      z.strictObject({
        range: z.number().int().nonnegative(),
        gain: userHalfWidthSchema.optional(),
        offsetA: userHalfWidthSchema.optional(),
        nonlinearity: userHalfWidthSchema.optional(),
      }),
    )
    .max(20)
    .optional(),
  rangesCorrelated: z.boolean().optional(),
  voltage: userHalfWidthSchema.optional(),
  clock: userHalfWidthSchema.optional(),
  driftPerYear: userHalfWidthSchema.optional(),
  tempcoPerK: userHalfWidthSchema.optional(),
  latencyS: userHalfWidthSchema.optional(),
  leadOhm: userHalfWidthSchema.optional(),
  leakA: userHalfWidthSchema.optional(),
});
export type UserAssumptions = z.infer<typeof userAssumptionsSchema>;

/** What an operator decides about an energy run; defaults are right for nine runs of ten. */
export const energyRequestSchema = z.object({
  /** `lpm01a` or `ppk2` on the virtual bench; `lpm01a:PORT`, `ppk2:PORT` or `ppk2-ampere:PORT` on the desk. Null: no monitor. */
  monitor: z.string().max(400).nullable().default(null),
  /** Port of the IO manager; on the virtual bench any text puts one in between. Null: the DUT is connected directly. */
  ioManager: z.string().max(400).nullable().default(null),
  /** Entry of the board catalogue, for the limits of its supply. */
  board: z.string().max(80).nullable().default(null),
  /** Supply in V; null takes the board's nominal one. */
  voltageV: z.number().min(0.5).max(6).nullable().default(null),
  windowRule: z.enum(['eembc', 'mlc']).default('mlc'),
  plane: z.enum(['dut', 'monitor']).default('monitor'),
  spikeFilter: z.boolean().default(true),
  scope: measurementScopeSchema.default({ measured: [], notMeasured: [], declaredBy: '' }),
  /** The always-on case that the report works out. */
  duty: z
    .object({
      inferencesPerS: z.number().positive().max(1e6),
      batteryAh: z.number().positive().max(1e4),
      batteryV: z.number().positive().max(1e3),
    })
    .default({ inferencesPerS: 1, batteryAh: 0.225, batteryV: 3 }),
  /** Ids of the certificates to correct with; the official figure stays uncorrected beside it. */
  certificates: z.array(z.string().max(200)).max(20).default([]),
  assumptions: userAssumptionsSchema.default({}),
  /** Ambient temperature as read by the operator, in C. */
  temperatureC: z.number().min(-60).max(150).nullable().default(null),
});
export type EnergyRequest = z.infer<typeof energyRequestSchema>;
