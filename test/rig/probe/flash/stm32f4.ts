import type { Bridge } from '../faults.ts';
import type { FlashArray, FlashController } from './array.ts';

const base = 0x4002_3c00;
const eop = 1 << 0;
const wrpErr = 1 << 4;
const pgpErr = 1 << 6;
const pgsErr = 1 << 7;
const busy = 1 << 16;
const pg = 1 << 0;
const ser = 1 << 1;
const mer = 1 << 2;
const strt = 1 << 16;
const eopie = 1 << 24;
const lock = 2 ** 31;
const kib = 1024;
/** 1 MiB: four sectors of 16 KiB, one of 64, seven of 128. */
const sectors = [16, 16, 16, 16, 64, 128, 128, 128, 128, 128, 128, 128].map((size) => size * kib);
/** RDP level 0; nWRP in bits 27:16, a 0 protects its sector. */
const optionsOpen = 0x0fff_aaed;
const optionsProtected = 0x0000_aaed;

/** The flash interface of the STM32F405/407 (RM0090, 3.9); operations end at once. */
export class Stm32f4Flash implements FlashController {
  readonly #flash: FlashArray;
  readonly #bridge: Bridge;
  #status = 0;
  #control = lock;
  #key = 0;
  #acr = 0;

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
    this.#acr = 0;
  }

  readWord(address: number): number {
    switch (address - base) {
      case 0x00:
        return this.#acr;
      case 0x0c:
        return this.#status;
      case 0x10:
        return this.#control;
      case 0x14:
        return this.#bridge.faults.writeProtected ? optionsProtected : optionsOpen;
      default:
        return 0;
    }
  }

  writeWord(address: number, value: number): void {
    switch (address - base) {
      case 0x00:
        this.#acr = value;
        return;
      case 0x04:
        if (this.#control < lock || this.#key === 2) return;
        if (value === 0x4567_0123) this.#key = 1;
        else if (value === 0xcdef_89ab && this.#key === 1) this.#unlock();
        else this.#key = 2; // a wrong key locks until the next reset
        return;
      case 0x0c:
        this.#status &= ~(value & (eop | 2 | 0xf0));
        return;
      case 0x10:
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
    if (1 << ((this.#control >> 8) & 3) !== size) {
      this.#status |= pgpErr;
      return;
    }
    if (this.#refuses()) return;
    this.#flash.program(address, size, value);
    this.#finish();
  }

  #unlock(): void {
    this.#key = 0;
    this.#control = 0;
  }

  #start(): void {
    if (this.#refuses(true)) return;
    if ((this.#control & mer) !== 0) this.#flash.erase(this.#flash.address, this.#flash.bytes.length);
    else if ((this.#control & ser) !== 0) {
      const sector = (this.#control >> 3) & 15;
      const bytes = sectors[sector];
      if (bytes === undefined) return;
      const offset = sectors.slice(0, sector).reduce((sum, each) => sum + each, 0);
      this.#flash.erase(this.#flash.address + offset, bytes);
    }
    this.#finish();
  }

  /** True when the operation is not done: protected, or the controller hangs. */
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
