import { z } from 'zod';
import { fault } from './define.ts';

export const traceFaults = {
  'trace.notATrace': fault('data', z.object({ path: z.string(), reason: z.string() })),
  'trace.newerVersion': fault('data', z.object({ path: z.string(), found: z.number(), supported: z.number() })),
  'trace.damaged': fault('data', z.object({ path: z.string(), offsetBytes: z.number(), reason: z.string() })),
  'trace.writeFailed': fault('data', z.object({ path: z.string(), reason: z.string(), samples: z.number() })),
  'trace.diskTooSmall': fault('data', z.object({ path: z.string(), neededBytes: z.number(), freeBytes: z.number() })),
  'trace.outOfRange': fault(
    'usage',
    z.object({ path: z.string(), fromS: z.number(), toS: z.number(), durationS: z.number() }),
  ),
  'trace.unreadable': fault('data', z.object({ path: z.string(), reason: z.string() })),
  /** A current without a voltage has no energy. */
  'trace.voltageNeeded': fault('usage', z.object({ instrument: z.string() })),
  'trace.rateNotWhole': fault('usage', z.object({ sampleRateHz: z.number(), targetHz: z.number() })),
  'trace.noWindow': fault('usage', z.object({ path: z.string(), window: z.number(), edges: z.number() })),
  /** A run without a recording: it ended before, or is no energy run. */
  'trace.none': fault('usage', z.object({ sessionId: z.string(), runId: z.string() })),
  'trace.onlyWhole': fault('usage', z.object({ path: z.string() })),
} as const;
