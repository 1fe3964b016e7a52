import { z } from 'zod';
import { energyRequestSchema } from '../../domain/energy-request.ts';
import { flashRecordSchema } from '../../domain/flash.ts';
import { dutUnitSchema } from '../../domain/identity.ts';
import { livePowerSchema } from '../../domain/live-power.ts';
import { liveOperationSchema } from '../../domain/live-run.ts';
import { operationSchema, unfinishedRunSchema } from '../../domain/operation.ts';
import { runSettingsSchema } from '../../domain/run.ts';
import { modeSchema } from '../../domain/workload.ts';
import { procedure, topic } from '../procedure.ts';
import { benchKey, nothing, operationKey } from './keys.ts';

export const startRunSchema = z.object({
  benchId: z.string().max(80),
  workload: z.string().max(40),
  modes: z.array(modeSchema).min(1).max(3),
  /** Needed when one of the modes is energy; defaults otherwise. */
  energy: energyRequestSchema.optional(),
  /** Absent for an embedded workload: its own model and inputs are used. */
  modelFile: z.string().max(4000).optional(),
  datasetFolder: z.string().max(4000).optional(),
  operator: z.string().max(120).default(''),
  dutUnit: dutUnitSchema.default({}),
  settings: runSettingsSchema.prefault({}),
  /** Wait for an answer where a window looks wrong. */
  askOnDoubt: z.boolean().optional(),
});

/** Runs, and steering whatever is under way. */
export const runProcedures = {
  'run.start': procedure(startRunSchema, operationSchema, 30),
  /** What was flashed onto the DUT of a bench and confirmed, as far as this process knows; null: nothing. */
  'run.firmware': procedure(benchKey, z.object({ flashed: flashRecordSchema.nullable() })),
  /** Sessions that were left open and can be taken up, newest first; at most five. */
  'run.unfinished': procedure(nothing, z.array(unfinishedRunSchema), 30),
  /** Measures a window of a run under way once more; the last one counts. */
  'run.retryWindow': procedure(
    operationKey.extend({ runId: z.string().max(8), window: z.number().int().min(1).max(100) }),
    operationSchema,
  ),
  /** Writes a note of the operator into the journal of a session under way. */
  'run.note': procedure(
    operationKey.extend({ text: z.string().trim().min(1).max(4000), runId: z.string().max(8).optional() }),
    operationSchema,
  ),
  'operation.list': procedure(nothing, z.array(operationSchema)),
  'operation.pause': procedure(operationKey, operationSchema),
  'operation.resume': procedure(operationKey, operationSchema),
  'operation.cancel': procedure(operationKey, operationSchema),
  operation: topic(operationKey, liveOperationSchema),
  power: topic(operationKey, livePowerSchema),
} as const;
