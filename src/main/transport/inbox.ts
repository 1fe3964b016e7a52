import { earlyBufferBytes } from './byte-stream.ts';

/**
 * The receiving side that all streams share: hands chunks to the subscribers and keeps what arrives before the first one,
 * up to `earlyBufferBytes`; later bytes are dropped then, since the beginning of a boot block says more than its end.
 */
export class Inbox {
  #listeners: ((chunk: Uint8Array) => void)[] = [];
  #early: Uint8Array[] = [];
  #earlyBytes = 0;
  #everSubscribed = false;

  /** Takes a chunk that nobody else will write to. */
  push(chunk: Uint8Array): void {
    const listeners = this.#listeners;
    if (listeners.length === 1) {
      (listeners[0] as (chunk: Uint8Array) => void)(chunk);
      return;
    }
    if (listeners.length === 0) {
      if (!this.#everSubscribed) this.#keep(chunk);
      return;
    }
    const chunks = listeners.map((_, index) => (index === 0 ? chunk : new Uint8Array(chunk)));
    listeners.forEach((listener, index) => listener(chunks[index] as Uint8Array));
  }

  subscribe(listener: (chunk: Uint8Array) => void): () => void {
    const first = !this.#everSubscribed;
    this.#everSubscribed = true;
    this.#listeners = [...this.#listeners, listener];
    if (first) {
      const early = this.#early;
      this.#early = [];
      // The listener is in the list already: what it triggers by hearing the early bytes is not lost.
      for (const chunk of early) listener(chunk);
    }
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  #keep(chunk: Uint8Array): void {
    const room = earlyBufferBytes - this.#earlyBytes;
    if (room <= 0) return;
    const kept = chunk.length <= room ? chunk : chunk.subarray(0, room);
    this.#early.push(kept);
    this.#earlyBytes += kept.length;
  }
}

/** The closing side that all streams share: tells each listener once, also one that comes too late. */
export class Closing {
  #listeners: ((reason: Error | undefined) => void)[] = [];
  #done: { reason: Error | undefined } | undefined;

  get closed(): boolean {
    return this.#done !== undefined;
  }

  /** Why the stream ended; undefined while it is open or when `close()` asked for it. */
  get reason(): Error | undefined {
    return this.#done?.reason;
  }

  finish(reason: Error | undefined): void {
    if (this.#done) return;
    this.#done = { reason };
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener(reason);
  }

  subscribe(listener: (reason: Error | undefined) => void): () => void {
    const done = this.#done;
    if (done) {
      queueMicrotask(() => listener(done.reason));
      return () => undefined;
    }
    this.#listeners.push(listener);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }
}
