import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Clock } from '../../shared/clock/index.ts';
import { Fault } from '../../shared/fault/index.ts';
import { formatAddress } from './address.ts';
import type { ByteStream } from './byte-stream.ts';
import { withDeadline } from './deadline.ts';
import { Closing, Inbox } from './inbox.ts';

export interface OpenTcpOptions {
  host: string;
  port: number;
  clock: Clock;
  signal?: AbortSignal | undefined;
  deadlineS?: number | undefined;
}

const defaultDeadlineS = 5;
/** How long the last bytes may take to leave on closing. */
const closeDeadlineS = 1;

/** Connects to a DUT behind a TCP port: an emulator, or a serial server. Rejects with a `transport.*` fault. */
export async function openTcp(options: OpenTcpOptions): Promise<ByteStream> {
  const { host, port, clock, signal } = options;
  const deadlineS = options.deadlineS ?? defaultDeadlineS;
  const label = formatAddress({ kind: 'tcp', host, port });
  signal?.throwIfAborted();
  const socket = connect({ host, port, noDelay: true });
  const stream = socketStream(socket, label, clock);
  const connecting = new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.on('error', (error) => reject(connectFault(error, label, host)));
  });
  try {
    await withDeadline(connecting, {
      clock,
      deadlineS,
      signal,
      late: () => new Fault('transport.openTimeout', { port: label, deadlineS }),
      abandon: (late) => late.destroy(),
    });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return stream;
}

/** A socket, of TCP or of a local path, as a byte stream. Nothing that it receives from now on is lost. */
export function socketStream(socket: Socket, label: string, clock: Clock): ByteStream {
  const inbox = new Inbox();
  const closing = new Closing();
  socket.on('data', (chunk) => inbox.push(chunk));
  socket.on('error', (error) => closing.finish(new Fault('transport.lost', { port: label }, { cause: error })));
  socket.on('close', () => closing.finish(new Fault('transport.lost', { port: label })));
  return new SocketStream(label, socket, inbox, closing, clock);
}

function connectFault(error: NodeJS.ErrnoException, address: string, host: string): Fault {
  const cause = { cause: error };
  switch (error.code) {
    case 'ECONNREFUSED':
      return new Fault('transport.refused', { address }, cause);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Fault('transport.unknownHost', { host }, cause);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return new Fault('transport.unreachable', { address }, cause);
    default:
      return new Fault('transport.openFailed', { port: address, reason: error.message }, cause);
  }
}

class SocketStream implements ByteStream {
  readonly label: string;
  readonly baud = undefined;
  readonly #socket: Socket;
  readonly #inbox: Inbox;
  readonly #closing: Closing;
  readonly #clock: Clock;

  constructor(label: string, socket: Socket, inbox: Inbox, closing: Closing, clock: Clock) {
    this.label = label;
    this.#clock = clock;
    this.#socket = socket;
    this.#inbox = inbox;
    this.#closing = closing;
  }

  write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      if (this.#closing.closed) {
        reject(this.#closing.reason ?? new Fault('transport.closed', { port: this.label }));
        return;
      }
      const onAbort = (): void => reject(signal?.reason as Error);
      signal?.addEventListener('abort', onAbort, { once: true });
      // A copy, since the socket may keep the bytes longer than the writer does.
      this.#socket.write(new Uint8Array(bytes), (error) => {
        signal?.removeEventListener('abort', onAbort);
        if (error) reject(this.#closing.reason ?? new Fault('transport.lost', { port: this.label }, { cause: error }));
        else resolve();
      });
    });
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#inbox.subscribe(listener);
  }

  onClose(listener: (reason: Error | undefined) => void): () => void {
    return this.#closing.subscribe(listener);
  }

  close(): Promise<void> {
    this.#closing.finish(undefined);
    if (this.#socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      // A peer that does not read would keep a graceful end waiting.
      const timer = this.#clock.setTimer(closeDeadlineS, () => this.#socket.destroy());
      this.#socket.once('close', () => {
        timer.cancel();
        resolve();
      });
      this.#socket.destroySoon();
    });
  }
}
