import { z } from 'zod';
import { settingsChangeSchema, settingsSchema } from '../../domain/settings.ts';
import { procedure } from '../procedure.ts';
import { nothing } from './keys.ts';

/** The app itself. */
export const appProcedures = {
  'app.info': procedure(
    nothing,
    z.object({
      name: z.string(),
      version: z.string(),
      platform: z.string(),
      contract: z.number(),
      carrier: z.string(),
      sessionsFolder: z.string(),
    }),
  ),
  'settings.get': procedure(nothing, settingsSchema),
  'settings.set': procedure(settingsChangeSchema, settingsSchema),
} as const;
