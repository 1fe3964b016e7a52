import type { Clock, ClockTimer } from '../clock/index.ts';
import { Fault } from '../fault/index.ts';
import type { HostMessage } from './messages.ts';

/** Seconds without a chunk after which a stream is given up. */
export const chunkDeadlineS = 30;

export interface ByteReaderOptions {
  procedure: string;
  clock: Clock;
  signal: AbortSignal | undefined;
  credit(): void;
  /** Ends the stream on the host. */
  cancel(): void;
  /** The stream has ended by itself. */
  done(): void;
}

type Result = IteratorResult<Uint8Array, undefined>;
interface Reader {
  resolve(result: Result): void;
  reject(fault: Fault): void;
  timer: ClockTimer;
}

/** Page's side of one byte stream. A chunk's credit goes back when the reader has taken it. */
export class ByteReader implements AsyncIterator<Uint8Array, undefined> {
  readonly #options: ByteReaderOptions;
  readonly #chunks: Uint8Array[] = [];
  #nextSeq = 0;
  #ended = false;
  #fault: Fault | undefined;
  #reader: Reader | undefined;
  readonly #onAbort = (): void => {
    this.#options.cancel();
    this.fail(new Fault('operation.cancelled', {}, { cause: this.#options.signal?.reason }));
  };

  constructor(options: ByteReaderOptions) {
    this.#options = options;
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  next(): Promise<Result> {
    const chunk = this.#chunks.shift();
    if (chunk) {
      this.#options.credit();
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#options.signal?.aborted && !this.#ended) this.#onAbort();
    if (this.#fault) return Promise.reject(this.#fault);
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      const timer = this.#options.clock.setTimer(chunkDeadlineS, () => {
        this.#options.cancel();
        this.fail(new Fault('api.deadline', { procedure: this.#options.procedure, deadlineS: chunkDeadlineS }));
      });
      this.#reader = { resolve, reject, timer };
    });
  }

  /** Called by `for await` when its body is left early. */
  return(): Promise<Result> {
    if (!this.#ended) this.#options.cancel();
    this.#finish();
    this.#chunks.length = 0;
    return Promise.resolve({ done: true, value: undefined });
  }

  receive(message: HostMessage): void {
    if (message.t !== 'chunk' || this.#ended) return;
    if (message.seq !== this.#nextSeq) {
      this.#options.cancel();
      this.fail(new Fault('api.connectionLost', {}));
      return;
    }
    this.#nextSeq += 1;
    if (message.bytes.length > 0) this.#take(message.bytes);
    else if (!message.last) this.#options.credit();
    if (message.last) {
      this.#options.done();
      this.#finish();
      this.#takeReader()?.resolve({ done: true, value: undefined });
    }
  }

  fail(fault: Fault): void {
    if (this.#ended) return;
    this.#fault = fault;
    this.#finish();
    this.#takeReader()?.reject(fault);
  }

  #take(bytes: Uint8Array): void {
    const reader = this.#takeReader();
    if (!reader) {
      this.#chunks.push(bytes);
      return;
    }
    this.#options.credit();
    reader.resolve({ done: false, value: bytes });
  }

  #takeReader(): Reader | undefined {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.timer.cancel();
    return reader;
  }

  #finish(): void {
    this.#ended = true;
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
  }
}
