import { z } from 'zod';
import { fault } from './define.ts';

export const calibrationFaults = {
  'calibration.unknownProcedure': fault('usage', z.object({ procedure: z.string(), known: z.array(z.string()) })),
  'calibration.badCertificate': fault('data', z.object({ path: z.string(), reason: z.string() })),
  'calibration.unknownCertificate': fault('usage', z.object({ certificate: z.string() })),
  'calibration.certificateMismatch': fault('usage', z.object({ certificate: z.string(), reason: z.string() })),
  /** `what` is `monitor` or `dut`. */
  'calibration.needs': fault('usage', z.object({ procedure: z.string(), what: z.string() })),
  'calibration.noSamples': fault('instrument', z.object({ instrument: z.string(), seconds: z.number() })),
  'calibration.nothingToResume': fault('usage', z.object({})),
  'calibration.voltageNotAllowed': fault(
    'usage',
    z.object({ voltageV: z.number(), minV: z.number(), maxV: z.number() }),
  ),
  'calibration.noLoads': fault('usage', z.object({ monitor: z.string(), voltageV: z.number() })),
  'calibration.noQuestion': fault('usage', z.object({ number: z.number() })),
  /** Nobody was there to answer while the supply was on. */
  'calibration.unattended': fault('usage', z.object({ waitedS: z.number() })),
  'calibration.otherInstrument': fault('usage', z.object({ expected: z.string(), found: z.string() })),
  'calibration.answerMissing': fault('usage', z.object({ place: z.string(), problem: z.string() })),
  'calibration.badAnswers': fault('data', z.object({ path: z.string(), reason: z.string() })),
} as const;
