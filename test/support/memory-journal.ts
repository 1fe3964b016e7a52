import type { Clock } from '../../src/shared/clock/index.ts';
import { chainStart, createJournalWriter, readJournal } from '../../src/main/store/index.ts';
import type { JournalContent, JournalFile, JournalWriter } from '../../src/main/store/index.ts';

/** A journal in memory: what a file would hold after each write. */
export class MemoryFile implements JournalFile {
  #buffer = new Uint8Array(4096);
  #length = 0;
  syncs = 0;
  /** Bytes that still fit; a write beyond fails half way, as on a full disk. */
  room = Number.POSITIVE_INFINITY;

  get bytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }
  set bytes(content: Uint8Array) {
    this.#buffer = content.slice();
    this.#length = content.length;
  }

  append(bytes: Uint8Array): Promise<void> {
    const fits = Math.min(bytes.length, this.room);
    if (this.#length + fits > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(2 * this.#buffer.length, this.#length + fits));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(bytes.subarray(0, fits), this.#length);
    this.#length += fits;
    this.room -= fits;
    if (fits < bytes.length)
      return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    return Promise.resolve();
  }
  truncate(length: number): Promise<void> {
    this.#length = length;
    return Promise.resolve();
  }
  sync(): Promise<void> {
    this.syncs += 1;
    return Promise.resolve();
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

export function memoryJournal(
  clock: Clock,
  bytes?: Uint8Array,
): { file: MemoryFile; writer: JournalWriter; content: JournalContent } {
  const file = new MemoryFile();
  const content = readJournal(bytes ?? new Uint8Array());
  if (bytes) file.bytes = bytes.slice(0, content.goodBytes);
  const from =
    content.entries.length > 0
      ? { entries: content.entries.length, hash: content.hash, bytes: content.goodBytes }
      : { entries: 0, hash: chainStart, bytes: 0 };
  return { file, writer: createJournalWriter(file, { clock, path: 'memory', from }), content };
}
