import { open, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';

/** What a path leads to. */
export interface FileFacts {
  kind: 'file' | 'folder' | 'other';
  bytes: number;
}

/** The files of a data set, as far as a reader of them needs to know; a test may hold them in memory. */
export interface DatasetFiles {
  join(folder: string, ...names: string[]): string;
  /** Undefined where there is nothing; rejects where it cannot be told. */
  facts(path: string): Promise<FileFacts | undefined>;
  /** Bytes from an offset on; fewer than asked for where the file ends. Rejects with the signal's reason when aborted. */
  read(path: string, offsetBytes: number, lengthBytes: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** Data sets on a disk. The deadline of a slow disk is the caller's signal (`AbortSignal.timeout`). */
export function diskDatasetFiles(platform: NodeJS.Platform): DatasetFiles {
  const path = platform === 'win32' ? win32 : posix;
  return {
    join: (folder, ...names) => path.join(folder, ...names),
    async facts(target) {
      try {
        const found = await stat(target);
        return { kind: found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other', bytes: found.size };
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
        throw error;
      }
    },
    async read(target, offsetBytes, lengthBytes, signal) {
      signal?.throwIfAborted();
      const handle = await open(target, 'r');
      try {
        const buffer = new Uint8Array(lengthBytes);
        let filled = 0;
        while (filled < lengthBytes) {
          signal?.throwIfAborted();
          const { bytesRead } = await handle.read(buffer, filled, lengthBytes - filled, offsetBytes + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return buffer.subarray(0, filled);
      } finally {
        await handle.close();
      }
    },
  };
}
