import { z } from 'zod';
import { fault } from './define.ts';

export const reportFaults = {
  'report.failed': fault('internal', z.object({ reason: z.string() })),
} as const;
