import type { Chip } from '../chips.ts';
import { BusFault } from '../faults.ts';
import type { Bus } from '../thumb/index.ts';

const pageBytes = 1024;

/** What is the same whoever runs: RAM, flash, its controller and fixed words. Synchronous: loader stubs run on it. */
export class Memory implements Bus {
  readonly chip: Chip;
  readonly ram: Uint8Array;
  readonly #ramAddress: number;
  readonly #view: DataView;
  /** Pages of RAM that changed since the machine got them. */
  readonly #dirty: Uint8Array;

  constructor(chip: Chip) {
    this.chip = chip;
    this.ram = new Uint8Array(chip.ram.bytes);
    this.#ramAddress = chip.ram.address;
    this.#view = new DataView(this.ram.buffer);
    this.#dirty = new Uint8Array(chip.ram.bytes / pageBytes);
  }

  inRam(address: number, bytes = 1): boolean {
    const at = address - this.#ramAddress;
    return at >= 0 && at + bytes <= this.ram.length;
  }

  /** The address inside the flash's own range, where it is one of the flash or of its alias. */
  flashAddress(address: number, bytes = 1): number | undefined {
    const { flash, aliasAtZero } = this.chip;
    if (flash.holds(address, bytes)) return address;
    return aliasAtZero && address + bytes <= flash.bytes.length ? address + flash.address : undefined;
  }

  read(address: number, size: 1 | 2 | 4): number {
    const at = address - this.#ramAddress;
    if (at >= 0 && at + size <= this.ram.length) {
      return size === 4
        ? this.#view.getUint32(at, true)
        : size === 2
          ? this.#view.getUint16(at, true)
          : (this.ram[at] ?? 0);
    }
    const inFlash = this.flashAddress(address, size);
    if (inFlash !== undefined) return this.chip.flash.readNumber(inFlash, size);
    return this.part(this.word(address - (address % 4)), address, size);
  }

  write(address: number, size: 1 | 2 | 4, value: number): boolean {
    const at = address - this.#ramAddress;
    if (at >= 0 && at + size <= this.ram.length) {
      const before = this.read(address, size);
      if (size === 4) this.#view.setUint32(at, value, true);
      else if (size === 2) this.#view.setUint16(at, value, true);
      else this.ram[at] = value;
      this.#dirty[at >>> 10] = 1;
      return before !== this.read(address, size);
    }
    const inFlash = this.flashAddress(address, size);
    if (inFlash !== undefined) {
      this.chip.controller.store(inFlash, size, value >>> 0);
      return true;
    }
    if (!this.chip.controller.owns(address)) {
      if (this.word(address - (address % 4)) === undefined) throw new BusFault(address);
      return false; // watchdogs and the like, ids
    }
    const whole = address - (address % 4);
    this.chip.controller.writeWord(
      whole,
      size === 4 ? value >>> 0 : this.merge(this.word(whole) ?? 0, address, size, value),
    );
    return false;
  }

  /** A register or a fixed word; 0 for a peripheral that is not modelled; undefined where nothing is. */
  word(address: number): number | undefined {
    if (this.chip.controller.owns(address)) return this.chip.controller.readWord(address) >>> 0;
    const fixed = this.chip.word(address);
    if (fixed !== undefined) return fixed;
    return address >= 0x4000_0000 && address < 0x6000_0000 ? 0 : undefined;
  }

  part(word: number | undefined, address: number, size: 1 | 2 | 4): number {
    if (word === undefined) throw new BusFault(address);
    return size === 4 ? word >>> 0 : (word >>> (8 * (address % 4))) & (size === 2 ? 0xffff : 0xff);
  }

  merge(word: number, address: number, size: 1 | 2, value: number): number {
    const mask = size === 2 ? 0xffff : 0xff;
    const shift = 8 * (address % 4);
    return ((word & ~(mask << shift)) | ((value & mask) << shift)) >>> 0;
  }

  /** Everything is to be handed over. */
  touchAll(): void {
    this.#dirty.fill(1);
    this.chip.flash.touchAll();
  }

  /** Changed pages of RAM with their addresses, once. */
  takeDirtyRam(): { address: number; bytes: Uint8Array }[] {
    const pages: { address: number; bytes: Uint8Array }[] = [];
    this.#dirty.forEach((changed, page) => {
      if (changed === 0) return;
      const at = page * pageBytes;
      pages.push({ address: this.#ramAddress + at, bytes: this.ram.slice(at, at + pageBytes) });
      this.#dirty[page] = 0;
    });
    return pages;
  }
}
