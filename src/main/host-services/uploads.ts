import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../shared/fault/index.ts';
import { storeFault } from '../store/index.ts';

/** Uploads beyond these are forgotten, the oldest first: a page that was closed in the middle never comes back. */
const mostUploads = 4;

/** Files that pages in a browser send in pieces: each lies in a temporary folder until it was used or is forgotten. */
export class Uploads {
  readonly #files = new Map<string, { path: string; bytes: number }>();
  #folder: Promise<string> | undefined;

  /**
   * Adds a piece at the end.
   * @param at how many bytes came before: a piece that does not fit is refused
   * @returns the id of the upload
   * @throws Fault `import.gone`, or of area `store`.
   */
  async put(uploadId: string | undefined, at: number, bytes: Uint8Array): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'joulebench-upload-'));
    const id = uploadId ?? randomUUID();
    if (uploadId === undefined) this.#files.set(id, { path: join(await this.#folder, id), bytes: 0 });
    const file = this.#files.get(id);
    if (file?.bytes !== at) throw new Fault('import.gone', {});
    file.bytes += bytes.length;
    try {
      await appendFile(file.path, bytes);
    } catch (error) {
      await this.forget(id);
      throw storeFault(error, file.path);
    }
    for (const old of [...this.#files.keys()].slice(0, -mostUploads)) await this.forget(old);
    return id;
  }

  /** Where an upload lies. @throws Fault `import.gone`. */
  path(uploadId: string): string {
    const file = this.#files.get(uploadId);
    if (!file) throw new Fault('import.gone', {});
    return file.path;
  }

  async forget(uploadId: string): Promise<void> {
    const file = this.#files.get(uploadId);
    this.#files.delete(uploadId);
    if (file) await rm(file.path, { force: true });
  }

  async close(): Promise<void> {
    this.#files.clear();
    if (this.#folder) await rm(await this.#folder, { recursive: true, force: true });
  }
}
