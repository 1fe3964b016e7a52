import { createReadStream, createWriteStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { ZipWriter, configure } from '@zip.js/zip.js';
import { storeFault } from '../../store/index.ts';
import { filesOf } from './files-of.ts';

configure({ useWebWorkers: false });

/** Kinds of files that are packed already. */
const packed = /\.(pdf|png|zip|gz)$/i;

/**
 * Writes session folders into one zip file, each below its own name. Links are left out.
 * @throws Fault of area `store`.
 */
export async function zipSessions(folders: readonly string[], path: string): Promise<void> {
  try {
    const zip = new ZipWriter(Writable.toWeb(createWriteStream(path, { flags: 'wx' })), { keepOrder: true });
    for (const folder of folders) {
      for (const file of await filesOf(folder)) {
        const name = `${basename(folder)}/${relative(folder, file).split(sep).join('/')}`;
        const { mtime } = await lstat(file);
        const source = Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>;
        await zip.add(name, source, { lastModDate: mtime, level: packed.test(name) ? 0 : 6, unixMode: 0o100644 });
      }
    }
    await zip.close();
  } catch (error) {
    throw storeFault(error, path);
  }
}
