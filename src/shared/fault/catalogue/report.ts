import { z } from 'zod';
import { fault } from './define.ts';

export const reportFaults = {
  'report.failed': fault('internal', z.object({ reason: z.string() })),
  'report.badPublished': fault('internal', z.object({ path: z.string(), reason: z.string() })),
  'report.badLimit': fault('usage', z.object({ text: z.string(), figures: z.array(z.string()) })),
  'report.oneSession': fault('usage', z.object({ sessions: z.number() })),
  'report.sessionNotFound': fault('usage', z.object({ session: z.string() })),
  'report.nothingToCompare': fault('data', z.object({ a: z.string(), b: z.string() })),
} as const;
