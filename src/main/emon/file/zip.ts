import { createInflateRaw } from 'node:zlib';
import { badFile, orBadFile, readWhole } from './source.ts';
import type { ByteSource } from './source.ts';

/** A ZIP archive whose entries are sources. */
export interface Zip {
  /** An entry by name, no larger than `mostBytes` where that is given. @throws Fault `emon.badFile` when it is not there or cannot be read. */
  entry(name: string, mostBytes?: number): ByteSource;
}

interface Entry {
  method: number;
  packedBytes: number;
  bytes: number;
  offset: number;
}

const endBytes = 22;
const mostCommentBytes = 65_535;
const mostDirectoryBytes = 16_777_216;
const wide = 0xffffffff;

/** Reads the directory of an archive (APPNOTE 6.3: stored and deflated entries, sizes above 4 GiB by ZIP64 fields of the entries). */
export async function openZip(source: ByteSource, format: string): Promise<Zip> {
  const { path, size } = source;
  const tail = await readWhole(source, Math.max(0, size - endBytes - mostCommentBytes));
  const at = Buffer.from(tail).lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (at < 0 || at + endBytes > tail.length) throw badFile(path, format, 'no ZIP directory');
  const end = new DataView(tail.buffer, tail.byteOffset + at, endBytes);
  const directoryBytes = end.getUint32(12, true);
  const start = end.getUint32(16, true);
  if (directoryBytes > mostDirectoryBytes || start + directoryBytes > size)
    throw badFile(path, format, 'ZIP directory');
  const entries = readDirectory(await readWhole(source, start, start + directoryBytes));
  if (!entries) throw badFile(path, format, 'ZIP directory');
  return {
    entry(name, mostBytes = Number.MAX_SAFE_INTEGER) {
      const found = entries.get(name);
      if (!found) throw badFile(path, format, `${name} is missing`);
      if (found.bytes > mostBytes) throw badFile(path, format, `${name}: ${found.bytes} bytes`);
      if (found.method !== 0 && found.method !== 8) throw badFile(path, format, `${name}: method ${found.method}`);
      return entrySource(source, format, name, found);
    },
  };
}

function readDirectory(bytes: Uint8Array): Map<string, Entry> | undefined {
  const entries = new Map<string, Entry>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + 46 <= bytes.length;) {
    if (view.getUint32(at, true) !== 0x02014b50) return undefined;
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const next = at + 46 + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (next > bytes.length) return undefined;
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + nameBytes)).toString('utf8');
    const entry = {
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    const extra = new DataView(bytes.buffer, bytes.byteOffset + at + 46 + nameBytes, extraBytes);
    if (!widen(entry, extra)) return undefined;
    entries.set(name, entry);
    at = next;
  }
  return entries;
}

/** Takes the fields that did not fit into 32 bits from the entry's ZIP64 field; false when it lacks them. */
function widen(entry: Entry, extra: DataView): boolean {
  const missing = (['bytes', 'packedBytes', 'offset'] as const).filter((field) => entry[field] === wide);
  if (missing.length === 0) return true;
  for (let at = 0; at + 4 <= extra.byteLength;) {
    const length = extra.getUint16(at + 2, true);
    if (at + 4 + length > extra.byteLength) return false;
    if (extra.getUint16(at, true) === 1) {
      if (length < missing.length * 8) return false;
      for (const [index, field] of missing.entries())
        entry[field] = Number(extra.getBigUint64(at + 4 + index * 8, true));
      return missing.every((field) => Number.isSafeInteger(entry[field]));
    }
    at += 4 + length;
  }
  return false;
}

function entrySource(source: ByteSource, format: string, name: string, entry: Entry): ByteSource {
  const { path } = source;
  async function* whole(): AsyncGenerator<Uint8Array> {
    const header = await readWhole(source, entry.offset, Math.min(source.size, entry.offset + 30));
    const view = new DataView(header.buffer, header.byteOffset, header.length);
    if (header.length < 30 || view.getUint32(0, true) !== 0x04034b50) throw badFile(path, format, `${name}: no entry`);
    const start = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
    const end = start + entry.packedBytes;
    if (end > source.size) throw badFile(path, format, `${name} is cut`);
    let count = 0;
    const packed = source.read(start, end);
    for await (const piece of entry.method === 0 ? packed : inflate(packed, path, format)) {
      count += piece.length;
      if (count > entry.bytes) break;
      yield piece;
    }
    if (count !== entry.bytes) throw badFile(path, format, `${name}: ${count} of ${entry.bytes} bytes`);
  }
  return {
    path,
    size: entry.bytes,
    async *read(start = 0, end = entry.bytes) {
      let at = 0;
      for await (const piece of whole()) {
        const part = piece.subarray(Math.max(0, start - at), Math.max(0, end - at));
        at += piece.length;
        if (part.length > 0) yield part;
      }
    },
  };
}

async function* inflate(packed: AsyncIterable<Uint8Array>, path: string, format: string): AsyncGenerator<Uint8Array> {
  const inflater = createInflateRaw();
  const feed = async (): Promise<void> => {
    for await (const piece of packed) {
      if (!inflater.write(piece)) await new Promise((resolve) => inflater.once('drain', resolve));
    }
    inflater.end();
  };
  feed().catch((error: unknown) => inflater.destroy(error as Error));
  const iterator = inflater[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  try {
    for (;;) {
      const { done, value } = await orBadFile(path, format, () => iterator.next());
      if (done) return;
      yield value;
    }
  } finally {
    inflater.destroy();
  }
}
