import { z } from 'zod';
import { fault } from './define.ts';

export const auditFaults = {
  'audit.noFolder': fault('usage', z.object({ path: z.string(), reason: z.string() })),
  'audit.noRuns': fault('data', z.object({ path: z.string(), files: z.number() })),
  'audit.unreadable': fault('data', z.object({ path: z.string(), reason: z.string() })),
  'audit.outside': fault('data', z.object({ path: z.string() })),
  'audit.tooMuch': fault('data', z.object({ path: z.string(), limit: z.string(), value: z.number() })),
  'audit.threadFailed': fault('internal', z.object({ reason: z.string() })),
  'audit.stopped': fault('cancelled', z.object({})),
  'audit.badRound': fault('usage', z.object({ round: z.string() })),
} as const;
