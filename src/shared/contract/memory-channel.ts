import type { Channel } from './channel.ts';
import { decodeFrame, encodeFrame } from './codec.ts';
import { ChannelListeners } from './listeners.ts';
import { checkMessage } from './measure.ts';

/** Two ends of a channel inside one process, for a host and its viewer that share it. Messages are copied, never shared. */
export function memoryChannelPair(): [Channel, Channel] {
  const one = new MemoryChannel();
  const other = new MemoryChannel();
  one.peer = other;
  other.peer = one;
  return [one, other];
}

class MemoryChannel implements Channel {
  readonly bufferedBytes = 0;
  peer: MemoryChannel | undefined;
  readonly #listeners = new ChannelListeners();

  post(message: unknown): void {
    if (this.#listeners.ended) return;
    checkMessage(message);
    const frame = encodeFrame(message);
    // Later, as over any real medium: a sender never runs the receiver's code.
    void Promise.resolve().then(() => this.peer?.deliver(decodeFrame(frame)));
  }

  onMessage(listener: (message: unknown) => void): () => void {
    return this.#listeners.onMessage(listener);
  }

  onClose(listener: () => void): () => void {
    return this.#listeners.onClose(listener);
  }

  close(): void {
    if (this.#listeners.ended) return;
    this.#listeners.end();
    void Promise.resolve().then(() => this.peer?.end());
  }

  /** The other end has sent this. */
  deliver(message: unknown): void {
    this.#listeners.message(message);
  }

  /** The other end is gone. */
  end(): void {
    this.#listeners.end();
  }
}
