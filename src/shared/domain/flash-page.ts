import { z } from 'zod';
import { supplyLimitsSchema } from './energy.ts';
import {
  flashLayoutSchema,
  flashProgressSchema,
  flashRecordSchema,
  flashStateProblemSchema,
  flashStateSchema,
  flashToolIdSchema,
} from './flash.ts';
import { sha256Schema } from './identity.ts';
import { faultRecordSchema, operationSchema } from './operation.ts';

/** A board of the catalogue with what a page has to know before it flashes it. */
export const flashBoardSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** `STMicroelectronics STM32F405RG`; null where there is no part. */
  part: z.string().nullable(),
  core: z.string().nullable(),
  virtual: z.boolean(),
  /** Where this entry was last proven. */
  tried: z.enum(['board', 'emulator', 'never']),
  supplyV: supplyLimitsSchema,
  source: z.string(),
  /** False: nothing is known that could be trusted to erase. */
  flashable: z.boolean(),
  /** Below this nothing is erased, in V. */
  minTargetV: z.number().nullable(),
  /** Register by which the chip is recognised; null where its entry knows none. */
  chipIdName: z.string().nullable(),
  /** Workloads for which there is an image or a build. */
  workloads: z.array(z.string()),
});
export type FlashBoard = z.infer<typeof flashBoardSchema>;

/** Whether a tool is there and knows a board; the fault says why not and what to do. */
export const flashToolStateSchema = z.object({
  id: flashToolIdSchema,
  version: z.string().nullable(),
  path: z.string().nullable(),
  fault: faultRecordSchema.nullable(),
});
export type FlashToolState = z.infer<typeof flashToolStateSchema>;

/** What an earlier attempt left on a board, where it must be flashed again; or that what was kept about it is lost. */
export const flashLeftSchema = z.union([
  z.object({
    board: z.string(),
    probeSerial: z.string(),
    image: z.string(),
    state: flashStateSchema,
    confirmedBytes: z.number().int(),
    totalBytes: z.number().int(),
    updatedAt: z.iso.datetime(),
    /** Where the log of the tool is, as far as it came. */
    logPath: z.string().optional(),
  }),
  z.object({ probeSerial: z.string(), state: z.literal('unknown'), problem: flashStateProblemSchema }),
]);
export type FlashLeft = z.infer<typeof flashLeftSchema>;

/** Which bytes go onto which board: firmware of a workload, or an image file on the computer of the bench. */
export const flashChoiceSchema = z.object({
  board: z.string().max(80),
  workload: z.string().max(40).optional(),
  /** Where the workload does not bring its model. */
  modelFile: z.string().max(4000).optional(),
  imageFile: z.string().max(4000).optional(),
  /** Address of the first byte where the format does not say it. */
  baseAddress: z.number().int().nonnegative().max(0xffffffff).optional(),
});
export type FlashChoice = z.infer<typeof flashChoiceSchema>;

export const startFlashSchema = flashChoiceSchema.extend({
  /** Serial of a probe, or `remote:STLINKPORT:PYOCDPORT` for a virtual one on this computer. */
  probe: z.string().min(1).max(200),
  tool: flashToolIdSchema.optional(),
  /** Erases everything to unlock a locked device; only after the operator has confirmed it. */
  unlock: z.boolean().default(false),
  /** Bench at which the DUT answers where the probe has no serial port of its own: `tcp:127.0.0.1:7000`. */
  benchId: z.string().max(400).optional(),
});
export type StartFlash = z.infer<typeof startFlashSchema>;

export const flashPreviewSchema = z.object({
  image: z.object({
    name: z.string(),
    format: z.enum(['elf', 'hex', 'bin']),
    sha256: sha256Schema,
    bytes: z.number().int(),
  }),
  layout: flashLayoutSchema,
});
export type FlashPreview = z.infer<typeof flashPreviewSchema>;

const amountSchema = z.object({ doneBytes: z.number().int(), totalBytes: z.number().int() });

/** One flashing as it is followed live and as it ended. */
export const liveFlashSchema = z.object({
  operation: operationSchema,
  request: startFlashSchema,
  board: z.string(),
  simulated: z.boolean(),
  /** Undefined while the image is built. */
  progress: flashProgressSchema.optional(),
  /** The last amount of each phase: phases may take turns. */
  amounts: z.object({
    erasing: amountSchema.optional(),
    programming: amountSchema.optional(),
    verifying: amountSchema.optional(),
  }),
  /** The end of the tool's log. */
  log: z.array(z.string()),
  /** Where the whole log was written. */
  logPath: z.string().optional(),
  record: flashRecordSchema.optional(),
  /** What a failed or stopped attempt left, where it must be flashed again. */
  left: flashLeftSchema.optional(),
  /** Benches at which the DUT answers. */
  benches: z.array(z.string()),
});
export type LiveFlash = z.infer<typeof liveFlashSchema>;
