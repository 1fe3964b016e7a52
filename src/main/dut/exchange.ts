import type { ClockTimer } from '../../shared/clock/index.ts';
import type { DutWarning } from '../../shared/domain/dut.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { DutLink, ReceivedLine, Receiver } from './link.ts';
import type { Message, MessageKind, ReplyContext } from './reply/index.ts';

/** A message with the line it stood on. */
export interface TimedMessage {
  atS: number;
  message: Message;
  /** Position of its line among the lines of the reply. */
  lineIndex: number;
}

/** All that came between a command and its `m-ready`. */
export interface Reply {
  command: string;
  sentS: number;
  endS: number;
  messages: TimedMessage[];
  lines: { atS: number; text: string }[];
  noiseLines: number;
  warnings: DutWarning[];
}

export interface ExchangeOptions {
  signal?: AbortSignal | undefined;
  /** Longest silence; undefined for a command that is silent by nature and has a deadline instead. */
  silenceS: number | undefined;
  /** Longest time from sending to `m-ready`. */
  deadlineS: number;
  /** Longest wait for the messages of this command after an `m-ready` that came without them. */
  graceS: number;
  /**
   * Whether the messages so far answer this command. An `m-ready` before that may be the end of an earlier command's
   * output; it is taken for this one's only when nothing more comes.
   */
  answered(messages: readonly TimedMessage[]): boolean;
  /** Sees each line first; true when it has dealt with the line, which is then not kept. */
  consume?(line: ReceivedLine): boolean;
}

/** Lines kept of one reply, and messages taken from it; more than any real reply has. */
const mostLines = 5000;
const mostMessages = 20_000;

/** Sends one command and collects its reply. Rejects with a `dut.*` or `transport.*` fault or the signal's reason. */
export function exchange(link: DutLink, command: string, options: ExchangeOptions): Promise<Reply> {
  return new Promise((resolve, reject) => new Exchange(link, command, options, resolve, reject).start());
}

class Exchange implements Receiver {
  readonly context: ReplyContext;
  readonly #link: DutLink;
  readonly #options: ExchangeOptions;
  readonly #reply: Reply;
  readonly #resolve: (reply: Reply) => void;
  readonly #reject: (reason: Error) => void;
  #timer: ClockTimer | undefined;
  readonly #bytesBefore: number;
  #activityS: number;
  #graceUntilS: number | undefined;
  #heard = { undecodable: 0, longLines: 0, stale: 0, dropped: 0, echo: false, text: false };
  #done = false;

  constructor(
    link: DutLink,
    command: string,
    options: ExchangeOptions,
    resolve: (reply: Reply) => void,
    reject: (reason: Error) => void,
  ) {
    this.#link = link;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    this.context = { command, prompt: link.pending() };
    this.#bytesBefore = link.bytesReceived;
    this.#activityS = link.clock.nowS();
    this.#reply = {
      command,
      sentS: this.#activityS,
      endS: this.#activityS,
      messages: [],
      lines: [],
      noiseLines: 0,
      warnings: [],
    };
  }

  start(): void {
    const { signal } = this.#options;
    if (signal?.aborted) {
      this.#reject(signal.reason as Error);
      return;
    }
    try {
      this.#link.attach(this, this.#reply.command);
    } catch (error) {
      this.#reject(error as Error);
      return;
    }
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#arm();
    this.#link.logSent(`${this.#reply.command}%`);
    this.#link.stream.write(Buffer.from(`${this.#reply.command}%`, 'latin1'), signal).catch((error: unknown) => {
      this.#fail(error as Error);
    });
  }

  onBytes(atS: number): void {
    this.#activityS = atS;
  }

  onClose(reason: Error): void {
    this.#fail(reason);
  }

  onLine(line: ReceivedLine): void {
    const { reply } = line;
    const boot = reply.messages.find((message) => message.kind === 'timestampMode' || message.kind === 'initDone');
    if (boot) {
      this.#link.putIdle(line);
      this.#fail(new Fault('dut.rebooted', { port: this.#link.stream.label, command: this.#reply.command }));
      return;
    }
    this.#keep(line);
    if (reply.messages.length > 0) this.#graceUntilS = undefined;
    if (reply.ready) this.#onReady();
  }

  #keep(line: ReceivedLine): void {
    const { reply, frame } = line;
    if (frame.undecodable) this.#heard.undecodable += 1;
    if (frame.end === 'overflow') this.#heard.longLines += 1;
    if (reply.echo) this.#heard.echo = true;
    if (reply.noise !== undefined) this.#heard.text = true;
    if (this.#options.consume?.(line)) return;
    if (reply.noise !== undefined) this.#reply.noiseLines += 1;
    const { lines, messages } = this.#reply;
    for (const message of reply.messages) messages.push({ atS: line.atS, message, lineIndex: lines.length });
    if (reply.empty) return;
    if (lines.length < mostLines) lines.push({ atS: line.atS, text: line.text });
    else this.#heard.dropped += 1;
    if (messages.length > mostMessages) {
      this.#fail(new Fault('dut.babbling', { port: this.#link.stream.label, seconds: line.atS - this.#reply.sentS }));
    }
  }

  #onReady(): void {
    const { messages } = this.#reply;
    if (this.#options.answered(messages) || messages.some(({ message }) => endsInError(message))) {
      this.#finish();
      return;
    }
    this.#heard.stale += 1;
    this.#graceUntilS ??= this.#link.clock.nowS() + this.#options.graceS;
    this.#arm();
  }

  /** One timer for the next of three limits; it is only moved when it fires, so bytes cost nothing. */
  #arm(): void {
    this.#timer?.cancel();
    const nowS = this.#link.clock.nowS();
    const { silenceS, deadlineS } = this.#options;
    let nextS = this.#reply.sentS + deadlineS;
    if (silenceS !== undefined) nextS = Math.min(nextS, this.#activityS + silenceS);
    if (this.#graceUntilS !== undefined) nextS = Math.min(nextS, this.#graceUntilS);
    this.#timer = this.#link.clock.setTimer(Math.max(0, nextS - nowS), this.#onTimer);
  }

  readonly #onTimer = (): void => {
    const nowS = this.#link.clock.nowS() + tiny;
    const { silenceS, deadlineS } = this.#options;
    if (this.#graceUntilS !== undefined && nowS >= this.#graceUntilS) {
      // Nothing followed: the `m-ready` was this command's own, only without what it should have said.
      this.#heard.stale -= 1;
      this.#finish();
    } else if (nowS >= this.#reply.sentS + deadlineS) this.#fail(this.#late(deadlineS, true));
    else if (silenceS !== undefined && nowS >= this.#activityS + silenceS) this.#fail(this.#late(silenceS, false));
    else this.#arm();
  };

  /** Which fault fits what was heard while waiting; `byDeadline` tells a passed deadline from a silence. */
  #late(waitedS: number, byDeadline: boolean): Fault {
    const { command } = this.#reply;
    const { silenceS } = this.#options;
    const port = this.#link.stream.label;
    const pending = this.#link.pending();
    const started = this.#reply.messages.length > 0;
    if (byDeadline && (started || (silenceS === undefined && this.#heard.text))) {
      return new Fault('dut.timeout', { port, command, deadlineS: waitedS });
    }
    if (started) return new Fault('dut.noReady', { port, command, waitedS });
    const echo = this.#heard.echo || pending.includes(command);
    if (echo && !this.#heard.text) return new Fault('dut.echoOnly', { port, command });
    // A wrong rate may also leave nothing but NULs, which the framing strips.
    const unreadable = !this.#heard.text && pending.trim() === '' && this.#link.bytesReceived > this.#bytesBefore;
    if (this.#heard.undecodable > 0 || pending.includes('\ufffd') || unreadable) {
      return new Fault('dut.garbled', { port, command, baud: this.#link.stream.baud ?? 0 });
    }
    if (byDeadline && silenceS !== undefined) return new Fault('dut.babbling', { port, seconds: waitedS });
    const text = this.#reply.lines.at(-1)?.text ?? pending;
    if (text.trim() !== '') return new Fault('dut.unknownReply', { port, command, text: text.slice(0, 80) });
    return new Fault('dut.silent', { port, command, waitedS });
  }

  readonly #onAbort = (): void => this.#fail(this.#options.signal?.reason as Error);

  #finish(): void {
    if (!this.#settle()) return;
    const heard = this.#heard;
    const { warnings } = this.#reply;
    this.#reply.endS = this.#link.clock.nowS();
    if (heard.stale > 0) warnings.push({ code: 'staleOutput', count: heard.stale });
    if (heard.undecodable > 0) warnings.push({ code: 'undecodable', count: heard.undecodable });
    if (heard.longLines > 0) warnings.push({ code: 'longLine', count: heard.longLines });
    if (heard.dropped > 0) warnings.push({ code: 'linesDropped', count: heard.dropped });
    this.#resolve(this.#reply);
  }

  #fail(reason: Error): void {
    if (this.#settle()) this.#reject(reason);
  }

  #settle(): boolean {
    if (this.#done) return false;
    this.#done = true;
    this.#timer?.cancel();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    this.#link.detach(this);
    return true;
  }
}

const tiny = 1e-9;

function endsInError(message: Message): boolean {
  return message.kind === 'error' || message.kind === 'bufferTooSmall';
}

/** The first message of a kind in a reply. */
export function findMessage<K extends MessageKind>(reply: Reply, kind: K): Extract<Message, { kind: K }> | undefined {
  const found = reply.messages.find(({ message }) => message.kind === kind);
  return found?.message as Extract<Message, { kind: K }> | undefined;
}

/** `answered` for a command whose reply must contain messages of these kinds. */
export function contains(...kinds: readonly MessageKind[]): (messages: readonly TimedMessage[]) => boolean {
  return (messages) => kinds.every((kind) => messages.some(({ message }) => message.kind === kind));
}

const noAnswers: readonly string[] = [
  'dut.babbling',
  'dut.echoOnly',
  'dut.garbled',
  'dut.noReady',
  'dut.rebooted',
  'dut.silent',
  'dut.timeout',
  'dut.unknownReply',
];

/** Faults after which asking again is sensible: the board may be starting, or half a command stood in its buffer. */
export function isNoAnswer(fault: Fault): boolean {
  return noAnswers.includes(fault.code);
}
