import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { electronClone } from './clone.ts';
import type { Side } from './clone.ts';

/** One end of a channel, wherever it is: Node's port under it is the medium, the rules are Electron's. */
export class PortCore extends EventEmitter {
  readonly medium: MessagePort;
  readonly side: Side;
  #started = false;
  #moved = false;
  #closed = false;

  constructor(medium: MessagePort, side: Side) {
    super();
    this.medium = medium;
    this.side = side;
    medium.once('close', () => {
      this.#closed = true;
      if (!this.#moved) this.emit('close');
    });
  }

  get started(): boolean {
    return this.#started;
  }

  /** Messages wait in the medium until this is called. */
  start(): void {
    if (this.#started || this.#moved) return;
    this.#started = true;
    this.medium.on('message', ({ data, ports }: { data: unknown; ports: MessagePort[] }) => {
      this.emit('message', { data, ports: ports.map((port) => new PortCore(port, this.side)) });
    });
  }

  post(message: unknown, transfer: readonly unknown[]): void {
    if (this.#closed || this.#moved) return;
    const { data, ports } = prepare(message, transfer, this.side, this);
    this.medium.postMessage({ data, ports }, ports);
  }

  /** Takes the port out of this place; whoever gets the medium goes on with it. */
  detach(side: Side): PortCore {
    this.#moved = true;
    return new PortCore(this.medium, side);
  }

  get moved(): boolean {
    return this.#moved;
  }

  markMoved(): void {
    this.#moved = true;
  }

  close(): void {
    this.medium.close();
  }
}

/** Applies the transfer rules of section B and clones the message at once. */
export function prepare(
  message: unknown,
  transfer: readonly unknown[],
  side: Side,
  own?: PortCore,
): { data: unknown; ports: MessagePort[] } {
  const buffers = transfer.filter((item) => item instanceof ArrayBuffer);
  if (buffers.length > 0 && side === 'main') throw new TypeError('Port at index 0 is not a valid port');
  const cores = transfer.filter((item) => !(item instanceof ArrayBuffer)).map(coreOf);
  cores.forEach((core, index) => {
    if (core.moved) throw new Error(`Port at index ${index} is already neutered`);
    if (core === own) throw new Error(`Port at index ${index} contains the source port`);
    if (cores.indexOf(core) !== index) throw new Error(`Port at index ${index} is a duplicate of an earlier port`);
  });
  const data = electronClone(message, side);
  for (const buffer of buffers) structuredClone(buffer, { transfer: [buffer] });
  for (const core of cores) core.markMoved();
  return { data: buffers.length > 0 ? null : data, ports: cores.map((core) => core.medium) };
}

const cores = new WeakMap<object, PortCore>();

export function coreOf(port: unknown): PortCore {
  const core = typeof port === 'object' && port !== null ? cores.get(port) : undefined;
  if (!core) throw new TypeError('Port at index 0 is not a valid port');
  return core;
}

/** `MessagePortMain`: an emitter in the main process. */
export class MessagePortMain extends EventEmitter {
  constructor(core: PortCore) {
    super();
    cores.set(this, core);
    core.on('message', ({ data, ports }: { data: unknown; ports: PortCore[] }) => {
      this.emit('message', { data, ports: ports.map((port) => new MessagePortMain(port)) });
    });
    core.on('close', () => this.emit('close'));
  }

  start(): void {
    coreOf(this).start();
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    coreOf(this).post(message, transfer);
  }

  close(): void {
    coreOf(this).close();
  }
}

/** A page's `MessagePort`: an event target whose `onmessage` starts it. */
export class PagePort extends EventTarget {
  #onmessage: ((event: MessageEvent) => void) | null = null;

  constructor(core: PortCore) {
    super();
    cores.set(this, core);
    core.on('message', ({ data }: { data: unknown }) => {
      const event = new MessageEvent('message', { data });
      this.dispatchEvent(event);
      this.#onmessage?.(event);
    });
    core.on('close', () => this.dispatchEvent(new Event('close')));
  }

  get onmessage(): ((event: MessageEvent) => void) | null {
    return this.#onmessage;
  }

  set onmessage(listener: ((event: MessageEvent) => void) | null) {
    this.#onmessage = listener;
    this.start();
  }

  start(): void {
    coreOf(this).start();
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    coreOf(this).post(message, transfer);
  }

  close(): void {
    coreOf(this).close();
  }
}

/** `MessageChannelMain`. */
export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(new PortCore(port1, 'main'));
    this.port2 = new MessagePortMain(new PortCore(port2, 'main'));
  }
}

/** What `webContents.postMessage` and then `window.postMessage` do with a port of main: it becomes a port of the page. */
export function portForPage(port: MessagePortMain): PagePort {
  return new PagePort(coreOf(port).detach('page'));
}
