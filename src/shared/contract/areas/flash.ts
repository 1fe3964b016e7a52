import { z } from 'zod';
import {
  flashBoardSchema,
  flashChoiceSchema,
  flashLeftSchema,
  flashPreviewSchema,
  flashToolStateSchema,
  liveFlashSchema,
  startFlashSchema,
} from '../../domain/flash-page.ts';
import { probeSchema } from '../../domain/flash.ts';
import { operationSchema } from '../../domain/operation.ts';
import { procedure, topic } from '../procedure.ts';
import { nothing, operationKey } from './keys.ts';

/** Probes, boards and images. */
export const flashProcedures = {
  'probe.list': procedure(nothing, z.array(probeSchema)),
  /** The boards to choose from, and those that were left written in part. */
  'flash.boards': procedure(nothing, z.object({ boards: z.array(flashBoardSchema), left: z.array(flashLeftSchema) })),
  /** Which tools are on this computer and know the board. */
  'flash.tools': procedure(z.object({ board: z.string().max(80) }), z.array(flashToolStateSchema), 60),
  /** What would be erased and programmed; the image may have to be built first. Nothing is touched. */
  'flash.layout': procedure(flashChoiceSchema, flashPreviewSchema, 300),
  /** Followed by topic `flash`; it is stopped by `operation.cancel`. */
  'flash.start': procedure(startFlashSchema, operationSchema, 30),
  flash: topic(operationKey, liveFlashSchema),
} as const;
