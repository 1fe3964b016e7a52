import { Fault } from '../../../shared/fault/index.ts';
import type { ByteStream } from '../../transport/byte-stream.ts';
import { Closing, Inbox } from '../../transport/inbox.ts';
import type { SimClock } from '../sim-clock.ts';

/** The instrument behind a port. */
export interface PortOwner {
  opened(): void;
  received(bytes: Uint8Array): void;
  closed(): void;
}

/**
 * The USB port of an emulated instrument, one client at a time. Bytes move without delay, since neither instrument is limited
 * by its link in the profiles that are used; a stall holds them back, silence drops them, pulling the plug ends the stream.
 *
 * What a client writes reaches the instrument within the call, so that a last command counts even if the bench is closed next; what
 * the instrument answers at once comes by an event, since no host expects an answer inside its own call.
 */
export class EmulatorPort {
  readonly #clock: SimClock;
  readonly #label: string;
  readonly #owner: PortOwner;
  #client: Client | undefined;
  #gone = false;
  #silent = false;
  #stalled: Uint8Array[] | undefined;
  #inCall = false;
  /** Answers that wait for their event, in order; later ones queue behind them. */
  #later: Uint8Array[] = [];

  constructor(clock: SimClock, label: string, owner: PortOwner) {
    this.#clock = clock;
    this.#label = label;
    this.#owner = owner;
  }

  get isOpen(): boolean {
    return this.#client !== undefined;
  }

  /** Throws `transport.notFound` while the plug is out and `virtual.portInUse` when somebody has it open. */
  open(): ByteStream {
    if (this.#gone) throw new Fault('transport.notFound', { port: this.#label });
    if (this.#client) throw new Fault('virtual.portInUse', { label: this.#label });
    const client = new Client(this.#label, {
      write: (bytes) => this.#received(client, bytes),
      closed: () => this.#closed(client),
    });
    this.#client = client;
    this.#inCall = true;
    try {
      this.#owner.opened();
    } finally {
      this.#inCall = false;
    }
    return client;
  }

  send(bytes: Uint8Array): void {
    if (!this.#client || this.#silent || bytes.length === 0) return;
    if (this.#stalled) this.#stalled.push(bytes);
    else if (this.#inCall || this.#later.length > 0) this.#sendLater(bytes);
    else this.#client.push(bytes);
  }

  #sendLater(bytes: Uint8Array): void {
    const waiting = this.#later;
    waiting.push(bytes);
    if (waiting.length > 1) return;
    this.#clock.at(this.#clock.nowNs(), () => {
      if (this.#later !== waiting) return;
      this.#later = [];
      for (const chunk of waiting) this.send(chunk);
    });
  }

  silence(): void {
    this.#silent = true;
  }

  stall(forS: number): void {
    this.#stalled ??= [];
    this.#clock.at(this.#clock.nowNs() + Math.round(forS * 1e9), () => {
      const waiting = this.#stalled ?? [];
      this.#stalled = undefined;
      for (const bytes of waiting) this.send(bytes);
    });
  }

  /** The port disappears; it comes back after `forS`, or never. */
  unplug(forS: number): void {
    this.#gone = true;
    this.#stalled = undefined;
    this.#client?.end(new Fault('transport.unplugged', { port: this.#label }));
    if (forS === Infinity) return;
    this.#clock.at(this.#clock.nowNs() + Math.round(forS * 1e9), () => {
      this.#gone = false;
    });
  }

  /** The bench is closed. */
  end(): void {
    this.#client?.end(undefined);
  }

  #received(client: Client, bytes: Uint8Array): void {
    if (client !== this.#client) return;
    this.#inCall = true;
    try {
      this.#owner.received(bytes);
    } finally {
      this.#inCall = false;
    }
  }

  #closed(client: Client): void {
    if (client !== this.#client) return;
    this.#client = undefined;
    this.#later = [];
    this.#owner.closed();
  }
}

class Client implements ByteStream {
  readonly label: string;
  readonly baud = undefined;
  readonly #inbox = new Inbox();
  readonly #closing = new Closing();
  readonly #end: { write(bytes: Uint8Array): void; closed(): void };

  constructor(label: string, end: { write(bytes: Uint8Array): void; closed(): void }) {
    this.label = label;
    this.#end = end;
  }

  write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    if (this.#closing.closed) {
      return Promise.reject(this.#closing.reason ?? new Fault('transport.closed', { port: this.label }));
    }
    this.#end.write(bytes.slice());
    return Promise.resolve();
  }

  onData(listener: (chunk: Uint8Array) => void): () => void {
    return this.#inbox.subscribe(listener);
  }

  onClose(listener: (reason: Error | undefined) => void): () => void {
    return this.#closing.subscribe(listener);
  }

  close(): Promise<void> {
    this.end(undefined);
    return Promise.resolve();
  }

  push(bytes: Uint8Array): void {
    if (!this.#closing.closed) this.#inbox.push(bytes);
  }

  end(reason: Error | undefined): void {
    if (this.#closing.closed) return;
    this.#closing.finish(reason);
    this.#end.closed();
  }
}
