import { z } from 'zod';
import {
  answerValuesSchema,
  calibrationSetupChoiceSchema,
  certificateProblemSchema,
  certificateSchema,
  certificateSummarySchema,
  problemSchema,
  procedureIdSchema,
  procedureSummarySchema,
  wizardStateSchema,
} from '../../domain/calibration.ts';
import { operationSchema } from '../../domain/operation.ts';
import { procedure, topic } from '../procedure.ts';
import { nothing, operationKey } from './keys.ts';

export const startCalibrationSchema = z.object({
  benchId: z.string().max(80),
  procedure: procedureIdSchema,
  /** As in an energy run: `lpm01a` on the virtual bench, `lpm01a:PORT` on the desk; absent where the procedure uses none. */
  monitor: z.string().max(400).optional(),
  ioManager: z.string().max(400).optional(),
  /** Entry of the board catalogue, where a DUT is connected. */
  board: z.string().max(80).optional(),
  baud: z.number().int().positive().max(12_000_000).optional(),
  setup: calibrationSetupChoiceSchema.default({}),
});

/** Calibration procedures and certificates. */
export const calibrationProcedures = {
  'calibration.list': procedure(nothing, z.array(procedureSummarySchema)),
  /** Its steps are followed by topic `calibration`; it is stopped by `operation.cancel`. */
  'calibration.start': procedure(startCalibrationSchema, operationSchema, 60),
  /** What is wrong with the answer; none: it was taken. */
  'calibration.answer': procedure(
    operationKey.extend({ question: z.number().int().nonnegative(), values: answerValuesSchema }),
    z.object({ problems: z.array(problemSchema) }),
    30,
  ),
  'certificate.list': procedure(
    nothing,
    z.object({ certificates: z.array(certificateSummarySchema), problems: z.array(certificateProblemSchema) }),
  ),
  'certificate.get': procedure(z.object({ certificateId: z.string().max(200) }), certificateSchema),
  calibration: topic(operationKey, wizardStateSchema),
} as const;
