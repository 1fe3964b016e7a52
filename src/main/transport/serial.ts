import type { Clock } from '../../shared/clock/index.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { ByteStream } from './byte-stream.ts';
import { withDeadline } from './deadline.ts';
import { Closing, Inbox } from './inbox.ts';
import { openFault } from './open-error.ts';
import type { OpenErrorHints } from './open-error.ts';
import { devicePortGroup, findPortHolder } from './port-holder.ts';
import { systemSerialDriver } from './serial-driver.ts';
import type { SerialDriver, SerialHandle } from './serial-driver.ts';

export interface OpenSerialOptions {
  path: string;
  baud: number;
  clock: Clock;
  platform: NodeJS.Platform;
  signal?: AbortSignal | undefined;
  deadlineS?: number | undefined;
  /** Levels of the control lines after opening; undefined leaves them as the system sets them (both on). */
  dtr?: boolean | undefined;
  rts?: boolean | undefined;
  driver?: SerialDriver | undefined;
  hints?: OpenErrorHints | undefined;
}

const defaultDeadlineS = 10;
/**
 * Largest piece given to the driver at once. On Unix its poller loses its interest in reading when a large write has to
 * wait, so that both sides stop for good; one DUT command always fits into a piece.
 */
const pieceBytes = 80;

/** A stream over a serial port: 8 data bits, no parity, 1 stop bit, no flow control. */
export interface SerialStream extends ByteStream {
  readonly baud: number;
  /** Sets DTR and RTS, for boards that reset or boot by them. */
  setLines(lines: { dtr: boolean; rts: boolean }): Promise<void>;
}

/** Opens a serial port. Rejects with a `transport.*` fault or the signal's reason. */
export async function openSerial(options: OpenSerialOptions): Promise<SerialStream> {
  const { path, baud, clock, platform, signal } = options;
  const driver = options.driver ?? systemSerialDriver;
  const deadlineS = options.deadlineS ?? defaultDeadlineS;
  const inbox = new Inbox();
  const closing = new Closing();
  const opening = driver.open(path, baud, {
    onData: (chunk) => inbox.push(chunk),
    onEnd: (error) => closing.finish(new Fault('transport.unplugged', { port: path }, { cause: error })),
  });
  const late = (): Fault => new Fault('transport.openTimeout', { port: path, deadlineS });
  let handle: SerialHandle;
  try {
    handle = await withDeadline(opening, { clock, deadlineS, signal, late, abandon: (opened) => void opened.close() });
  } catch (error) {
    if (error instanceof Fault || signal?.aborted) throw error;
    throw await openFault(error as Error, { path, baud }, platform, options.hints ?? systemHints(platform));
  }
  const stream = new OpenSerial(path, baud, handle, inbox, closing);
  await prepareLines(stream, handle, options);
  return stream;
}

async function prepareLines(stream: SerialStream, handle: SerialHandle, options: OpenSerialOptions): Promise<void> {
  const asked = options.dtr !== undefined || options.rts !== undefined;
  const lines = { dtr: options.dtr ?? true, rts: options.rts ?? true };
  if (asked) {
    try {
      await stream.setLines(lines);
    } catch (error) {
      await stream.close();
      throw error;
    }
  } else if (options.platform === 'linux') {
    // Only for the low latency; a port that has no control lines (a pty) refuses, which does not matter.
    await handle.setLines(lines).catch(() => undefined);
  }
}

function systemHints(platform: NodeJS.Platform): OpenErrorHints {
  return platform === 'linux' ? { holder: (path) => findPortHolder(path), group: (path) => devicePortGroup(path) } : {};
}

class OpenSerial implements SerialStream {
  readonly label: string;
  readonly baud: number;
  readonly #handle: SerialHandle;
  readonly #inbox: Inbox;
  readonly #closing: Closing;
  #last: Promise<void> = Promise.resolve();
  #writing = 0;
  #closed: Promise<void> | undefined;

  constructor(label: string, baud: number, handle: SerialHandle, inbox: Inbox, closing: Closing) {
    this.label = label;
    this.baud = baud;
    this.#handle = handle;
    this.#inbox = inbox;
    this.#closing = closing;
  }

  write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const write = (): Promise<void> => this.#write(bytes, signal);
    // In order, but without a detour while nothing else is being written.
    const mine = this.#writing === 0 ? write() : this.#last.then(write, write);
    this.#writing += 1;
    this.#last = mine.then(this.#written, this.#written);
    return mine;
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#inbox.subscribe(listener);
  }

  onClose(listener: (reason: Error | undefined) => void): () => void {
    return this.#closing.subscribe(listener);
  }

  async setLines(lines: { dtr: boolean; rts: boolean }): Promise<void> {
    this.#throwIfClosed();
    try {
      await this.#handle.setLines(lines);
    } catch (error) {
      throw new Fault('transport.linesUnsupported', { port: this.label }, { cause: error });
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#handle.close();
    this.#closing.finish(undefined);
    return this.#closed;
  }

  async #write(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      signal?.throwIfAborted();
      this.#throwIfClosed();
      try {
        await this.#handle.write(bytes.length <= pieceBytes ? bytes : bytes.subarray(at, at + pieceBytes));
      } catch (error) {
        // The close event tells more than the failed write, where there is one; it comes a turn later.
        await new Promise((resolve) => setImmediate(resolve));
        this.#throwIfClosed();
        throw new Fault(
          'transport.writeFailed',
          { port: this.label, reason: (error as Error).message },
          { cause: error },
        );
      }
    }
  }

  readonly #written = (): void => {
    this.#writing -= 1;
  };

  #throwIfClosed(): void {
    if (this.#closing.closed) throw this.#closing.reason ?? new Fault('transport.closed', { port: this.label });
  }
}
