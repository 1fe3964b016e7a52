import { Fault } from '../../shared/fault/index.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import { Closing, Inbox } from '../transport/inbox.ts';
import type { ByteFault, LineFaults } from './faults.ts';
import type { SimClock } from './sim-clock.ts';
import { garble } from './uart-garble.ts';

export interface LineSettings {
  label: string;
  /** Rate at which the host has opened the line; differs from the DUT's to try the wrong one. */
  baud: number;
  dutBaud: number;
  /** Delay of each write before its first bit, as USB bridges have (0, 0.001, 0.016). */
  hostLatencyS: number;
  faults?: LineFaults | undefined;
}

export interface LineEnd {
  /** Bytes have fully arrived at the DUT. */
  toDut(bytes: Uint8Array): void;
  /** Bytes begin or cease to arrive at the DUT, for a monitor that sees what receiving costs. */
  receiving?(isReceiving: boolean): void;
  closed(): void;
}

/** Bytes that may wait for the line before `write` stops resolving at once: the driver's buffer. */
const driverBufferBytes = 4096;
const terminator = 0x25;

/**
 * The serial line between host and DUT, seen from the host: bytes take their time, and what is scripted goes wrong. Bytes
 * written arrive at the DUT command by command, each when its last byte has; bytes of the DUT are handed over when the DUT
 * says that they have arrived.
 */
export class VirtualLine implements ByteStream {
  readonly label: string;
  readonly baud: number;
  readonly #clock: SimClock;
  readonly #settings: LineSettings;
  readonly #end: LineEnd;
  readonly #inbox = new Inbox();
  readonly #closing = new Closing();
  readonly #toDut: ByteFaults;
  readonly #toHost: ByteFaults;
  /** When the line from the host will be free. */
  #freeAtNs = 0;
  #stalled: Uint8Array[] = [];

  constructor(clock: SimClock, settings: LineSettings, end: LineEnd) {
    this.label = settings.label;
    this.baud = settings.baud;
    this.#clock = clock;
    this.#settings = settings;
    this.#end = end;
    this.#toDut = new ByteFaults(settings.faults?.toDut);
    this.#toHost = new ByteFaults(settings.faults?.toHost);
  }

  write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    if (this.#closing.closed) {
      return Promise.reject(this.#closing.reason ?? new Fault('transport.closed', { port: this.label }));
    }
    const byteNs = 1e10 / this.baud;
    let endNs = Math.max(this.#clock.nowNs() + Math.round(this.#settings.hostLatencyS * 1e9), this.#freeAtNs);
    for (const piece of commands(bytes)) {
      if (this.#end.receiving) this.#clock.at(endNs, () => this.#end.receiving?.(true));
      endNs += Math.round(piece.length * byteNs);
      this.#clock.at(endNs, () => {
        this.#end.receiving?.(false);
        this.#arriveAtDut(piece);
      });
    }
    this.#freeAtNs = endNs;
    return this.#handedOver(endNs - Math.round(driverBufferBytes * byteNs), signal);
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

  /** Ends the line, for the reason given or because the host wants to. */
  end(reason: Error | undefined): void {
    if (this.#closing.closed) return;
    this.#closing.finish(reason);
    this.#end.closed();
  }

  /** A piece of the DUT's output has arrived. */
  fromDut(bytes: Uint8Array): void {
    let text = bytes;
    for (const { before, text: glued } of this.#settings.faults?.glued ?? []) {
      if (startsWith(bytes, before)) text = Buffer.concat([Buffer.from(glued, 'latin1'), text]);
    }
    const { baud, dutBaud } = this.#settings;
    this.#deliver(this.#toHost.apply(baud === dutBaud ? text : garble(text, dutBaud, baud)));
  }

  #arriveAtDut(bytes: Uint8Array): void {
    if (this.#closing.closed) return;
    const { baud, dutBaud, faults } = this.#settings;
    const arrived = this.#toDut.apply(baud === dutBaud ? bytes : garble(bytes, baud, dutBaud));
    if (arrived.length === 0) return;
    if (faults?.echo) {
      const cut = faults.echo === 'withoutTerminator' && arrived.at(-1) === terminator;
      this.#deliver(arrived.slice(0, cut ? -1 : undefined));
    }
    this.#end.toDut(arrived);
  }

  #deliver(bytes: Uint8Array): void {
    if (this.#closing.closed || bytes.length === 0) return;
    const stall = this.#settings.faults?.stall;
    const nowNs = this.#clock.nowNs();
    if (stall && nowNs >= stall.atS * 1e9 && nowNs < (stall.atS + stall.forS) * 1e9) {
      if (this.#stalled.length === 0)
        this.#clock.at(Math.round((stall.atS + stall.forS) * 1e9), () => this.#flushStalled());
      this.#stalled.push(bytes);
      return;
    }
    this.#flushStalled();
    // A copy: the chunk belongs to the subscriber.
    this.#inbox.push(bytes.slice());
  }

  #flushStalled(): void {
    const waiting = this.#stalled;
    this.#stalled = [];
    if (this.#closing.closed) return;
    for (const chunk of waiting) this.#inbox.push(chunk.slice());
  }

  /** At once while the driver's buffer has room, else when the line has worked it down. */
  #handedOver(atNs: number, signal?: AbortSignal): Promise<void> {
    if (atNs <= this.#clock.nowNs()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const done = (): void => {
        stopListening();
        signal?.removeEventListener('abort', aborted);
        if (this.#closing.closed) reject(this.#closing.reason ?? new Fault('transport.closed', { port: this.label }));
        else resolve();
      };
      const aborted = (): void => {
        stopListening();
        room.cancel();
        reject(signal?.reason as Error);
      };
      const room = this.#clock.at(atNs, done);
      const stopListening = this.#closing.subscribe(() => {
        room.cancel();
        done();
      });
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }
}

/** Cuts a write behind each terminator: a command starts when its `%` has arrived, whatever is sent behind it. */
function commands(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(terminator, from);
    const to = end < 0 ? bytes.length : end + 1;
    pieces.push(bytes.slice(from, to));
    from = to;
  }
  return pieces;
}

/** Loses, doubles or flips the bytes that the script names, counting over the life of the line. */
class ByteFaults {
  readonly #faults: readonly ByteFault[];
  #passed = 0;

  constructor(faults: readonly ByteFault[] = []) {
    this.#faults = faults;
  }

  apply(bytes: Uint8Array): Uint8Array {
    const first = this.#passed + 1;
    this.#passed += bytes.length;
    const hits = this.#faults.filter(({ byte }) => byte >= first && byte < first + bytes.length);
    if (hits.length === 0) return bytes;
    const changed: number[] = [];
    bytes.forEach((value, index) => {
      const fault = hits.find(({ byte }) => byte === first + index);
      if (fault?.kind === 'lost') return;
      if (fault?.kind === 'doubled') changed.push(value);
      changed.push(fault?.kind === 'flipped' ? value ^ (fault.mask ?? 1) : value);
    });
    return Uint8Array.from(changed);
  }
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes.subarray(0, text.length)).toString('latin1') === text;
}
