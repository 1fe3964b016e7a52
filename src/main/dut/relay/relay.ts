import type { Clock, ClockTimer } from '../../../shared/clock/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { LineFramer } from '../../transport/index.ts';
import type { ByteStream } from '../../transport/index.ts';
import { Closing, Inbox } from '../../transport/inbox.ts';
import { readRelayLine, readRelayRest } from './lines.ts';
import type { RelayLine } from './lines.ts';

export interface RelayLap {
  /** The relay's own counter, modulo 2^32. */
  us: number;
  /** Host clock when the line came. */
  atS: number;
}

export interface RelayCommandOptions {
  signal?: AbortSignal | undefined;
  /** Longest wait for the relay's `m-ready`; default 2. */
  deadlineS?: number;
}

export interface RelayOptions {
  /** Rate of the line between relay and DUT; default 9600. */
  dutBaud?: number;
}

/** A DUT behind an IO manager or interface board: the DUT's line as a stream of its own, and the relay's own commands beside it. */
export interface Relay {
  /**
   * The DUT as if it were connected directly. Whole commands only, each ended by `%`; a write resolves when the relay has acknowledged the
   * command, and rejects with `dut.relaySilent` or `dut.relayRefused`. Closing it closes the relay's stream.
   */
  readonly dut: ByteStream;
  /** Stamps that the relay reported as lost. */
  readonly lapsLost: number;
  /** Sends a command to the relay itself, such as `tm 0`, and resolves with its lines before `m-ready`. */
  command(text: string, options?: RelayCommandOptions): Promise<string[]>;
  /** Hears the relay's own `m-lap-us-N`. They may overtake text of the DUT: their order against it means nothing. */
  onLap(listener: (lap: RelayLap) => void): () => void;
  close(): Promise<void>;
}

const ackS = 2;
/** A relay that has just been opened may be starting: an Arduino resets, and its boot loader waits first. */
const mostProbes = 6;
const probeS = 1;
/** One that answered before and is silent now is asked once: whoever waits for the DUT shall hear in time that it is the relay. */
const probesLater = 1;
const settleS = 0.1;
/** After this much silence a reply of the DUT that never ended stands in nobody's way any more. */
const quietS = 0.5;
const mostWaitS = 5;
const mostResends = 2;
const mostPending = 4096;
const mostLines = 1000;
const tiny = 1e-9;
const percent = 0x25;

interface Pending {
  command: string;
  /** A relayed command is acknowledged by name. */
  relayed: boolean;
  named: boolean;
  lines: string[];
  settle(outcome: { lines: string[] } | { error: Error }): void;
}

/**
 * Speaks to a relay. The link is half duplex: one command is sent at a time, and none while the reply of the DUT to the one before is still
 * coming (DUT protocol, section 8.1). The relay's greeting and acknowledgements stay here.
 */
export function openRelay(stream: ByteStream, clock: Clock, options: RelayOptions = {}): Relay {
  return new RelayLink(stream, clock, options.dutBaud ?? 9600);
}

class RelayLink implements Relay {
  readonly dut: ByteStream;
  lapsLost = 0;
  readonly #stream: ByteStream;
  readonly #clock: Clock;
  readonly #framer = new LineFramer();
  readonly #inbox = new Inbox();
  readonly #closing = new Closing();
  #laps: ((lap: RelayLap) => void)[] = [];
  #ended: Error | undefined;
  #lastByteS: number;
  #awake = false;
  #answeredOnce = false;
  /** An answer may still come that nobody waits for any more. */
  #stale = false;
  #pending: Pending | undefined;
  /** A command was passed on, and the DUT's `m-ready` has not come. */
  #replyOpen = false;
  #inDutLine = false;
  #watchers: (() => void)[] = [];
  #queue: Promise<unknown> = Promise.resolve();
  #text = '';

  constructor(stream: ByteStream, clock: Clock, dutBaud: number) {
    this.#stream = stream;
    this.#clock = clock;
    this.#lastByteS = clock.nowS();
    stream.onClose((reason) => this.#onClose(reason));
    stream.onData((chunk) => this.#onChunk(chunk));
    this.dut = {
      label: stream.label,
      baud: dutBaud,
      write: (bytes, signal) => this.#write(bytes, signal),
      onData: (listener) => this.#inbox.subscribe(listener),
      onClose: (listener) => this.#closing.subscribe(listener),
      close: () => this.close(),
    };
  }

  command(text: string, options: RelayCommandOptions = {}): Promise<string[]> {
    if (text.includes('%')) throw new RangeError(text);
    const { signal, deadlineS = ackS } = options;
    return this.#inTurn(() => this.#exchange(text, false, deadlineS, signal), signal);
  }

  onLap(listener: (lap: RelayLap) => void): () => void {
    this.#laps = [...this.#laps, listener];
    return () => {
      this.#laps = this.#laps.filter((other) => other !== listener);
    };
  }

  async close(): Promise<void> {
    this.#end(new Fault('transport.closed', { port: this.#stream.label }), undefined);
    await this.#stream.close();
  }

  async #write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#ended) throw this.#ended;
    const commands: string[] = [];
    let start = 0;
    for (let at = bytes.indexOf(percent); at >= 0; at = bytes.indexOf(percent, start)) {
      commands.push(this.#text + latin1(bytes.subarray(start, at)));
      this.#text = '';
      start = at + 1;
    }
    this.#text = (this.#text + latin1(bytes.subarray(start))).slice(-mostPending);
    // All are put into the queue at once, so that nothing can come between them.
    await Promise.all(commands.map((command) => this.#inTurn(() => this.#passOn(command, signal), signal)));
  }

  async #passOn(command: string, signal: AbortSignal | undefined): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const lines = await this.#exchange(`dut ${command}`, true, ackS, signal);
      const error = lines.find((line) => line.startsWith('e-['));
      if (error === undefined) return;
      this.#replyOpen = false;
      // A relay that missed a character has passed nothing on.
      if (attempt < mostResends && /lost/i.test(error)) continue;
      throw new Fault('dut.relayRefused', { port: this.#stream.label, command, reply: error.slice(0, 200) });
    }
  }

  /** One after the other, whatever became of the one before. */
  #inTurn<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const result = this.#queue.then(async () => {
      signal?.throwIfAborted();
      if (this.#ended) throw this.#ended;
      await this.#wake(signal);
      await this.#lineFree(signal);
      return work();
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Before the first command: proves that the relay listens. */
  async #wake(signal: AbortSignal | undefined): Promise<void> {
    for (let probe = 1; !this.#awake; probe += 1) {
      if (this.#stale) await this.#quiet(quietS, signal);
      this.#stale = false;
      try {
        await this.#exchange('name', false, probeS, signal);
      } catch (error) {
        const most = this.#answeredOnce ? probesLater : mostProbes;
        if (!(error instanceof Fault) || error.code !== 'dut.relaySilent' || probe >= most) throw error;
        continue;
      }
      // A greeting and an answer to an earlier probe may follow.
      await this.#quiet(settleS, signal);
      this.#awake = true;
      this.#answeredOnce = true;
    }
  }

  /** Waits until the DUT has said all: its `m-ready`, or a long silence for a reply without one. */
  async #lineFree(signal: AbortSignal | undefined): Promise<void> {
    if (!this.#replyOpen) return;
    await this.#quiet(quietS, signal, () => !this.#replyOpen);
    this.#replyOpen = false;
  }

  /** Resolves when nothing has come for this long from now on, or when `orElse` holds; after a while in any case. */
  #quiet(durationS: number, signal: AbortSignal | undefined, orElse = (): boolean => false): Promise<void> {
    const startS = this.#clock.nowS();
    const leftS = (): number => Math.max(this.#lastByteS, startS) + durationS - this.#clock.nowS();
    return this.#until(() => orElse() || leftS() <= tiny, mostWaitS, signal, leftS);
  }

  /** Sends one command and waits for the relay's own `m-ready`. */
  #exchange(text: string, relayed: boolean, deadlineS: number, signal?: AbortSignal): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: { lines: string[] } | { error: Error }): void => {
        if (this.#pending !== pending) return;
        this.#pending = undefined;
        timer.cancel();
        signal?.removeEventListener('abort', onAbort);
        if ('error' in outcome) {
          // Its acknowledgement may still come: the next command must not take it for its own.
          this.#awake = false;
          this.#stale = true;
          reject(outcome.error);
        } else resolve(outcome.lines);
      };
      const pending: Pending = { command: text, relayed, named: false, lines: [], settle };
      const onAbort = (): void => settle({ error: signal?.reason as Error });
      const timer = this.#clock.setTimer(deadlineS, () => {
        const { label } = this.#stream;
        settle({ error: new Fault('dut.relaySilent', { port: label, command: text, waitedS: deadlineS }) });
      });
      this.#pending = pending;
      if (signal?.aborted) {
        onAbort();
        return;
      }
      signal?.addEventListener('abort', onAbort, { once: true });
      if (relayed) this.#replyOpen = true;
      this.#stream.write(Buffer.from(`${text}%`, 'latin1'), signal).catch((error: unknown) => {
        settle({ error: error as Error });
      });
    });
  }

  #onChunk(chunk: Uint8Array): void {
    this.#lastByteS = this.#clock.nowS();
    for (const frame of this.#framer.push(chunk)) {
      const line = this.#inDutLine ? readRelayRest(frame) : readRelayLine(frame);
      this.#inDutLine = line.kind === 'dut' && frame.end === 'overflow';
      this.#onLine(line);
    }
    this.#notify();
  }

  #onLine(line: RelayLine): void {
    const pending = this.#pending;
    if (line.kind === 'dut') {
      if (line.ready) this.#replyOpen = false;
      this.#inbox.push(line.bytes);
    } else if (line.kind === 'lap') {
      for (const listener of this.#laps) listener({ us: line.us, atS: this.#lastByteS });
    } else if (line.kind === 'lapsLost') this.lapsLost += line.count;
    else if (line.kind === 'own') {
      if (line.text === '' || !pending) return;
      if (line.text.startsWith('m-dut-passthrough(')) pending.named = true;
      if (pending.lines.length < mostLines) pending.lines.push(line.text);
    } else if (pending && (!pending.relayed || pending.named || pending.lines.some((text) => text.startsWith('e-[')))) {
      pending.settle({ lines: pending.lines });
    }
  }

  #onClose(reason: Error | undefined): void {
    this.#end(reason ?? new Fault('transport.closed', { port: this.#stream.label }), reason);
  }

  #end(error: Error, reason: Error | undefined): void {
    if (this.#ended) return;
    this.#ended = error;
    this.#pending?.settle({ error });
    this.#notify();
    this.#closing.finish(reason);
  }

  #notify(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Resolves when `holds`, or after `mostS`; asked whenever something comes, and after `againS()`. */
  #until(holds: () => boolean, mostS: number, signal: AbortSignal | undefined, againS: () => number): Promise<void> {
    const endS = this.#clock.nowS() + mostS;
    return new Promise((resolve, reject) => {
      let timer: ClockTimer | undefined;
      const settle = (finish: () => void): void => {
        timer?.cancel();
        this.#watchers = this.#watchers.filter((other) => other !== check);
        signal?.removeEventListener('abort', onAbort);
        finish();
      };
      const onAbort = (): void => settle(() => reject(signal?.reason as Error));
      const check = (): void => {
        if (this.#ended) settle(() => reject(this.#ended as Error));
        else if (holds() || this.#clock.nowS() >= endS - tiny) settle(resolve);
        else timer ??= this.#clock.setTimer(Math.max(0, againS()), onTimer);
      };
      const onTimer = (): void => {
        timer = undefined;
        check();
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
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
