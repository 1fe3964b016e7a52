import { createReadStream, createWriteStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { Readable, Writable } from 'node:stream';
import { storeFault } from './store-fault.ts';

/** Kinds of files that are packed already. */
const packed = /\.(pdf|png|zip|gz)$/i;

/**
 * Writes files into a new zip file in the given order, each under its name (with `/`), with its time of change.
 * @throws Fault of area `store`; the zip file is then not whole and has to be removed.
 */
export async function zipFiles(files: readonly { name: string; path: string }[], zipPath: string): Promise<void> {
  try {
    // Loaded when asked for: most that keep sessions never pack them.
    const { ZipWriter, configure } = await import('@zip.js/zip.js');
    configure({ useWebWorkers: false });
    const zip = new ZipWriter(Writable.toWeb(createWriteStream(zipPath, { flags: 'wx' })), { keepOrder: true });
    for (const { name, path } of files) {
      const { mtime } = await lstat(path);
      const source = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
      await zip.add(name, source, { lastModDate: mtime, level: packed.test(name) ? 0 : 6, unixMode: 0o100644 });
    }
    await zip.close();
  } catch (error) {
    throw storeFault(error, zipPath);
  }
}
