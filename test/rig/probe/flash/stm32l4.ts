import type { Bridge } from '../faults.ts';
import type { FlashArray, FlashController } from './array.ts';

const base = 0x4002_2000;
const eop = 1 << 0;
const progErr = 1 << 3;
const wrpErr = 1 << 4;
const pgaErr = 1 << 5;
const sizErr = 1 << 6;
const pgsErr = 1 << 7;
const busy = 1 << 16;
const pg = 1 << 0;
const per = 1 << 1;
const mer1 = 1 << 2;
const mer2 = 1 << 15;
const strt = 1 << 16;
const eopie = 1 << 24;
const lock = 2 ** 31;
const pageBytes = 2048;
/** RDP level 0, two banks. */
const options = 0xffef_f8aa;
/** Start above end: no page is protected; from 0 to the last page: all are. */
const openRange = 0x0000_00ff;
const closedRange = 0x00ff_0000;

/** The flash interface of the STM32L4x5/L4x6 (RM0351, 3.7), two banks, double words; operations end at once. */
export class Stm32l4Flash implements FlashController {
  readonly #flash: FlashArray;
  readonly #bridge: Bridge;
  #status = 0;
  #control = lock;
  #key = 0;
  #acr = 0x600;
  /** The first half of a double word waits for the second. */
  #half: { address: number; value: number } | undefined;

  constructor(flash: FlashArray, bridge: Bridge) {
    this.#flash = flash;
    this.#bridge = bridge;
  }

  owns(address: number): boolean {
    return address >= base && address < base + 0x400;
  }

  reset(): void {
    this.#status = 0;
    this.#control = lock;
    this.#key = 0;
    this.#acr = 0x600;
    this.#half = undefined;
  }

  readWord(address: number): number {
    switch (address - base) {
      case 0x00:
        return this.#acr;
      case 0x10:
        return this.#status;
      case 0x14:
        return this.#control;
      case 0x20:
        return options;
      case 0x2c:
      case 0x4c:
        return this.#bridge.faults.writeProtected ? closedRange : openRange;
      case 0x30:
      case 0x50:
        return openRange;
      default:
        return 0;
    }
  }

  writeWord(address: number, value: number): void {
    switch (address - base) {
      case 0x00:
        this.#acr = value;
        return;
      case 0x08:
        if (this.#control < lock || this.#key === 2) return;
        if (value === 0x4567_0123) this.#key = 1;
        else if (value === 0xcdef_89ab && this.#key === 1) this.#unlock();
        else this.#key = 2;
        return;
      case 0x10:
        this.#status &= ~(value & 0xc3fb);
        return;
      case 0x14:
        if (this.#control >= lock) return;
        this.#control = (value & ~strt) >>> 0;
        if ((value & strt) !== 0) this.#start();
    }
  }

  store(address: number, size: 1 | 2 | 4, value: number): void {
    if (this.#control >= lock || (this.#control & pg) === 0) {
      this.#status |= pgsErr;
      return;
    }
    if (size !== 4) {
      this.#status |= sizErr;
      return;
    }
    const half = this.#half;
    this.#half = undefined;
    if ((address & 7) === 0) {
      this.#half = { address, value };
      return;
    }
    if (half?.address !== address - 4) {
      this.#status |= pgaErr;
      return;
    }
    if (this.#refuses()) return;
    const at = half.address;
    const cells = this.#flash.bytes.subarray(at - this.#flash.address, at - this.#flash.address + 8);
    // A double word is programmed once after an erase, or to all zeroes.
    if (cells.some((cell) => cell !== 0xff) && (half.value !== 0 || value !== 0)) {
      this.#status |= progErr;
      return;
    }
    this.#flash.program(at, 4, half.value);
    this.#flash.program(address, 4, value);
    this.#finish();
  }

  #unlock(): void {
    this.#key = 0;
    this.#control = 0x4000_0000; // the options stay locked
  }

  #start(): void {
    if (this.#refuses(true)) return;
    const { address, bytes } = this.#flash;
    const bank = bytes.length / 2;
    if ((this.#control & per) !== 0) {
      const page = (this.#control >> 3) & 0xff;
      const second = (this.#control & 0x800) !== 0;
      this.#flash.erase(address + (second ? bank : 0) + page * pageBytes, pageBytes);
    }
    if ((this.#control & mer1) !== 0) this.#flash.erase(address, bank);
    if ((this.#control & mer2) !== 0) this.#flash.erase(address + bank, bank);
    this.#finish();
  }

  #refuses(erasing = false): boolean {
    if (this.#bridge.faults.alwaysBusy) {
      this.#status |= busy;
      return true;
    }
    const { writeProtected } = this.#bridge.faults;
    if (!writeProtected || (erasing && writeProtected === 'program')) return false;
    this.#status |= wrpErr;
    return true;
  }

  #finish(): void {
    if ((this.#control & eopie) !== 0) this.#status |= eop;
  }
}
