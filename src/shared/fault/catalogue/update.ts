import { z } from 'zod';
import { fault } from './define.ts';

export const updateFaults = {
  'update.descriptionBad': fault('usage', z.object({ file: z.string(), reason: z.string() })),
  'update.installerMissing': fault('usage', z.object({ folder: z.string(), files: z.string() })),
  'update.installerDamaged': fault('usage', z.object({ file: z.string(), reason: z.string() })),
  /** Something is measured, or the installer is none that this program can start here. */
  'update.notNow': fault('usage', z.object({ reason: z.string() })),
} as const;
