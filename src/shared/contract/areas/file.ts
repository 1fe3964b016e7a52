import { z } from 'zod';
import { procedure } from '../procedure.ts';
import { nothing } from './keys.ts';

/** Files that the host made for a page. A browser fetches them from `/made/ID`; the desktop has the host write them. */
export const fileProcedures = {
  /** On the desktop only, where the path comes from the system's dialog. Written whole or not at all. */
  'file.save': procedure(z.object({ fileId: z.string().max(80), path: z.string().min(1).max(4000) }), nothing, 300),
} as const;
