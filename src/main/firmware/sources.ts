import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../shared/fault/index.ts';
import { reasonOf } from './port-file.ts';

const sourceName = /\.(c|h|S|ld|json)$/;

/** Everything below the firmware folder that an image of one board may depend on: forward slashes, sorted. */
export async function listSources(firmwareDir: string, board: string): Promise<string[]> {
  const folders = ['harness', 'nn', 'ports/common', `ports/${board}`];
  const found = await Promise.all(
    folders.map(async (folder) => {
      try {
        const names = await readdir(join(firmwareDir, folder));
        return names.filter((name) => sourceName.test(name)).map((name) => `${folder}/${name}`);
      } catch (cause) {
        throw new Fault('firmware.sourcesMissing', { folder, reason: reasonOf(cause) }, { cause });
      }
    }),
  );
  return found.flat().sort();
}

/** SHA-256 over names and contents; line ends are normalised, so that a checkout on Windows has the same hash. */
export async function hashSources(firmwareDir: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const text = (await readFile(join(firmwareDir, file), 'utf8')).replaceAll('\r\n', '\n');
    hash.update(`${file}\0${Buffer.byteLength(text)}\0${text}`);
  }
  return hash.digest('hex');
}
