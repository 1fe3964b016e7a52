import { z } from 'zod';
import { sha256Schema } from '../../shared/domain/identity.ts';
import type { ImageMemory } from '../../shared/domain/identity.ts';

const bytes = z.int().nonnegative();

/** `manifest.json` beside an image; `docs/formats/firmware-image.md` says what each field means. */
export const imageManifestSchema = z.strictObject({
  format: z.literal(1),
  kind: z.literal('firmware-image'),
  board: z.strictObject({
    id: z.string(),
    title: z.string(),
    core: z.string(),
    /** Whether an image of this port has ever run on the board itself. */
    ranOnBoard: z.boolean(),
    emulator: z.string().nullable(),
  }),
  model: z.strictObject({
    file: z.string(),
    id: z.string(),
    sha256: sha256Schema,
    planSha256: sha256Schema,
    folded: z.boolean(),
  }),
  /** Kernel ids that the plan uses, with their names. */
  kernels: z.array(z.strictObject({ id: z.int().positive(), name: z.string() })),
  memory: z.strictObject({
    flash: z.strictObject({ code: bytes, weights: bytes, constants: bytes, total: bytes }),
    ram: z.strictObject({ data: bytes, bss: bytes, arena: bytes, payload: bytes, stack: bytes, total: bytes }),
    available: z.strictObject({ flash: bytes, ram: bytes }),
  }),
  knownAnswers: z.strictObject({ seed: z.int().nonnegative(), operators: z.int().nonnegative() }),
  pulseUs: z.int().positive(),
  compiler: z.strictObject({
    version: z.string(),
    compileFlags: z.array(z.string()),
    linkFlags: z.array(z.string()),
  }),
  /** Hash of all sources that the image may depend on. */
  sourceSha256: sha256Schema,
  /** Commit of the checkout; null outside of one. */
  commit: z.string().nullable(),
  files: z.array(z.strictObject({ name: z.string(), bytes, sha256: sha256Schema })),
});
export type ImageManifest = z.infer<typeof imageManifestSchema>;

/** The memory figures of an image as a session keeps them. */
export function imageMemory({ memory: { flash, ram } }: ImageManifest): ImageMemory {
  return {
    codeBytes: flash.code,
    weightBytes: flash.weights,
    constantBytes: flash.constants,
    arenaBytes: ram.arena,
    payloadBytes: ram.payload,
    dataBytes: ram.data + ram.bss,
    stackBytes: ram.stack,
  };
}
