import { open } from 'node:fs/promises';

/** A file that grows at its end. */
export interface GrowingFile {
  /** Resolves when all bytes were handed to the operating system. */
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves when everything survives a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The file operations of a recorder; replaced in tests by a disk that fills up. */
export interface TraceFiles {
  /** A new file; what exists is never written over. */
  create(path: string): Promise<GrowingFile>;
}

export const diskFiles: TraceFiles = {
  async create(path) {
    const handle = await open(path, 'wx');
    return {
      async append(bytes) {
        for (let at = 0; at < bytes.length;) {
          const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
          at += bytesWritten;
        }
      },
      sync: () => handle.datasync(),
      close: () => handle.close(),
    };
  },
};
