import { z } from 'zod';
import { fault } from './define.ts';

/** Faults of flashing: one for each row of the table of what the tools really print (virtual probe, section E). */
export const flashFaults = {
  'flash.imageMissing': fault('data', z.object({ path: z.string() })),
} as const;
