import { Fault } from '../../shared/fault/index.ts';
import type { ByteStream } from './byte-stream.ts';
import { Closing, Inbox } from './inbox.ts';

export interface PipeOptions {
  /** Labels of the two ends, as seen by whoever holds that end. */
  labels?: readonly [string, string];
  /** Line rate that both ends report; the pipe itself takes no time. */
  baud?: number;
}

/**
 * Two ends of an in-process byte stream. What is written at one end arrives at the other in the next microtask, in order
 * and in one piece per write; nothing is delivered from inside `write`, so neither side is re-entered. Closing one end
 * ends the other with `transport.lost`.
 */
export function createPipe(options: PipeOptions = {}): [ByteStream, ByteStream] {
  const [nearLabel, farLabel] = options.labels ?? ['pipe', 'pipe'];
  const near = new PipeEnd(nearLabel, options.baud);
  const far = new PipeEnd(farLabel, options.baud);
  near.join(far);
  far.join(near);
  return [near, far];
}

class PipeEnd implements ByteStream {
  readonly label: string;
  readonly baud: number | undefined;
  readonly #inbox = new Inbox();
  readonly #closing = new Closing();
  #peer: PipeEnd | undefined;
  #queue: Uint8Array[] = [];

  constructor(label: string, baud: number | undefined) {
    this.label = label;
    this.baud = baud;
  }

  join(peer: PipeEnd): void {
    this.#peer = peer;
  }

  write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    if (this.#closing.closed) {
      return Promise.reject(this.#closing.reason ?? new Fault('transport.closed', { port: this.label }));
    }
    // A copy (`slice` of a Buffer is none), since the writer may use its buffer again before the microtask.
    (this.#peer as PipeEnd).#receive(new Uint8Array(bytes));
    return delivered;
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#inbox.subscribe(listener);
  }

  onClose(listener: (reason: Error | undefined) => void): () => void {
    return this.#closing.subscribe(listener);
  }

  close(): Promise<void> {
    const peer = this.#peer as PipeEnd;
    this.#closing.finish(undefined);
    // Behind the bytes on their way: the peer hears all that was written before the end.
    queueMicrotask(() => peer.#closing.finish(new Fault('transport.lost', { port: peer.label })));
    return Promise.resolve();
  }

  #receive(chunk: Uint8Array): void {
    this.#queue.push(chunk);
    if (this.#queue.length === 1) queueMicrotask(this.#deliver);
  }

  readonly #deliver = (): void => {
    const chunks = this.#queue;
    this.#queue = [];
    if (this.#closing.closed) return;
    for (const chunk of chunks) this.#inbox.push(chunk);
  };
}

const delivered = Promise.resolve();
