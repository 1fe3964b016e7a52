import type { Bridge } from '../faults.ts';
import type { FlashArray, FlashController } from './array.ts';

const base = 0x4001_e000;
const pageBytes = 4096;

/** The NVMC of the nRF52840 (product specification, 4.3); operations end at once. */
export class Nrf52Flash implements FlashController {
  readonly #flash: FlashArray;
  readonly #bridge: Bridge;
  /** 0 read, 1 write, 2 erase. */
  #config = 0;
  #hangs = false;

  constructor(flash: FlashArray, bridge: Bridge) {
    this.#flash = flash;
    this.#bridge = bridge;
  }

  owns(address: number): boolean {
    return address >= base && address < base + 0x1000;
  }

  reset(): void {
    this.#config = 0;
    this.#hangs = false;
  }

  readWord(address: number): number {
    switch (address - base) {
      case 0x400:
      case 0x408:
        return this.#hangs ? 0 : 1;
      case 0x504:
        return this.#config;
      default:
        return 0;
    }
  }

  writeWord(address: number, value: number): void {
    switch (address - base) {
      case 0x504:
        this.#config = value & 3;
        return;
      case 0x508:
        // The page's address is the value; an address outside is ignored.
        if (this.#allowed(2) && this.#flash.holds(value)) this.#flash.erase(value - (value % pageBytes), pageBytes);
        return;
      case 0x50c:
        if (this.#allowed(2) && value === 1) this.#flash.erase(this.#flash.address, this.#flash.bytes.length);
    }
  }

  store(address: number, size: 1 | 2 | 4, value: number): void {
    // Only whole words are programmed; anything else, as with a closed CONFIG, is lost without a sign.
    if (size === 4 && this.#allowed(1)) this.#flash.program(address, 4, value);
  }

  #allowed(config: number): boolean {
    if (this.#config !== config) return false;
    if (this.#bridge.faults.alwaysBusy) this.#hangs = true;
    const { writeProtected } = this.#bridge.faults;
    return !this.#hangs && (!writeProtected || (config === 2 && writeProtected === 'program'));
  }
}
