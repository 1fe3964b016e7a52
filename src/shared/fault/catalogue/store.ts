import { z } from 'zod';
import { fault } from './define.ts';

const path = z.object({ path: z.string() });

export const storeFaults = {
  'store.diskFull': fault('data', path),
  'store.notWritable': fault('data', path),
  'store.notFound': fault('data', path),
  'store.exists': fault('data', path),
  'store.failed': fault('data', path.extend({ reason: z.string() })),
  'store.notASession': fault('data', path),
  'store.damaged': fault('data', path.extend({ line: z.number(), reason: z.string() })),
  'store.newerVersion': fault('data', path.extend({ format: z.string(), supported: z.string() })),
  'store.nothingToResume': fault('usage', z.object({ sessionId: z.string() })),
  'store.settingsInvalid': fault('data', path.extend({ field: z.string(), problem: z.string() })),
} as const;
