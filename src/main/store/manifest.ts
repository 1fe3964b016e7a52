import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256Schema } from '../../shared/domain/identity.ts';
import { Fault } from '../../shared/fault/index.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { removedTracesName } from './removed-traces.ts';
import { storeFault } from './store-fault.ts';

export const manifestFormat = 1;
export const manifestName = 'manifest.json';
/** Signatures are made after the seal and are about it: they stand beside the sealed files (docs/formats/signature.md). */
export const signaturesName = 'signatures.json';
/** The report with the signatures on it. */
export function signedReportName(simulated: boolean): string {
  return simulated ? 'report-signed-SIMULATED.pdf' : 'report-signed.pdf';
}
const unsealed = new Set([
  manifestName,
  signaturesName,
  removedTracesName,
  signedReportName(true),
  signedReportName(false),
]);

/** What a sealed session consists of: every file with its hash (docs/formats/session.md). */
export const manifestSchema = z.object({
  format: z.literal(manifestFormat),
  sessionId: z.string(),
  app: z.object({ name: z.string(), version: z.string() }),
  simulated: z.boolean(),
  sealedAt: z.iso.datetime(),
  journal: z.object({ entries: z.number().int().nonnegative(), hash: sha256Schema }),
  files: z.array(z.object({ path: z.string(), bytes: z.number().int().nonnegative(), sha256: sha256Schema })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Hashes every file of the folder (but the manifest) and writes the manifest, atomically. */
export async function sealSession(folder: string, head: Omit<Manifest, 'format' | 'files'>): Promise<Manifest> {
  const files = await hashFiles(folder);
  const manifest: Manifest = { format: manifestFormat, ...head, files };
  await writeFileAtomic(join(folder, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest;
}

/**
 * Reads a session's manifest; undefined while it has none (it was not finished).
 * @throws Fault `store.newerVersion`, `store.damaged`.
 */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = join(folder, manifestName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw storeFault(error, path);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Fault('store.damaged', { path, line: 1, reason: 'notJson' });
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > manifestFormat) {
    throw new Fault('store.newerVersion', { path, format: String(format), supported: String(manifestFormat) });
  }
  const manifest = manifestSchema.safeParse(value);
  if (!manifest.success)
    throw new Fault('store.damaged', { path, line: 1, reason: manifest.error.issues[0]?.path.join('.') ?? '' });
  return manifest.data;
}

/** Every regular file below the folder that the seal covers, in a fixed order, with forward slashes on every platform. */
export async function hashFiles(folder: string): Promise<Manifest['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !unsealed.has(path) && !path.endsWith('.draft'))
    .sort();
  const files: Manifest['files'] = [];
  for (const path of paths) {
    const full = join(folder, path);
    files.push({ path, bytes: (await stat(full)).size, sha256: await hashFile(full) });
  }
  return files;
}

/** SHA-256 of a file's content, in hexadecimal. @throws Fault of area `store`. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    throw storeFault(error, path);
  }
  return hash.digest('hex');
}
