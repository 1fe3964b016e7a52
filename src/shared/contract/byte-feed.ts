import type { Clock } from '../clock/index.ts';
import { sleep } from '../clock/index.ts';
import { initialCredit } from './messages.ts';
import type { HostMessage } from './messages.ts';

/** Bytes of one chunk message. */
export const chunkBytes = 262_144;
/** How often a full medium is looked at again. */
const fullS = 0.05;

export interface ByteFeedOptions {
  id: number;
  clock: Clock;
  signal: AbortSignal;
  post(message: HostMessage): void;
  full(): boolean;
}

/** Host side of one byte stream: chunks on the page's credit; the source is not read while there is none. */
export class ByteFeed {
  readonly #options: ByteFeedOptions;
  #credit = initialCredit;
  #seq = 0;
  #wake: (() => void) | undefined;

  constructor(options: ByteFeedOptions) {
    this.#options = options;
  }

  addCredit(n: number): void {
    this.#credit = Math.min(initialCredit, this.#credit + n);
    this.#wake?.();
  }

  /** Sends the whole source; throws what the source throws, or the signal's reason. */
  async run(source: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const piece of source) {
      for (let offset = 0; offset < piece.length; offset += chunkBytes) {
        await this.#room();
        this.#send(piece.subarray(offset, offset + chunkBytes), false);
      }
      this.#options.signal.throwIfAborted();
    }
    await this.#room();
    this.#send(new Uint8Array(0), true);
  }

  #send(bytes: Uint8Array, last: boolean): void {
    this.#credit -= 1;
    // A copy: a view of a pool would carry the whole pool through a structured clone.
    this.#options.post({ t: 'chunk', id: this.#options.id, seq: this.#seq, bytes: Uint8Array.from(bytes), last });
    this.#seq += 1;
  }

  async #room(): Promise<void> {
    const { signal, clock, full } = this.#options;
    for (;;) {
      signal.throwIfAborted();
      if (this.#credit > 0 && !full()) return;
      if (this.#credit > 0) await sleep(clock, fullS, signal);
      else await this.#nextCredit(signal);
    }
  }

  #nextCredit(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        this.#wake = undefined;
        resolve();
      };
      this.#wake = done;
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
