import type { ByteStream } from '../../../src/main/transport/index.ts';
import type { SimClock } from '../../../src/main/virtual/index.ts';

/**
 * Bytes under way through the real world (a socket, a pseudo terminal) between two ends that live in virtual time: while there are some, virtual time
 * stands still. So instruments behind real ports are measured in seconds of a computer instead of minutes.
 */
export class Flight {
  readonly #clock: SimClock;
  #bytes = 0;
  #release: (() => void) | undefined;

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > 0) this.#release ??= this.#clock.hold();
    else this.land();
  }

  /** Nothing is under way any more: it came, or its end was closed. */
  land(): void {
    this.#bytes = 0;
    this.#release?.();
    this.#release = undefined;
  }

  /** One end of the line. */
  end(stream: ByteStream): ByteStream {
    const listeners = new Set<(chunk: Uint8Array) => void>();
    const early: Uint8Array[] = [];
    stream.onData((chunk) => {
      if (listeners.size === 0) early.push(chunk);
      for (const listener of [...listeners]) listener(chunk);
      this.add(-chunk.length);
    });
    stream.onClose(() => this.land());
    return {
      label: stream.label,
      baud: stream.baud,
      write: (bytes) => {
        this.add(bytes.length);
        return stream.write(bytes);
      },
      onData: (listener) => {
        listeners.add(listener);
        for (const chunk of early.splice(0)) listener(chunk);
        return () => listeners.delete(listener);
      },
      onClose: (listener) => stream.onClose(listener),
      close: async () => {
        this.land();
        await stream.close();
      },
    };
  }
}
