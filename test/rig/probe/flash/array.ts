import { BusFault, hex } from '../faults.ts';
import type { Bridge } from '../faults.ts';

/** The cells of a flash: erased they are ones, programming only clears bits. */
export class FlashArray {
  readonly address: number;
  readonly bytes: Uint8Array;
  /** Pages of `pageBytes` that changed since they were last handed over. */
  readonly dirty: Set<number>;
  static readonly pageBytes = 4096;
  programmedBytes = 0;
  readonly #bridge: Bridge;

  constructor(address: number, bytes: number, bridge: Bridge) {
    this.address = address;
    this.bytes = new Uint8Array(bytes).fill(0xff);
    this.#bridge = bridge;
    this.dirty = new Set();
    this.touchAll();
  }

  /** Everything is to be handed over. */
  touchAll(): void {
    this.#touch(this.address, this.bytes.length);
  }

  holds(address: number, bytes = 1): boolean {
    return address >= this.address && address + bytes <= this.address + this.bytes.length;
  }

  read(address: number, bytes: number): Uint8Array {
    const copy = this.bytes.slice(address - this.address, address - this.address + bytes);
    const { corruptByte } = this.#bridge.faults;
    const at = corruptByte ? corruptByte.address - address : -1;
    if (corruptByte && at >= 0 && at < bytes) copy[at] = corruptByte.value;
    return copy;
  }

  /** The same as a number, lowest byte first. */
  readNumber(address: number, size: 1 | 2 | 4): number {
    const at = address - this.address;
    const { corruptByte } = this.#bridge.faults;
    let value = 0;
    for (let lane = size - 1; lane >= 0; lane -= 1) {
      const wrong = corruptByte?.address === address + lane;
      value = (value << 8) | (wrong ? corruptByte.value : (this.bytes[at + lane] ?? 0));
    }
    return value >>> 0;
  }

  erase(address: number, bytes: number): void {
    if (!this.holds(address, bytes)) throw new BusFault(address, 'no flash to erase');
    this.bytes.fill(0xff, address - this.address, address - this.address + bytes);
    this.#touch(address, bytes);
    this.#bridge.note(`erased ${bytes} bytes at ${hex(address)}`);
  }

  /** Clears the bits that are 0 in `value`. */
  program(address: number, size: number, value: number): void {
    const at = address - this.address;
    for (let index = 0; index < size; index += 1) {
      this.bytes[at + index] = (this.bytes[at + index] ?? 0) & ((value >>> (8 * index)) & 0xff);
    }
    this.programmedBytes += size;
    this.#touch(address, size);
  }

  #touch(address: number, bytes: number): void {
    const first = Math.floor((address - this.address) / FlashArray.pageBytes);
    const last = Math.floor((address - this.address + bytes - 1) / FlashArray.pageBytes);
    for (let page = first; page <= last; page += 1) this.dirty.add(page);
  }
}

/** Registers in front of the cells. All addresses are absolute. */
export interface FlashController {
  owns(address: number): boolean;
  readWord(address: number): number;
  writeWord(address: number, value: number): void;
  /** A store into the flash's own address range. */
  store(address: number, size: 1 | 2 | 4, value: number): void;
  /** What the reset line does to the registers. */
  reset(): void;
}
