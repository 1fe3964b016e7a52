import { z } from 'zod';
import { fault } from './define.ts';

export const reportFaults = {
  'report.failed': fault('internal', z.object({ reason: z.string() })),
  'report.nothingToCompare': fault('data', z.object({ a: z.string(), b: z.string() })),
} as const;
