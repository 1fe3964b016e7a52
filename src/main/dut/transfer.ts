import type { ClockTimer } from '../../shared/clock/index.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { DutLink, ReceivedLine, Receiver } from './link.ts';
import type { ReplyContext } from './reply/index.ts';

/** How one attempt to send a payload ended. */
export type TransferOutcome =
  | { kind: 'done'; commands: number }
  /** The DUT and the host no longer agree on the position; the load has to start again. */
  | { kind: 'broken'; commands: number; offset: number; reply: string };

export interface TransferOptions {
  signal?: AbortSignal | undefined;
  chunkBytes: number;
  /** Longest silence after a chunk. */
  silenceS: number;
}

const percent = 0x25;
const prefix = [0x64, 0x62, 0x20]; // "db "

/**
 * Sends the chunks of a payload as `db HH..` commands, the next one as soon as `m-ready` has come, and requires
 * `m-load-done` with the last and with none before. Resolves with how it ended; rejects when the DUT rebooted, the stream
 * ended or the signal was aborted.
 */
export function transfer(link: DutLink, payload: Uint8Array, options: TransferOptions): Promise<TransferOutcome> {
  return new Promise((resolve, reject) => new Transfer(link, payload, options, resolve, reject).start());
}

class Transfer implements Receiver {
  readonly #link: DutLink;
  readonly #options: TransferOptions;
  readonly #commands: Uint8Array[];
  readonly #bytes: number;
  readonly #resolve: (outcome: TransferOutcome) => void;
  readonly #reject: (reason: Error) => void;
  #next = 0;
  #loadDone = false;
  #complaint: string | undefined;
  #activityS: number;
  #timer: ClockTimer | undefined;
  #done = false;

  constructor(
    link: DutLink,
    payload: Uint8Array,
    options: TransferOptions,
    resolve: (outcome: TransferOutcome) => void,
    reject: (reason: Error) => void,
  ) {
    this.#link = link;
    this.#options = options;
    this.#bytes = payload.length;
    this.#commands = chunkCommands(payload, options.chunkBytes);
    this.#resolve = resolve;
    this.#reject = reject;
    this.#activityS = link.clock.nowS();
  }

  start(): void {
    const { signal } = this.#options;
    if (signal?.aborted) {
      this.#reject(signal.reason as Error);
      return;
    }
    try {
      this.#link.attach(this, 'db');
    } catch (error) {
      this.#reject(error as Error);
      return;
    }
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    this.#link.logSent(`db ... (${this.#bytes} bytes in ${this.#commands.length} commands)`);
    this.#timer = this.#link.clock.setTimer(this.#options.silenceS, this.#onTimer);
    this.#send();
  }

  /** What an echo of the chunk would be; only asked for when a line has to be read. */
  get context(): ReplyContext {
    const command = this.#commands[this.#next - 1];
    return command
      ? { command: Buffer.from(command.buffer, command.byteOffset, command.length - 1).toString('latin1') }
      : {};
  }

  onBytes(atS: number): void {
    this.#activityS = atS;
  }

  /** The cheap way for nearly all replies, which the log does not repeat. */
  onPlainReady(): boolean {
    if (this.#next === this.#commands.length) return false;
    this.#onReady();
    return true;
  }

  onLine(line: ReceivedLine): void {
    for (const message of line.reply.messages) {
      if (message.kind === 'timestampMode' || message.kind === 'initDone') {
        this.#link.putIdle(line);
        this.#fail(new Fault('dut.rebooted', { port: this.#link.stream.label, command: 'db' }));
        return;
      }
      if (message.kind === 'loadDone') this.#loadDone = true;
      else if (message.kind === 'error') this.#complaint ??= message.text;
    }
    if (line.reply.ready) this.#onReady();
  }

  onClose(reason: Error): void {
    this.#fail(reason);
  }

  #onReady(): void {
    if (this.#complaint !== undefined) this.#broken(this.#complaint);
    else if (this.#next < this.#commands.length) {
      if (this.#loadDone) this.#broken('m-load-done');
      else this.#send();
    } else if (this.#loadDone) this.#finish({ kind: 'done', commands: this.#next });
    else this.#broken('m-ready');
  }

  #send(): void {
    const command = this.#commands[this.#next] as Uint8Array;
    this.#next += 1;
    this.#link.stream.write(command, this.#options.signal).catch(this.#onWriteError);
  }

  /** Moved only when it fires: most of a load costs no timer. */
  readonly #onTimer = (): void => {
    const leftS = this.#activityS + this.#options.silenceS - this.#link.clock.nowS();
    if (leftS > 1e-9) this.#timer = this.#link.clock.setTimer(leftS, this.#onTimer);
    else this.#broken('');
  };

  readonly #onAbort = (): void => this.#fail(this.#options.signal?.reason as Error);
  readonly #onWriteError = (error: unknown): void => this.#fail(error as Error);

  #broken(reply: string): void {
    const offset = Math.min(this.#bytes, Math.max(0, this.#next - 1) * this.#options.chunkBytes);
    this.#finish({ kind: 'broken', commands: this.#next, offset, reply });
  }

  #finish(outcome: TransferOutcome): void {
    if (this.#settle()) this.#resolve(outcome);
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

/** All commands of a payload, cut out of one block of memory. */
function chunkCommands(payload: Uint8Array, chunkBytes: number): Uint8Array[] {
  const count = Math.ceil(payload.length / chunkBytes);
  const hex = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('hex');
  const block = Buffer.allocUnsafe(count * 4 + payload.length * 2);
  const commands: Uint8Array[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    const digits = hex.slice(index * chunkBytes * 2, (index + 1) * chunkBytes * 2);
    const start = at;
    block.set(prefix, at);
    at += 3;
    at += block.write(digits, at, 'latin1');
    block[at] = percent;
    at += 1;
    commands.push(block.subarray(start, at));
  }
  return commands;
}
