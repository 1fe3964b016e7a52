import { BusFault } from './faults.ts';
import type { Bridge } from './faults.ts';
import type { Chip } from './chips.ts';
import type { Target } from './target/target.ts';

/** How a transfer over the wires failed. */
export class TransferFault extends Error {
  readonly kind: 'noAck' | 'wait' | 'fault';
  readonly address: number | undefined;

  constructor(kind: 'noAck' | 'wait' | 'fault', address?: number) {
    super(kind);
    this.kind = kind;
    this.address = address;
  }
}

const dpidr = 0x2ba0_1477;
const memoryApIdr = 0x2477_0011;
const controlApIdr = 0x0288_0000;
const romTableBase = 0xe00f_f003;
const stickyErr = 1 << 5;
const sizes = [1, 2, 4] as const;
/** Auto-increment stays inside such a block. */
const wrapBytes = 4096;

/** A debug port with a memory AP (ADIv5), and the CTRL-AP of an nRF52 where the chip has one. Accesses must not overlap. */
export class Dap {
  readonly #target: Target;
  readonly #chip: Chip;
  readonly #bridge: Bridge;
  #control = 0;
  #sticky = 0;
  #select = 0;
  #buffer = 0;
  #csw = 0x2300_0042;
  #tar = 0;
  #erasing = 0;

  constructor(target: Target, chip: Chip, bridge: Bridge) {
    this.#target = target;
    this.#chip = chip;
    this.#bridge = bridge;
  }

  get select(): number {
    return this.#select;
  }

  clearSticky(): void {
    this.#sticky = 0;
  }

  /** @param register 0x0, 0x4, 0x8 or 0xC */
  readDp(register: number): number {
    this.#wires();
    switch (register & 0xc) {
      case 0x0:
        return dpidr;
      case 0x4:
        // Power-up requests (bits 28, 30) are acknowledged at once (29, 31).
        return (this.#control | ((this.#control & 0x5000_0000) << 1) | this.#sticky) >>> 0;
      case 0xc:
        return this.#buffer;
      default:
        return 0;
    }
  }

  writeDp(register: number, value: number): void {
    this.#wires();
    switch (register & 0xc) {
      case 0x0:
        if ((value & 0x1e) !== 0) this.#sticky = 0;
        return;
      case 0x4:
        if ((value & stickyErr) !== 0) this.#sticky = 0; // JTAG clears it here
        this.#control = value & 0x5000_0f00;
        return;
      case 0x8:
        this.#select = value >>> 0;
    }
  }

  async readAp(ap: number, register: number): Promise<number> {
    this.#buffer = await this.#access(() => this.#read(ap, register), onBus(ap, register));
    return this.#buffer;
  }

  async writeAp(ap: number, register: number, value: number): Promise<void> {
    await this.#access(() => this.#write(ap, register, value >>> 0), onBus(ap, register));
  }

  /** A block by the memory AP without a trip for each word: what an ST-LINK does by itself. */
  async readMemory(address: number, bytes: number): Promise<Uint8Array> {
    this.#tar = address;
    return this.#access(() => this.#target.readBytes(address, bytes), true);
  }

  async writeMemory(address: number, bytes: Uint8Array, size: 1 | 2 | 4): Promise<void> {
    this.#tar = address;
    await this.#access(() => this.#target.writeBytes(address, bytes, size), true);
  }

  /** A memory AP stands behind this number. */
  hasMemoryAp(ap: number): boolean {
    return ap === 0 && !this.#bridge.faults.locked;
  }

  hasAp(ap: number): boolean {
    return this.hasMemoryAp(ap) || (ap === 1 && this.#chip.controlAp);
  }

  #wires(): void {
    if (this.#bridge.faults.noAck) throw new TransferFault('noAck');
  }

  /** @param bus the access goes on to the memory bus, which may never be ready. */
  async #access<T>(action: () => Promise<T>, bus: boolean): Promise<T> {
    this.#wires();
    const { persistentWait } = this.#bridge.faults;
    if (persistentWait === true || (bus && persistentWait === 'memory')) throw new TransferFault('wait');
    if (this.#sticky !== 0) throw new TransferFault('fault');
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof BusFault)) throw error;
      this.#sticky = stickyErr;
      throw new TransferFault('fault', error.address);
    }
  }

  async #read(ap: number, register: number): Promise<number> {
    if (ap === 1 && this.#chip.controlAp) return this.#readControlAp(register);
    if (!this.hasMemoryAp(ap)) return 0;
    switch (register) {
      case 0x00:
        return this.#csw;
      case 0x04:
        return this.#tar;
      case 0x0c:
        return this.#data(() => this.#readLanes(this.#tar));
      case 0x10:
      case 0x14:
      case 0x18:
      case 0x1c:
        return this.#target.readWord(this.#tar - (this.#tar % 16) + (register - 0x10), 4);
      case 0xf8:
        return romTableBase;
      case 0xfc:
        return memoryApIdr;
      default:
        return 0;
    }
  }

  async #write(ap: number, register: number, value: number): Promise<void> {
    if (ap === 1 && this.#chip.controlAp) return this.#writeControlAp(register, value);
    if (!this.hasMemoryAp(ap)) return;
    switch (register) {
      case 0x00:
        this.#csw = ((value & 0xff00_0037) | 0x40) >>> 0;
        return;
      case 0x04:
        this.#tar = value;
        return;
      case 0x0c:
        return this.#data(() => this.#target.writeWord(this.#tar, this.#size(), value >>> (8 * (this.#tar & 3))));
      case 0x10:
      case 0x14:
      case 0x18:
      case 0x1c:
        return this.#target.writeWord(this.#tar - (this.#tar % 16) + (register - 0x10), 4, value);
    }
  }

  #size(): 1 | 2 | 4 {
    return sizes[this.#csw & 7] ?? 4;
  }

  async #readLanes(address: number): Promise<number> {
    return ((await this.#target.readWord(address, this.#size())) << (8 * (address & 3))) >>> 0;
  }

  async #data<T>(action: () => Promise<T>): Promise<T> {
    const result = await action();
    if ((this.#csw & 0x30) !== 0) {
      const next = (this.#tar + this.#size()) % wrapBytes;
      this.#tar = this.#tar - (this.#tar % wrapBytes) + next;
    }
    return result;
  }

  #readControlAp(register: number): number {
    switch (register) {
      case 0x08: {
        const busy = this.#erasing > 0 ? 1 : 0;
        this.#erasing = Math.max(0, this.#erasing - 1);
        return busy;
      }
      case 0x0c:
        return this.#bridge.faults.locked ? 0 : 1;
      case 0xfc:
        return controlApIdr;
      default:
        return 0;
    }
  }

  /** RESET, and ERASEALL, which is the only way to unlock a locked part. */
  async #writeControlAp(register: number, value: number): Promise<void> {
    if (register === 0x00) {
      if ((value & 1) === 1) await this.#target.holdReset();
      else if (this.#target.state === 'held') await this.#target.reset();
    }
    if (register !== 0x04 || value !== 1) return;
    const { flash } = this.#chip;
    this.#bridge.note('erased and unlocked through the control AP');
    flash.erase(flash.address, flash.bytes.length);
    this.#erasing = 2;
    this.#bridge.faults.locked = false;
  }
}

/** DRW and the banked data registers of the memory AP. */
function onBus(ap: number, register: number): boolean {
  return ap === 0 && register >= 0x0c && register <= 0x1c;
}
