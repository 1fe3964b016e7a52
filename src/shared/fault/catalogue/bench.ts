import { z } from 'zod';
import { fault } from './define.ts';

export const benchFaults = {
  'bench.instrumentHeld': fault(
    'instrument',
    z.object({ label: z.string(), program: z.string(), pid: z.number(), purpose: z.string() }),
  ),
  'bench.lockFailed': fault('instrument', z.object({ label: z.string(), folder: z.string(), reason: z.string() })),
  'bench.unknown': fault('usage', z.object({ bench: z.string(), known: z.array(z.string()) })),
  'bench.unknownBoard': fault('usage', z.object({ board: z.string(), known: z.array(z.string()) })),
  'bench.badBoard': fault('data', z.object({ path: z.string(), reason: z.string() })),
  'bench.notOpen': fault('usage', z.object({ bench: z.string() })),
  'bench.fileInvalid': fault('data', z.object({ path: z.string(), field: z.string(), problem: z.string() })),
  'bench.instrumentLost': fault('instrument', z.object({ label: z.string(), port: z.string() })),
  'bench.deviceUnknown': fault('usage', z.object({ device: z.string() })),
  'bench.deviceAttached': fault('usage', z.object({ device: z.string() })),
  'bench.roleUnfit': fault('usage', z.object({ device: z.string() })),
  'bench.engineeringOnly': fault('usage', z.object({})),
  /** Nobody plays the role of a console's tab. */
  'bench.roleEmpty': fault('usage', z.object({ channel: z.string() })),
  'bench.busy': fault('usage', z.object({ bench: z.string() })),
} as const;
