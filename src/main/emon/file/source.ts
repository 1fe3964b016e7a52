import { open, stat } from 'node:fs/promises';
import { Fault } from '../../../shared/fault/index.ts';

const pieceBytes = 262_144;

/** Bytes that can be read again and again, from any place, without holding them. */
export interface ByteSource {
  path: string;
  size: number;
  /** Bytes [start, end) in pieces; the consumer may keep them. */
  read(start?: number, end?: number): AsyncIterable<Uint8Array>;
}

/** A file as a source. @throws Fault `emon.badFile` when it cannot be read. */
export async function fileSource(path: string, signal?: AbortSignal): Promise<ByteSource> {
  const size = await orBadFile(path, '', async () => {
    const found = await stat(path).catch((error: unknown) => {
      const { code } = error as NodeJS.ErrnoException;
      throw code === 'ENOENT' ? new Fault('trace.unreadable', { path, reason: code }, { cause: error }) : error;
    });
    if (!found.isFile()) throw new Error('EISDIR');
    return found.size;
  });
  return {
    path,
    size,
    async *read(start = 0, end = size) {
      const file = await orBadFile(path, '', () => open(path, 'r'));
      try {
        for (let at = start; at < end;) {
          signal?.throwIfAborted();
          const piece = new Uint8Array(Math.min(pieceBytes, end - at));
          const { bytesRead } = await orBadFile(path, '', () => file.read(piece, 0, piece.length, at));
          if (bytesRead === 0) throw badFile(path, '', 'it became shorter while it was read');
          yield piece.subarray(0, bytesRead);
          at += bytesRead;
        }
      } finally {
        await file.close();
      }
    },
  };
}

/** Bytes in memory as a source, cut into pieces of this size. */
export function memorySource(path: string, bytes: Uint8Array, piece: number = pieceBytes): ByteSource {
  return {
    path,
    size: bytes.length,
    async *read(start = 0, end = bytes.length) {
      for (let at = start; at < end; at += piece) {
        yield await Promise.resolve(bytes.subarray(at, Math.min(end, at + piece)));
      }
    },
  };
}

/** All of a small source. */
export async function readWhole(source: ByteSource, start = 0, end: number = source.size): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source.read(start, end)) pieces.push(piece);
  return Buffer.concat(pieces);
}

export function badFile(path: string, format: string, reason: string, cause?: unknown): Fault<'emon.badFile'> {
  return new Fault('emon.badFile', { path, format: format === '' ? 'trace' : format, reason }, { cause });
}

/** Turns what reading a file throws into a fault; faults pass. */
export async function orBadFile<T>(path: string, format: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Fault || (cause instanceof Error && cause.name === 'AbortError')) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? (cause instanceof Error ? cause.message : String(cause));
    throw badFile(path, format, code, cause);
  }
}
