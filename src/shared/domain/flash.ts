import { z } from 'zod';
import { sha256Schema } from './identity.ts';

export const flashToolIdSchema = z.enum(['openocd', 'pyocd']);
export type FlashToolId = z.infer<typeof flashToolIdSchema>;

/** As their makers write them; names are not translated. */
export const toolNames: Readonly<Record<FlashToolId, string>> = { openocd: 'OpenOCD', pyocd: 'pyOCD' };

/** A stretch of a board's address space that an image may lie in. */
export const memoryRegionSchema = z.object({
  name: z.string(),
  kind: z.enum(['flash', 'ram']),
  address: z.number().int().nonnegative(),
  bytes: z.number().int().positive(),
  /** Sectors from the start of the region: runs of equal size; empty for RAM. */
  sectors: z.array(z.object({ count: z.number().int().positive(), bytes: z.number().int().positive() })),
  /** Smallest unit that is programmed, in bytes; addresses and lengths are padded to it with 0xFF. */
  writeBytes: z.number().int().positive(),
});
export type MemoryRegion = z.infer<typeof memoryRegionSchema>;

/** Where the chip tells what it is, and what it must answer there. */
export const chipIdSchema = z.object({
  address: z.number().int().nonnegative(),
  mask: z.number().int().nonnegative(),
  /** Any of these, after the mask. */
  values: z.array(z.number().int().nonnegative()).min(1),
  /** What a person calls it: `DBGMCU_IDCODE`. */
  name: z.string(),
});
export type ChipId = z.infer<typeof chipIdSchema>;

/** How a board is flashed; part of its entry in the catalogue. */
export const boardFlashSchema = z.object({
  memory: z.array(memoryRegionSchema).min(1),
  chipId: chipIdSchema.nullable(),
  /** Below this nothing is erased, in V. */
  minTargetV: z.number().positive(),
  openocd: z
    .object({
      /** Scripts by tool version: the first entry whose `from` is not newer than the tool. `null` files: this version does not know the board. */
      versions: z.array(z.object({ from: z.string(), target: z.string().nullable(), remedy: z.string().optional() })),
      /** Transport where the probe offers several. */
      transport: z.string(),
      /** Commands after `init`, before anything is erased. */
      prepare: z.array(z.string()).default([]),
    })
    .nullable(),
  pyocd: z
    .object({
      target: z.string(),
      /** Name of the CMSIS-Pack that brings the target; null where it is built in. */
      pack: z.string().nullable(),
    })
    .nullable(),
  /** USB ids of the probes that are soldered to the board. */
  probes: z.array(z.object({ vendorId: z.string(), productId: z.string() })),
});
export type BoardFlash = z.infer<typeof boardFlashSchema>;

const stretchSchema = z.object({ address: z.number().int(), bytes: z.number().int() });

/** What an image does to a board's memory: the file map beside the memory map. */
export const flashLayoutSchema = z.object({
  /** Stretches of the image, in order of address; a stretch lies in one region. */
  image: z.array(stretchSchema.extend({ region: z.string() })),
  memory: z.array(
    stretchSchema.extend({
      name: z.string(),
      kind: z.enum(['flash', 'ram']),
      imageBytes: z.number().int(),
      /** Erased stretches in this region: neighbouring sectors are one. */
      erased: z.array(stretchSchema),
    }),
  ),
  /** Sectors that are erased. */
  sectors: z.number().int(),
  imageBytes: z.number().int(),
  /** With the padding to whole write units. */
  programmedBytes: z.number().int(),
  erasedBytes: z.number().int(),
  /** What lies in erased sectors beside the image, and is lost. */
  alsoErased: z.array(stretchSchema),
});
export type FlashLayout = z.infer<typeof flashLayoutSchema>;

/** Progress of a flashing: a phase, with bytes where an amount is known. Never made of time. */
export const flashProgressSchema = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('checkingTool') }),
  z.object({ phase: z.literal('connecting') }),
  z.object({ phase: z.literal('identifying') }),
  z.object({ phase: z.literal('erasing'), doneBytes: z.number().int(), totalBytes: z.number().int() }),
  z.object({ phase: z.literal('programming'), doneBytes: z.number().int(), totalBytes: z.number().int() }),
  z.object({ phase: z.literal('verifying'), doneBytes: z.number().int(), totalBytes: z.number().int() }),
  z.object({ phase: z.literal('resetting') }),
  z.object({ phase: z.literal('done') }),
]);
export type FlashProgress = z.infer<typeof flashProgressSchema>;

/** What is known about a DUT's flash after an attempt: the truth, also when that is little. */
export const flashStateSchema = z.enum([
  /** Nothing was erased yet: what was in it still is. */
  'untouched',
  /** Erased or written in part: it must be flashed again. */
  'partial',
  /** Written and compared byte by byte. */
  'verified',
  /** Nobody knows (the probe was lost). */
  'unknown',
]);
export type FlashState = z.infer<typeof flashStateSchema>;

/** A debug probe as it was found. */
export const probeSchema = z.object({
  /** Normalised serial: the two spellings of one ST-LINK serial are one. */
  serial: z.string(),
  kind: z.enum(['stlink', 'cmsisDap', 'jlink', 'other']),
  product: z.string(),
  usb: z.object({ vendorId: z.string(), productId: z.string() }).nullable(),
  /** Serial ports of the same board, by USB topology. */
  ports: z.array(z.string()),
  /** Boards of the catalogue that have such a probe on them. */
  boards: z.array(z.string()),
});
export type Probe = z.infer<typeof probeSchema>;

/** Why what was kept about the flash of a board is lost: the file is damaged, of a later version of this program, or the system refuses it. */
export const flashStateProblemSchema = z.enum(['damaged', 'newer', 'unreadable']);
export type FlashStateProblem = z.infer<typeof flashStateProblemSchema>;

/** What was flashed, by what, onto what: goes into the session. */
export const flashRecordSchema = z.object({
  board: z.string(),
  probeSerial: z.string(),
  tool: z.object({ id: flashToolIdSchema, version: z.string(), path: z.string() }),
  image: z.object({
    name: z.string(),
    format: z.enum(['elf', 'hex', 'bin']),
    sha256: sha256Schema,
    bytes: z.number().int(),
  }),
  /** SHA-256 of the bytes that were confirmed in the flash, in order of address. */
  confirmedSha256: sha256Schema.nullable(),
  confirmedBytes: z.number().int(),
  chipId: z.number().int().nullable(),
  targetV: z.number().nullable(),
  state: flashStateSchema,
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  simulated: z.boolean(),
});
export type FlashRecord = z.infer<typeof flashRecordSchema>;
