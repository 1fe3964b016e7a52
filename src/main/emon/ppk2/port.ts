import type { Clock, ClockTimer } from '../../../shared/clock/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import type { ByteStream } from '../../transport/index.ts';
import { streamLost } from '../stream-lost.ts';

/** Longest wait for the system to take a few bytes. */
const writeS = 2;
/** Timers of a simulated clock land within rounding of their time. */
const tiny = 1e-9;

/** The host's end of the PPK2's measuring port: writes with a deadline, and waits for what comes or does not come. */
export class Ppk2Port {
  readonly instrument: string;
  readonly clock: Clock;
  readonly #stream: ByteStream;
  #ended: Error | undefined;
  #lastByteS: number;
  #watchers: (() => void)[] = [];
  /** Hears what arrives. */
  onBytes: ((chunk: Uint8Array) => void) | undefined;
  /** Hears that the stream has ended. */
  onEnd: ((reason: Error) => void) | undefined;

  constructor(stream: ByteStream, clock: Clock, instrument: string) {
    this.instrument = instrument;
    this.clock = clock;
    this.#stream = stream;
    this.#lastByteS = clock.nowS();
    stream.onClose((reason) => {
      this.#end(streamLost(instrument, reason));
    });
    stream.onData((chunk) => {
      this.#lastByteS = clock.nowS();
      this.onBytes?.(chunk);
      this.#wake();
    });
  }

  /** Why nothing can be sent any more. */
  get ended(): Error | undefined {
    return this.#ended;
  }

  /** Hands bytes to the instrument. @throws Fault `emon.streamLost`, `emon.silent`, or the signal's reason. */
  async send(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#ended) throw this.#ended;
    let outcome: { error?: unknown } | undefined;
    this.#stream
      .write(bytes, signal)
      .then(
        () => (outcome = {}),
        (error: unknown) => (outcome = { error }),
      )
      .finally(() => this.#wake());
    const done = await this.until(() => outcome !== undefined, writeS, signal);
    if (!done) {
      const command = Buffer.from(bytes).toString('hex');
      throw new Fault('emon.silent', { instrument: this.instrument, command, waitedS: writeS });
    }
    if (!outcome || !('error' in outcome)) return;
    signal?.throwIfAborted();
    throw streamLost(this.instrument, outcome.error);
  }

  /** Whether no byte has come for `quietS`, within `mostS`; rejects when the stream has ended or the signal is aborted. */
  quiet(quietS: number, mostS: number, signal?: AbortSignal): Promise<boolean> {
    const startS = this.clock.nowS();
    const leftS = (): number => Math.max(this.#lastByteS, startS) + quietS - this.clock.nowS();
    return this.until(() => leftS() <= tiny, mostS, signal, leftS);
  }

  /**
   * Whether `holds` becomes true within `mostS`; asked at the beginning, whenever something comes, and after `againS()`. Rejects when
   * the stream has ended or the signal is aborted.
   */
  until(holds: () => boolean, mostS: number, signal?: AbortSignal, againS?: () => number): Promise<boolean> {
    const { clock } = this;
    const endS = clock.nowS() + mostS;
    return new Promise((resolve, reject) => {
      let timer: ClockTimer | undefined;
      const settle = (finish: () => void): void => {
        timer?.cancel();
        this.#watchers = this.#watchers.filter((other) => other !== check);
        signal?.removeEventListener('abort', onAbort);
        finish();
      };
      const onAbort = (): void => settle(() => reject(signal?.reason as Error));
      const onTimer = (): void => {
        timer = undefined;
        check();
      };
      const check = (): void => {
        const nowS = clock.nowS();
        if (holds()) settle(() => resolve(true));
        else if (this.#ended) settle(() => reject(this.#ended as Error));
        else if (nowS >= endS - tiny) settle(() => resolve(false));
        // One timer at a time, which is not moved by what comes: bytes cost nothing.
        else timer ??= clock.setTimer(Math.max(0, Math.min(endS - nowS, againS?.() ?? endS - nowS)), onTimer);
      };
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#watchers.push(check);
      check();
    });
  }

  async close(): Promise<void> {
    this.#end(new Fault('transport.closed', { port: this.instrument }));
    await this.#stream.close();
  }

  #end(reason: Error): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.onEnd?.(reason);
    this.#wake();
  }

  #wake(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
