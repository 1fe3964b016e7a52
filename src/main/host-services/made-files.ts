import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { MadeFile } from '../../shared/domain/made-file.ts';
import { Fault } from '../../shared/fault/index.ts';
import { storeFault } from '../store/index.ts';

/** Older files than these are forgotten: a page saves what it asked for at once. */
const keptFiles = 20;

/** Files made for pages (exports, packages, bundles): written to a folder of their own, fetched or saved by id. */
export class MadeFiles {
  readonly #files = new Map<string, { file: MadeFile; path: string }>();
  #folder: Promise<string> | undefined;

  /**
   * Has a file made and offers it.
   * @param name suggested name; separators and other characters that no file system takes are replaced
   * @param make writes the file at the path it gets
   */
  async offer(name: string, mediaType: string, make: (path: string) => Promise<void>): Promise<MadeFile> {
    const fileId = randomUUID();
    const plain = basename(name)
      .replace(/[^\p{L}\p{N} ._()+-]/gu, '-')
      .slice(-120);
    this.#folder ??= mkdtemp(join(tmpdir(), 'joulebench-made-'));
    const folder = join(await this.#folder, fileId);
    const path = join(folder, plain);
    await mkdir(folder);
    try {
      await make(path);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    const file = { fileId, name: plain, mediaType, sizeBytes: (await stat(path)).size };
    this.#files.set(fileId, { file, path });
    for (const old of [...this.#files.keys()].slice(0, -keptFiles)) await this.#forget(old);
    return file;
  }

  /** Where a made file lies; undefined when it is not known (any more). */
  find(fileId: string): { file: MadeFile; path: string } | undefined {
    return this.#files.get(fileId);
  }

  /** Copies a made file to where a person wants it, whole or not at all. @throws Fault `app.fileGone`, faults of area `store`. */
  async save(fileId: string, path: string): Promise<void> {
    const made = this.#files.get(fileId);
    if (!made) throw new Fault('app.fileGone', {});
    const draft = join(dirname(path), `.${basename(path)}.${process.pid}.draft`);
    try {
      await copyFile(made.path, draft);
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw storeFault(error, path);
    }
  }

  async close(): Promise<void> {
    this.#files.clear();
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }

  async #forget(fileId: string): Promise<void> {
    const made = this.#files.get(fileId);
    this.#files.delete(fileId);
    if (made) await rm(dirname(made.path), { recursive: true, force: true });
  }
}
