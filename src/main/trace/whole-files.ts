import { access, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Fault } from '../../shared/fault/index.ts';
import { storeFault } from '../store/index.ts';

/** Bytes that are collected before they are written. */
const bufferBytes = 256 * 1024;

/** Writes one file piece by piece. */
export interface PieceWriter {
  write(bytes: Uint8Array): Promise<void>;
}

/**
 * Writes long files whole or not at all: each into a neighbour first, all of them to the disk, then renamed together. What exists already is never
 * written over.
 * @param work gets a writer for each path, in order.
 * @throws Fault of area `store`, or what `work` throws; none of the files is there then.
 */
export async function writeWholeFiles(
  paths: readonly string[],
  work: (writers: PieceWriter[]) => Promise<void>,
): Promise<void> {
  for (const path of paths) await refuseExisting(path);
  const drafts: Draft[] = [];
  const finished: string[] = [];
  try {
    for (const path of paths) drafts.push(await Draft.open(path));
    await work(drafts);
    for (const draft of drafts) await draft.finish();
    for (const draft of drafts) {
      await draft.rename();
      finished.push(draft.path);
    }
  } catch (error) {
    for (const draft of drafts) await draft.discard();
    for (const path of finished) await rm(path, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** @throws Fault `store.exists`. */
export async function refuseExisting(path: string): Promise<void> {
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (there) throw new Fault('store.exists', { path });
}

/** The name under which a file is written before it is whole. */
export function draftPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.draft`);
}

class Draft implements PieceWriter {
  readonly path: string;
  readonly #draft: string;
  readonly #handle: FileHandle;
  readonly #buffer = new Uint8Array(bufferBytes);
  #filled = 0;
  #open = true;

  private constructor(path: string, draft: string, handle: FileHandle) {
    this.path = path;
    this.#draft = draft;
    this.#handle = handle;
  }

  static async open(path: string): Promise<Draft> {
    const draft = draftPath(path);
    try {
      return new Draft(path, draft, await open(draft, 'w'));
    } catch (error) {
      throw storeFault(error, path);
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length;) {
      const count = Math.min(bytes.length - at, bufferBytes - this.#filled);
      this.#buffer.set(bytes.subarray(at, at + count), this.#filled);
      this.#filled += count;
      at += count;
      if (this.#filled === bufferBytes) await this.#flush();
    }
  }

  async finish(): Promise<void> {
    await this.#flush();
    await this.#guarded(() => this.#handle.datasync());
    this.#open = false;
    await this.#guarded(() => this.#handle.close());
  }

  rename(): Promise<void> {
    return this.#guarded(() => rename(this.#draft, this.path));
  }

  async discard(): Promise<void> {
    if (this.#open) await this.#handle.close().catch(() => undefined);
    await rm(this.#draft, { force: true }).catch(() => undefined);
  }

  async #flush(): Promise<void> {
    const bytes = this.#buffer.subarray(0, this.#filled);
    this.#filled = 0;
    await this.#guarded(() => this.#handle.writeFile(bytes));
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw storeFault(error, this.path);
    }
  }
}
