import { z } from 'zod';
import { madeFileSchema } from '../../domain/made-file.ts';
import { settingsChangeSchema, settingsSchema } from '../../domain/settings.ts';
import { updateCheckSchema } from '../../domain/update.ts';
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
      logsFolder: z.string(),
    }),
  ),
  /** One text for support, without personal paths, to read and to save. */
  'app.diagnostics': procedure(nothing, madeFileSchema, 60),
  /** Checks an update that was carried here as files: its `latest*.yml`. Nothing is installed. */
  'update.check': procedure(z.object({ path: z.string().min(1).max(4000) }), updateCheckSchema, 120),
  'settings.get': procedure(nothing, settingsSchema),
  'settings.set': procedure(settingsChangeSchema, settingsSchema),
} as const;
