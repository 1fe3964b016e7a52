import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Fault } from '../../shared/fault/index.ts';
import { storeFault } from '../store/index.ts';

/** Lines kept of one flashing; a tool that says more repeats itself. */
const mostLines = 100_000;

/** The full log of a tool, on the disk line by line as it comes, so that it survives a program that is killed. */
export class ToolLog {
  readonly path: string;
  #lines = 0;
  #pending = '';
  #writing: Promise<void> | undefined;
  #handle: FileHandle | undefined;
  #fault: Fault | undefined;
  #closed = false;

  constructor(path: string) {
    this.path = path;
  }

  /** Takes a line; it is on its way to the disk at once. What goes wrong there is told by `close`. */
  add(line: string): void {
    if (this.#lines >= mostLines || this.#fault || this.#closed) return;
    this.#lines += 1;
    this.#pending += `${line}\n`;
    this.#writing ??= this.#drain();
  }

  /**
   * Waits until every line is in the file; later ones are dropped. Undefined: no line came, so that there is no file unless there must be one.
   * @throws Fault of area `store` when a line could not be written.
   */
  async close({ must = false }: { must?: boolean } = {}): Promise<string | undefined> {
    this.#closed = true;
    await (must ? (this.#writing ?? this.#drain()) : this.#writing);
    await this.#handle?.close().catch((error: unknown) => (this.#fault ??= storeFault(error, this.path)));
    this.#handle = undefined;
    if (this.#fault) throw this.#fault;
    return must || this.#lines > 0 ? this.path : undefined;
  }

  async #drain(): Promise<void> {
    try {
      if (!this.#handle) {
        await mkdir(dirname(this.path), { recursive: true });
        this.#handle = await open(this.path, 'a');
      }
      while (this.#pending !== '') {
        const text = this.#pending;
        this.#pending = '';
        await this.#handle.appendFile(text);
      }
    } catch (error) {
      this.#fault = storeFault(error, this.path);
    }
    this.#writing = undefined;
  }
}
