import type { Clock, ClockTimer } from '../../../shared/clock/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import type { ByteStream } from '../../transport/byte-stream.ts';
import type { MonitorEvent } from '../monitor.ts';
import { streamLost } from '../stream-lost.ts';
import { Lpm01aDecoder } from './decoder.ts';
import type { Lpm01aReply } from './decoder.ts';
import { Exchange } from './exchange.ts';
import type { Answer, CommandOptions } from './exchange.ts';

export interface LinkEvents {
  event(event: MonitorEvent): void;
  ended(reply: Extract<Lpm01aReply, { kind: 'ended' }>): void;
  closed(reason: Fault): void;
  /** After each chunk. */
  heard(): void;
}

/** What is kept of text that nobody asked for. */
const longestStray = 80;

/**
 * The host's end of the instrument's port. One command is outstanding at a time, in the order of asking; its answer is the
 * line that repeats it verbatim (energy monitors, 2.2), so one that comes too late is never taken for another command's.
 */
export class Lpm01aLink {
  readonly stream: ByteStream;
  readonly clock: Clock;
  readonly label: string;
  readonly decoder: Lpm01aDecoder;
  readonly #events: LinkEvents;
  readonly #unsubscribe: (() => void)[];
  readonly #exchanges = new Set<Exchange>();
  #queue: Promise<unknown> = Promise.resolve();
  /** Commands of an earlier generation that still wait are given up. */
  #generation = 0;
  #closed: Fault | undefined;
  #heardS: number;
  #draining = false;
  #stray = '';

  constructor(stream: ByteStream, clock: Clock, label: string, events: LinkEvents) {
    this.stream = stream;
    this.clock = clock;
    this.label = label;
    this.#events = events;
    this.#heardS = clock.nowS();
    this.decoder = new Lpm01aDecoder({
      event: (event) => events.event(event),
      reply: (reply) => {
        if (reply.kind === 'ended') events.ended(reply);
        for (const exchange of [...this.#exchanges]) exchange.hear(reply);
      },
    });
    this.#unsubscribe = [stream.onClose(this.#onClose), stream.onData(this.#onData)];
  }

  /** Why nothing can be sent any more. */
  get closed(): Fault | undefined {
    return this.#closed;
  }

  /** The end of what came while draining, for whoever wonders what is on this port. */
  get stray(): string {
    return this.#stray;
  }

  /** Sends a command and waits for its answer. @throws Fault `emon.refused`, `emon.silent`, `emon.streamLost`; the signal's reason. */
  command(text: string, options: CommandOptions = {}): Promise<Answer> {
    const generation = this.#generation;
    const run = (): Promise<Answer> => {
      if (generation !== this.#generation) return Promise.reject(new Fault('operation.cancelled', {}));
      return this.urgent(text, options);
    };
    const mine = this.#queue.then(run, run);
    this.#queue = mine.catch(() => undefined);
    return mine;
  }

  /** The same at once, whatever else waits. */
  urgent(text: string, options: CommandOptions = {}): Promise<Answer> {
    if (this.#closed) return Promise.reject(this.#closed);
    const exchange = new Exchange(text, this.label, this.clock, options);
    this.#exchanges.add(exchange);
    this.#write(text, options.signal).catch((error: unknown) => exchange.fail(this.#asLost(error as Error)));
    return exchange.promise.finally(() => this.#exchanges.delete(exchange));
  }

  /** Gives up all commands that wait, with `operation.cancelled`: something more important is to be sent. */
  interrupt(): void {
    this.#generation += 1;
    for (const exchange of [...this.#exchanges]) exchange.fail(new Fault('operation.cancelled', {}));
  }

  /**
   * Discards what comes until nothing has come for `quietS`; false when that does not happen within `mostS`.
   * @param command is sent first.
   */
  async drain(command: string, quietS: number, mostS: number, signal?: AbortSignal): Promise<boolean> {
    signal?.throwIfAborted();
    if (this.#closed) throw this.#closed;
    this.#draining = true;
    try {
      await this.#write(command, signal).catch((error: unknown) => {
        throw this.#asLost(error as Error);
      });
      const startS = this.clock.nowS();
      this.#heardS = startS;
      for (;;) {
        const nowS = this.clock.nowS();
        const leftS = this.#heardS + quietS - nowS;
        if (leftS <= 1e-6) return true;
        if (nowS - startS >= mostS) return false;
        await this.#pause(Math.min(leftS, startS + mostS - nowS), signal);
      }
    } finally {
      this.#draining = false;
    }
  }

  /** Lets go of the stream without closing it. */
  detach(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#end(streamLost(this.label, undefined));
  }

  #write(command: string, signal?: AbortSignal): Promise<void> {
    return this.stream.write(Buffer.from(`${command}\r\n`, 'latin1'), signal);
  }

  #pause(delayS: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        timer.cancel();
        signal?.removeEventListener('abort', onAbort);
        unsubscribe();
        finish();
      };
      const onAbort = (): void => settle(() => reject(signal?.reason as Error));
      const timer: ClockTimer = this.clock.setTimer(delayS, () => settle(resolve));
      const unsubscribe = this.stream.onClose((reason) => settle(() => reject(this.#asLost(reason))));
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  #asLost(reason: Error | undefined): Fault {
    return streamLost(this.label, reason);
  }

  #end(reason: Fault): void {
    if (this.#closed) return;
    this.#closed = reason;
    for (const exchange of [...this.#exchanges]) exchange.fail(reason);
  }

  readonly #onData = (chunk: Uint8Array): void => {
    this.#heardS = this.clock.nowS();
    if (this.#draining) {
      const text = Buffer.from(chunk.subarray(-longestStray)).toString('latin1');
      this.#stray = `${this.#stray}${text}`.slice(-longestStray);
      return;
    }
    this.decoder.push(chunk);
    this.#events.heard();
  };

  readonly #onClose = (reason: Error | undefined): void => {
    if (this.#closed) return;
    const lost = this.#asLost(reason);
    this.#end(lost);
    this.#events.closed(lost);
  };
}
