import { Fault } from '../fault/index.ts';
import type { Channel } from './channel.ts';
import { decodeFrame, encodeFrame } from './codec.ts';
import { ChannelListeners } from './listeners.ts';
import { checkMessage } from './measure.ts';

/** What is used of a browser's `WebSocket`; the `ws` package's client has the same shape. */
export interface WebSocketLike {
  binaryType: string;
  readonly readyState: number;
  readonly bufferedAmount: number;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

const connecting = 0;
const open = 1;
const unsupportedData = 1003;

/** The page's end of the WebSocket carrier. What is posted before the connection is open waits for it. */
export function webSocketChannel(socket: WebSocketLike): Channel {
  return new WebSocketChannel(socket);
}

class WebSocketChannel implements Channel {
  readonly #socket: WebSocketLike;
  readonly #listeners = new ChannelListeners();
  #unsent: Uint8Array<ArrayBuffer>[] = [];

  constructor(socket: WebSocketLike) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      for (const frame of this.#unsent) socket.send(frame);
      this.#unsent = [];
    });
    socket.addEventListener('message', ({ data }) => this.#receive(data));
    socket.addEventListener('close', () => this.#listeners.end());
    socket.addEventListener('error', () => this.#listeners.end());
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  post(message: unknown): void {
    if (this.#listeners.ended) return;
    checkMessage(message);
    const frame = encodeFrame(message);
    if (this.#socket.readyState === open) this.#socket.send(frame);
    else if (this.#socket.readyState === connecting) this.#unsent.push(frame);
  }

  onMessage(listener: (message: unknown) => void): () => void {
    return this.#listeners.onMessage(listener);
  }

  onClose(listener: () => void): () => void {
    return this.#listeners.onClose(listener);
  }

  close(): void {
    this.#socket.close();
    this.#listeners.end();
  }

  #receive(data: unknown): void {
    const message = this.#decode(data);
    if (message !== undefined) this.#listeners.message(message);
  }

  #decode(data: unknown): unknown {
    try {
      if (data instanceof ArrayBuffer) return decodeFrame(new Uint8Array(data));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
    this.#socket.close(unsupportedData);
    this.#listeners.end();
    return undefined;
  }
}
