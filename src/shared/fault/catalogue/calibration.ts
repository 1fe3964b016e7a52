import { z } from 'zod';
import { fault } from './define.ts';

export const calibrationFaults = {
  'calibration.unknownProcedure': fault('usage', z.object({ procedure: z.string(), known: z.array(z.string()) })),
  'calibration.badCertificate': fault('data', z.object({ path: z.string(), reason: z.string() })),
  'calibration.unknownCertificate': fault('usage', z.object({ certificate: z.string() })),
  'calibration.certificateMismatch': fault('usage', z.object({ certificate: z.string(), reason: z.string() })),
} as const;
