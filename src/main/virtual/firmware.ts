import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../shared/fault/index.ts';

/** Meaning of imports and exports that this code speaks; `firmware/ports/virtual/main.c` has the same number. */
export const firmwareAbi = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** `manifest.json` beside the module, written by `firmware/ports/virtual/build.mjs`. */
export const firmwareManifestSchema = z.object({
  format: z.literal(1),
  kind: z.literal('virtual'),
  /** Over names and contents of all C files, so that a module older than its sources is found out. */
  sourceSha256: sha256,
  compiler: z.object({ package: z.string(), version: z.string() }),
  simd: z.boolean(),
  compileFlags: z.array(z.string()),
  linkFlags: z.array(z.string()),
  kernels: z.array(z.object({ id: z.number().int(), name: z.string() })),
  file: z.string(),
  bytes: z.number().int().positive(),
  sha256,
  abi: z.number().int(),
  memory: z.object({
    bytes: z.number().int(),
    stackBytes: z.number().int(),
    modelBytes: z.number().int(),
    arenaBytes: z.number().int(),
    payloadBytes: z.number().int(),
    receiveBytes: z.number().int(),
  }),
});
export type FirmwareManifest = z.infer<typeof firmwareManifestSchema>;

/** Module and manifest of the virtual DUT as read from disk, not yet compared. */
export interface VirtualFirmware {
  wasm: Uint8Array<ArrayBuffer>;
  manifest: FirmwareManifest;
}

/** Reads `virtual.wasm` and `manifest.json` from a folder, normally `resources/firmware/virtual`. */
export async function readVirtualFirmware(folder: string): Promise<VirtualFirmware> {
  const manifestFile = join(folder, 'manifest.json');
  const text = (await readBytes(manifestFile)).toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new Fault('virtual.firmwareManifest', { file: manifestFile, reason: 'not JSON' }, { cause });
  }
  const manifest = firmwareManifestSchema.safeParse(parsed);
  if (!manifest.success) {
    const issue = manifest.error.issues[0];
    const reason = issue ? `${issue.path.join('.')}: ${issue.message}` : 'unknown form';
    throw new Fault('virtual.firmwareManifest', { file: manifestFile, reason }, { cause: manifest.error });
  }
  const wasm = Uint8Array.from(await readBytes(join(folder, manifest.data.file)));
  return { wasm, manifest: manifest.data };
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new Fault('virtual.firmwareMissing', { file, reason }, { cause });
  }
}

/** Compares the module with its manifest before anything of it runs, and compiles it. */
export function compileFirmware({ wasm, manifest }: VirtualFirmware): WebAssembly.Module {
  const actual = createHash('sha256').update(wasm).digest('hex');
  if (actual !== manifest.sha256) {
    throw new Fault('virtual.firmwareHash', { expected: manifest.sha256, actual });
  }
  if (manifest.abi !== firmwareAbi) {
    throw new Fault('virtual.firmwareAbi', { expected: firmwareAbi, actual: manifest.abi });
  }
  return new WebAssembly.Module(wasm);
}
