import { z } from 'zod';
import { fault } from './define.ts';

/** Faults of flashing: one for each row of the table of what the tools really print (virtual probe, section E). */
export const flashFaults = {
  'flash.imageMissing': fault('data', z.object({ path: z.string() })),
  'flash.imageFormat': fault('data', z.object({ name: z.string() })),
  'flash.imageNoBase': fault('usage', z.object({ name: z.string() })),
  'flash.imageEmpty': fault('data', z.object({ name: z.string() })),
  'flash.imageTooLarge': fault('data', z.object({ name: z.string(), bytes: z.number(), maxBytes: z.number() })),
  'flash.imageOverlap': fault('data', z.object({ name: z.string(), address: z.string() })),
  'flash.imageAddress': fault('data', z.object({ name: z.string(), address: z.string() })),
  'flash.imageNotElf': fault('data', z.object({ name: z.string() })),
  'flash.imageMachine': fault(
    'data',
    z.object({ name: z.string(), bits: z.number(), order: z.enum(['little', 'big']), machine: z.number() }),
  ),
  'flash.imageNotLinked': fault('data', z.object({ name: z.string(), type: z.number() })),
  'flash.imageDamaged': fault(
    'data',
    z.object({ name: z.string(), offset: z.number(), neededBytes: z.number(), fileBytes: z.number() }),
  ),
  'flash.imageHexSyntax': fault('data', z.object({ name: z.string(), line: z.number() })),
  'flash.imageHexChecksum': fault(
    'data',
    z.object({ name: z.string(), line: z.number(), found: z.string(), expected: z.string() }),
  ),
  'flash.imageHexRecord': fault(
    'data',
    z.object({ name: z.string(), line: z.number(), type: z.string(), bytes: z.number() }),
  ),
  'flash.imageHexOverlap': fault('data', z.object({ name: z.string(), line: z.number(), address: z.string() })),
  'flash.imageHexAfterEnd': fault('data', z.object({ name: z.string(), line: z.number() })),
  'flash.imageHexNoEnd': fault('data', z.object({ name: z.string() })),
  'flash.layoutOutside': fault(
    'data',
    z.object({ name: z.string(), address: z.string(), bytes: z.number(), regions: z.array(z.string()) }),
  ),
  'flash.layoutRam': fault(
    'data',
    z.object({ name: z.string(), address: z.string(), bytes: z.number(), region: z.string() }),
  ),
} as const;
