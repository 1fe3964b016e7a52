import { posix } from 'node:path';
import type { DatasetFiles } from '../../../src/main/workload/index.ts';

/** A data set in memory; its reads are counted, and any path can be made to fail. */
export interface MemoryFiles extends DatasetFiles {
  readonly contents: Map<string, Uint8Array>;
  readonly refused: Set<string>;
  largestRead: number;
}

/** @param contents text or bytes by path; folders are where files are. */
export function memoryFiles(contents: Record<string, string | Uint8Array>): MemoryFiles {
  const held = new Map(
    Object.entries(contents).map(([path, content]) => [
      path,
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ]),
  );
  const refuse = (path: string): void => {
    if (files.refused.has(path)) throw Object.assign(new Error('refused'), { code: 'EACCES' });
  };
  const files: MemoryFiles = {
    contents: held,
    refused: new Set(),
    largestRead: 0,
    join: posix.join,
    facts(path) {
      return Promise.resolve().then(() => {
        refuse(path);
        const file = held.get(path);
        if (file) return { kind: 'file' as const, bytes: file.length };
        const isFolder = [...held.keys()].some((name) => name.startsWith(`${path}/`));
        return isFolder ? { kind: 'folder' as const, bytes: 0 } : undefined;
      });
    },
    read(path, offsetBytes, lengthBytes, signal) {
      return Promise.resolve().then(() => {
        signal?.throwIfAborted();
        refuse(path);
        files.largestRead = Math.max(files.largestRead, lengthBytes);
        const file = held.get(path);
        if (!file) throw Object.assign(new Error('absent'), { code: 'ENOENT' });
        return file.slice(offsetBytes, offsetBytes + lengthBytes);
      });
    },
  };
  return files;
}

/** Bytes whose content tells their file and place. */
export function pattern(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, k) => (k * 31 + seed * 7 + (k >> 8)) & 0xff);
}
