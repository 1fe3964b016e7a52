import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../shared/fault/index.ts';
import { imageManifestSchema } from './manifest.ts';
import type { ImageManifest } from './manifest.ts';
import { reasonOf } from './port-file.ts';

/**
 * Reads the manifest of an image that was built before, and makes sure that its files are those of the manifest and that it is
 * for this board and plan.
 * @throws Fault `firmware.imageUnusable`, `firmware.imageOther`.
 */
export async function readImage(
  folder: string,
  expected: { board: string; planSha256: string },
): Promise<ImageManifest> {
  const read = async (name: string): Promise<Buffer> => {
    const file = join(folder, name);
    return readFile(file).catch((cause: unknown) => {
      throw new Fault('firmware.imageUnusable', { file, problem: reasonOf(cause) }, { cause });
    });
  };
  const file = join(folder, 'manifest.json');
  let value: unknown;
  try {
    value = JSON.parse((await read('manifest.json')).toString('utf8'));
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault('firmware.imageUnusable', { file, problem: reasonOf(cause) }, { cause });
  }
  const manifest = imageManifestSchema.safeParse(value);
  if (!manifest.success) {
    const issue = manifest.error.issues[0];
    const problem = issue ? `${issue.path.join('.')}: ${issue.message}` : '';
    throw new Fault('firmware.imageUnusable', { file, problem }, { cause: manifest.error });
  }
  const { board, model, files } = manifest.data;
  if (board.id !== expected.board || model.planSha256 !== expected.planSha256) {
    throw new Fault('firmware.imageOther', {
      folder,
      board: board.id,
      model: model.file,
      planSha256: model.planSha256,
    });
  }
  for (const { name, sha256 } of files) {
    const actual = createHash('sha256')
      .update(await read(name))
      .digest('hex');
    if (actual !== sha256) {
      throw new Fault('firmware.imageUnusable', { file: join(folder, name), problem: `SHA-256 ${actual}` });
    }
  }
  return manifest.data;
}
