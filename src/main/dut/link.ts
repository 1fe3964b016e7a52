import type { Clock, ClockTimer } from '../../shared/clock/index.ts';
import type { DutLine, DutQuirk } from '../../shared/domain/dut.ts';
import { Fault } from '../../shared/fault/index.ts';
import { LineFramer } from '../transport/index.ts';
import type { ByteStream, FramedLine } from '../transport/index.ts';
import { parseReplyLine } from './reply/index.ts';
import type { ReplyContext, ReplyLine } from './reply/index.ts';

/** What is kept of one line's text in reports and faults; the log gets all of it. */
export const longestKeptText = 1000;

/** Sent or received text for the log. */
export interface DutLogEntry {
  atS: number;
  direction: 'tx' | 'rx';
  text: string;
}

export type DutLog = (entry: DutLogEntry) => void;

/** A received line with what it says. */
export interface ReceivedLine extends DutLine {
  reply: ReplyLine;
  frame: FramedLine;
}

/** Whoever has a command in flight. */
export interface Receiver {
  readonly context: ReplyContext;
  /** Bytes came; called before the lines that they complete. */
  onBytes(atS: number): void;
  onLine(line: ReceivedLine): void;
  onClose(reason: Error): void;
  /** Asked first when a chunk is exactly one bare `m-ready` line and nothing is pending; true when that was all to do. */
  onPlainReady?(): boolean;
}

const mostIdleLines = 400;
/** `m-ready` CR LF: the whole reply to a middle chunk of a load. */
const plainReady = Uint8Array.from([0x6d, 0x2d, 0x72, 0x65, 0x61, 0x64, 0x79, 0x0d, 0x0a]);

/**
 * The DUT's end of a byte stream: frames and reads what arrives, stamps it with the clock, and hands it to the command in
 * flight. Lines that come while none is in flight are kept (bounded) for whoever asks.
 */
export class DutLink {
  readonly stream: ByteStream;
  readonly clock: Clock;
  readonly quirks = new Set<DutQuirk>();
  readonly #log: DutLog | undefined;
  readonly #framer = new LineFramer();
  #receiver: Receiver | undefined;
  #idle: ReceivedLine[] = [];
  #lastByteS: number;
  #bytes = 0;
  #undecodableLines = 0;
  #ended: Error | undefined;
  readonly #unsubscribe: (() => void)[];

  constructor(stream: ByteStream, clock: Clock, log?: DutLog) {
    this.stream = stream;
    this.clock = clock;
    this.#log = log;
    this.#lastByteS = clock.nowS();
    this.#unsubscribe = [
      stream.onClose((reason) => this.#onClose(reason)),
      stream.onData((chunk) => this.#onChunk(chunk)),
    ];
  }

  get lastByteS(): number {
    return this.#lastByteS;
  }

  /** Bytes received since opening. */
  get bytesReceived(): number {
    return this.#bytes;
  }

  /** Lines with bytes that are no text, since opening: the mark of a wrong baud rate. */
  get undecodableLines(): number {
    return this.#undecodableLines;
  }

  /** The unfinished line, for instance a prompt. */
  pending(): string {
    return this.#framer.pending();
  }

  /** Takes the lines that came while no command was in flight. */
  takeIdleLines(): ReceivedLine[] {
    const lines = this.#idle;
    this.#idle = [];
    return lines;
  }

  /** Gives back a line that belongs to no command after all. */
  putIdle(line: ReceivedLine): void {
    if (this.#idle.length < mostIdleLines) this.#idle.push(line);
  }

  logSent(text: string): void {
    this.#log?.({ atS: this.clock.nowS(), direction: 'tx', text });
  }

  /** Makes `receiver` the one who hears; throws when the stream has ended or another command is in flight. */
  attach(receiver: Receiver, command: string): void {
    if (this.#ended) throw this.#ended;
    if (this.#receiver) throw new Fault('dut.busy', { port: this.stream.label, command });
    this.#receiver = receiver;
  }

  detach(receiver: Receiver): void {
    if (this.#receiver === receiver) this.#receiver = undefined;
  }

  /** Resolves when no byte has come for `quietS`; rejects with `dut.babbling` when that does not happen within `mostS`. */
  quiet(quietS: number, mostS: number, signal?: AbortSignal): Promise<void> {
    const startS = this.clock.nowS();
    return new Promise((resolve, reject) => {
      let timer: ClockTimer | undefined;
      let unsubscribe = (): void => undefined;
      const settle = (finish: () => void): void => {
        timer?.cancel();
        unsubscribe();
        signal?.removeEventListener('abort', onAbort);
        finish();
      };
      const onAbort = (): void => settle(() => reject(signal?.reason as Error));
      const check = (): void => {
        const nowS = this.clock.nowS();
        const leftS = Math.max(this.#lastByteS, startS) + quietS - nowS;
        if (leftS <= tiny) settle(resolve);
        else if (nowS - startS >= mostS)
          settle(() => reject(new Fault('dut.babbling', { port: this.stream.label, seconds: mostS })));
        else timer = this.clock.setTimer(Math.min(leftS, startS + mostS - nowS), check);
      };
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      signal?.addEventListener('abort', onAbort, { once: true });
      unsubscribe = this.stream.onClose((reason) => settle(() => reject(this.#closeReason(reason))));
      check();
    });
  }

  async close(): Promise<void> {
    this.#ended ??= new Fault('transport.closed', { port: this.stream.label });
    this.#receiver?.onClose(this.#ended);
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    await this.stream.close();
  }

  #onChunk(chunk: Uint8Array): void {
    const atS = this.clock.nowS();
    this.#lastByteS = atS;
    this.#bytes += chunk.length;
    const receiver = this.#receiver;
    if (receiver) {
      receiver.onBytes(atS);
      const plain = receiver.onPlainReady !== undefined && this.#framer.pendingBytes === 0 && isPlainReady(chunk);
      if (plain && receiver.onPlainReady?.()) return;
    }
    for (const frame of this.#framer.push(chunk)) this.#onLine(atS, frame);
  }

  #onLine(atS: number, frame: FramedLine): void {
    this.#log?.({ atS, direction: 'rx', text: frame.text });
    // Asked anew for each line: the one before may have completed the command.
    const receiver = this.#receiver;
    const reply = parseReplyLine(frame.text, receiver?.context);
    this.#noteQuirks(reply, frame);
    const text = frame.text.length > longestKeptText ? frame.text.slice(0, longestKeptText) : frame.text;
    const line: ReceivedLine = { atS, text, reply, frame };
    if (receiver) receiver.onLine(line);
    else this.putIdle(line);
  }

  #noteQuirks(reply: ReplyLine, frame: FramedLine): void {
    if (reply.echo) this.quirks.add('echo');
    if (reply.ansi) this.quirks.add('ansi');
    if (reply.empty) this.quirks.add('emptyLines');
    if (reply.noise !== undefined) this.quirks.add(reply.ready && reply.messages.length === 0 ? 'prompt' : 'noise');
    if (frame.undecodable) {
      this.#undecodableLines += 1;
      this.quirks.add('undecodable');
    }
    if (frame.end === 'overflow') this.quirks.add('longLine');
    else if (frame.end === 'lf') this.quirks.add('bareLf');
  }

  #onClose(reason: Error | undefined): void {
    this.#ended ??= this.#closeReason(reason);
    const receiver = this.#receiver;
    this.#receiver = undefined;
    receiver?.onClose(this.#ended);
  }

  #closeReason(reason: Error | undefined): Error {
    return reason ?? new Fault('transport.closed', { port: this.stream.label });
  }
}

/** Timers of a simulated clock land within rounding of their time. */
const tiny = 1e-9;

function isPlainReady(chunk: Uint8Array): boolean {
  if (chunk.length !== plainReady.length) return false;
  for (let index = 0; index < plainReady.length; index += 1) if (chunk[index] !== plainReady[index]) return false;
  return true;
}
