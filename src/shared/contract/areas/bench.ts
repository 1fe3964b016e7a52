import { z } from 'zod';
import { boardSummarySchema, monitorSummarySchema } from '../../domain/bench-catalogue.ts';
import { benchStateSchema } from '../../domain/bench-state.ts';
import { doctorReportSchema } from '../../domain/doctor.ts';
import { procedure, topic } from '../procedure.ts';
import { nothing, benchKey } from './keys.ts';

export const workloadSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  task: z.string(),
  runnable: z.boolean(),
  /** Why it cannot be run, in the locale of the settings. */
  reason: z.string().optional(),
  /** True for workloads whose model and inputs come with the app. */
  embedded: z.boolean(),
  inputs: z.number().int().optional(),
  /** Bytes sent for one inference. */
  inputBytes: z.number().int().optional(),
});

/** What is attached, and what can be done with it. */
export const benchProcedures = {
  'bench.list': procedure(
    nothing,
    z.array(z.object({ id: z.string(), name: z.string(), simulated: z.boolean(), open: z.boolean() })),
  ),
  'bench.open': procedure(benchKey, benchStateSchema, 30),
  'bench.close': procedure(benchKey, nothing, 30),
  'bench.setPace': procedure(
    benchKey.extend({ pace: z.union([z.literal('max'), z.number().positive().max(1000)]) }),
    nothing,
  ),
  'devices.list': procedure(
    nothing,
    z.array(z.object({ path: z.string(), description: z.string(), usb: z.string().optional() })),
  ),
  'doctor.run': procedure(z.object({ port: z.string().max(400) }), doctorReportSchema, 120),
  'board.list': procedure(nothing, z.array(boardSummarySchema)),
  /** The monitors that can be driven. */
  'monitor.list': procedure(nothing, z.array(monitorSummarySchema)),
  'workload.list': procedure(nothing, z.array(workloadSummarySchema)),
  bench: topic(benchKey, benchStateSchema),
} as const;
