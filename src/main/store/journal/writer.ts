import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { holding, isoTime } from '../../../shared/clock/index.ts';
import type { Clock } from '../../../shared/clock/index.ts';
import type { JournalRecord } from '../../../shared/domain/journal.ts';
import { storeFault } from '../store-fault.ts';
import { formatEntry } from './entry.ts';

/** The file operations a journal needs; injected so that tests can fill the disk or cut the power after any write. */
export interface JournalFile {
  append(bytes: Uint8Array): Promise<void>;
  /** Puts the file back to `bytes` bytes after a write that failed half way. */
  truncate(bytes: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Appends entries to a journal, one at a time, in the order of the calls. */
export interface JournalWriter {
  /**
   * Resolves when the entry is in the file (it then survives the death of the process), and on the disk where `durable` is
   * asked for or `syncEvery` entries have gathered (it then survives a power cut).
   * @throws Fault `store.diskFull`, `store.notWritable`, ... ; the file then ends with the last whole entry.
   */
  append(record: JournalRecord, options?: { durable?: boolean }): Promise<void>;
  close(): Promise<void>;
  readonly entries: number;
  readonly hash: string;
  readonly bytes: number;
}

export interface JournalWriterOptions {
  clock: Clock;
  /** The journal as it is now: a new one is {entries: 0, hash: chainStart, bytes: 0}. */
  from: { entries: number; hash: string; bytes: number };
  /** Where the time line of a journal that is continued stands; 0 for a new one. */
  fromS?: number;
  syncEvery?: number;
  path: string;
}

export function createJournalWriter(file: JournalFile, options: JournalWriterOptions): JournalWriter {
  const { clock, syncEvery = 64 } = options;
  const encoder = new TextEncoder();
  const startS = clock.nowS() - (options.fromS ?? 0);
  let { entries, hash, bytes } = options.from;
  let unsynced = 0;
  let last: Promise<void> = Promise.resolve();

  const write = async (record: JournalRecord, durable: boolean): Promise<void> => {
    const at = isoTime(clock);
    const atS = Math.round((clock.nowS() - startS) * 1e6) / 1e6;
    const { line, hash: next } = formatEntry({ n: entries, at, atS, record }, hash);
    const text = encoder.encode(`${line}\n`);
    try {
      await file.append(text);
      unsynced += 1;
      if (durable || unsynced >= syncEvery) {
        await file.sync();
        unsynced = 0;
      }
    } catch (error) {
      // A half-written entry would be read as damage once something follows it.
      await file.truncate(bytes).catch(() => undefined);
      throw storeFault(error, options.path);
    }
    entries += 1;
    hash = next;
    bytes += text.length;
  };

  return {
    append(record, { durable = false } = {}) {
      const done = last.then(() => holding(clock, () => write(record, durable)));
      last = done.catch(() => undefined);
      return done;
    },
    async close() {
      await last;
      await file.sync().catch(() => undefined);
      await file.close();
    },
    get entries() {
      return entries;
    },
    get hash() {
      return hash;
    },
    get bytes() {
      return bytes;
    },
  };
}

/** Opens the journal file of a session folder for appending. */
export async function openJournalFile(path: string): Promise<JournalFile> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'a');
  } catch (error) {
    throw storeFault(error, path);
  }
  return {
    async append(bytes) {
      let written = 0;
      while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
    },
    truncate: (length) => handle.truncate(length),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}
