import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { UpdateCheck } from '../../../shared/domain/update.ts';
import { Fault } from '../../../shared/fault/index.ts';
import {
  compareVersions,
  fitsPlatform,
  installerKind,
  largestDescriptionBytes,
  parseUpdateDescription,
} from './description.ts';
import type { UpdateDescription } from './description.ts';

export interface UpdateContext {
  currentVersion: string;
  platform: NodeJS.Platform;
  signal?: AbortSignal;
}

/**
 * Checks an update that was carried here as files, for labs without network: reads the `latest*.yml` that the person picked, finds beside it the
 * installer for this system and compares size and SHA-512. That proves that the file arrived whole, not who made it: signatures are the vendor's.
 * @throws Fault `update.descriptionBad`, `update.installerMissing`, `update.installerDamaged`.
 */
export async function checkUpdate(
  path: string,
  { currentVersion, platform, signal }: UpdateContext,
): Promise<UpdateCheck> {
  const description = await readDescription(path);
  const offered = description.files.map((file) => ({ ...file, kind: installerKind(file.url) }));
  const fitting = offered.filter(({ kind }) => fitsPlatform(kind, platform));
  const candidates = fitting.length > 0 ? fitting : offered;
  for (const { url, sha512, size, kind } of candidates) {
    const installer = join(dirname(path), url);
    const facts = await stat(installer).catch(() => undefined);
    if (!facts?.isFile()) continue;
    if (size !== undefined && facts.size !== size) {
      throw new Fault('update.installerDamaged', { file: url, reason: `${facts.size} != ${size} B` });
    }
    if ((await sha512Of(installer, signal)) !== sha512) {
      throw new Fault('update.installerDamaged', { file: url, reason: 'SHA-512' });
    }
    return {
      version: description.version,
      currentVersion,
      comparison:
        (['older', 'same', 'newer'] as const)[compareVersions(description.version, currentVersion) + 1] ?? 'same',
      installer,
      sizeBytes: facts.size,
      sha512,
      kind,
      fits: fitting.length > 0,
      ...(kind === 'deb' ? { command: `sudo apt install "${installer}"` } : {}),
    };
  }
  throw new Fault('update.installerMissing', {
    folder: dirname(path),
    files: candidates.map(({ url }) => url).join(', '),
  });
}

async function readDescription(path: string): Promise<UpdateDescription> {
  const file = basename(path);
  try {
    const { size } = await stat(path);
    if (size > largestDescriptionBytes) throw new Fault('update.descriptionBad', { file, reason: `${size} B` });
    const read = parseUpdateDescription(await readFile(path, 'utf8'));
    if ('problem' in read) throw new Fault('update.descriptionBad', { file, reason: read.problem });
    return read;
  } catch (error) {
    if (error instanceof Fault) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Fault('update.descriptionBad', { file, reason }, { cause: error });
  }
}

async function sha512Of(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash, signal ? { signal } : {});
  return hash.digest('base64');
}
