import { z } from 'zod';
import { fault } from './define.ts';

export const firmwareFaults = {
  'firmware.unknownBoard': fault('usage', z.object({ board: z.string(), known: z.array(z.string()) })),
  'firmware.portFile': fault('data', z.object({ file: z.string(), problem: z.string() })),
  'firmware.sourcesMissing': fault('data', z.object({ folder: z.string(), reason: z.string() })),
  'firmware.toolchainMissing': fault('data', z.object({ tool: z.string() })),
  /** Figures in bytes. */
  'firmware.tooLarge': fault(
    'usage',
    z.object({
      model: z.string(),
      board: z.string(),
      memory: z.enum(['flash', 'ram']),
      needed: z.number(),
      available: z.number(),
    }),
  ),
  'firmware.compile': fault('internal', z.object({ file: z.string(), output: z.string() })),
  'firmware.elf': fault('data', z.object({ problem: z.string() })),
  'firmware.write': fault('data', z.object({ file: z.string(), reason: z.string() })),
  'firmware.imageUnusable': fault('data', z.object({ file: z.string(), problem: z.string() })),
  /** A whole image, but of another board, model or plan than asked for. */
  'firmware.imageOther': fault(
    'usage',
    z.object({ folder: z.string(), board: z.string(), model: z.string(), planSha256: z.string() }),
  ),

  'qemu.unknownMachine': fault('usage', z.object({ machine: z.string(), known: z.array(z.string()) })),
  'qemu.missing': fault('data', z.object({ program: z.string() })),
  'qemu.startFailed': fault('instrument', z.object({ machine: z.string(), reason: z.string() })),
  /** The emulator ended while it was needed; `output` is what it printed last. */
  'qemu.ended': fault('instrument', z.object({ machine: z.string(), code: z.number(), output: z.string() })),
} as const;
