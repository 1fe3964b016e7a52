import { z } from 'zod';
import { fault } from './define.ts';

export const virtualFaults = {
  'virtual.firmwareMissing': fault('data', z.object({ file: z.string(), reason: z.string() })),
  'virtual.firmwareManifest': fault('data', z.object({ file: z.string(), reason: z.string() })),
  /** The module is not the one that its manifest names: it is not instantiated. */
  'virtual.firmwareHash': fault('data', z.object({ expected: z.string(), actual: z.string() })),
  'virtual.firmwareAbi': fault('data', z.object({ expected: z.number(), actual: z.number() })),
  'virtual.costTable': fault('data', z.object({ file: z.string(), reason: z.string() })),
  'virtual.modelTooLarge': fault(
    'usage',
    z.object({
      model: z.string(),
      part: z.enum(['image', 'arena', 'input']),
      needed: z.number(),
      available: z.number(),
    }),
  ),
  /** `code` is the answer of the firmware's loader, `operator` the number of the operator to blame, -1 for none. */
  'virtual.modelRefused': fault('data', z.object({ model: z.string(), code: z.number(), operator: z.number() })),
  'virtual.badSetting': fault('usage', z.object({ setting: z.string(), value: z.string(), allowed: z.string() })),
  'virtual.dutInUse': fault('instrument', z.object({ label: z.string() })),
  /** The port of an emulated instrument. */
  'virtual.portInUse': fault('instrument', z.object({ label: z.string() })),
  'virtual.noInstrument': fault('usage', z.object({ role: z.enum(['monitor', 'ioManager']) })),
  /** One step of the firmware took longer than any real work does. */
  'virtual.dutHung': fault('internal', z.object({ seconds: z.number() })),
  'virtual.dutCrashed': fault('internal', z.object({ reason: z.string() })),
  /** Virtual time cannot go on: no event is left, and somebody still waits. */
  'virtual.nothingCanHappen': fault('internal', z.object({ request: z.string(), atS: z.number() })),
  'virtual.serveFailed': fault('instrument', z.object({ address: z.string(), reason: z.string() })),
} as const;
