import { createHash } from 'node:crypto';
import type { Chip } from '../chips.ts';
import { hex } from '../faults.ts';
import type { Bridge } from '../faults.ts';
import type { Boot } from '../types.ts';
import type { Machine } from './machine.ts';
import { Memory } from './memory.ts';
import * as reg from './registers.ts';
import { Runner } from './runner.ts';
import type { RunState } from './runner.ts';

/** Half of PPB and the system space: debug components and ROM table. */
const privateBus = 0xe000_0000;
const cpuidDefault = 0x410f_c241;

/** A Cortex-M4 with its memory, as its debug port sees it. Accesses must not overlap: callers take turns. */
export class Target {
  readonly memory: Memory;
  boot: Boot | undefined;
  readonly #chip: Chip;
  readonly #bridge: Bridge;
  readonly #machine: Machine | undefined;
  readonly #runner: Runner;
  readonly #now: () => number;
  #control = 0;
  #sticky = reg.sReset;
  #demcr = 0;
  #dcrdr = 0;
  /** What was written to registers that nothing here models. */
  readonly #kept = new Map<number, number>();

  constructor(chip: Chip, bridge: Bridge, machine: Machine | undefined, now: () => number, interrupted: () => boolean) {
    this.#chip = chip;
    this.#bridge = bridge;
    this.#machine = machine;
    this.#now = now;
    this.memory = new Memory(chip);
    this.#runner = new Runner({ chip, memory: this.memory, bridge, machine, interrupted });
  }

  get state(): RunState {
    return this.#runner.state;
  }

  async readWord(address: number, size: 1 | 2 | 4): Promise<number> {
    await this.#runner.look();
    const bytes = await this.#plainRead(address, size);
    if (bytes) return bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
    return this.memory.part(await this.#register(address - (address % 4)), address, size);
  }

  async writeWord(address: number, size: 1 | 2 | 4, value: number): Promise<void> {
    await this.#runner.look();
    if (address >= privateBus || this.#keeps(address)) {
      const whole = address - (address % 4);
      const word = size === 4 ? value : this.memory.merge((await this.#register(whole)) ?? 0, address, size, value);
      await this.#setRegister(whole, word >>> 0);
      return;
    }
    const beyond = this.#runner.beyond(address, size);
    if (beyond || (this.state === 'running' && this.memory.inRam(address, size))) {
      const bytes = Uint8Array.from({ length: size }, (_, index) => (value >>> (8 * index)) & 0xff);
      await this.#runner.paused(() => this.#machine?.write(address, bytes));
    }
    if (beyond) return;
    this.memory.write(address, size, value);
    await this.#runner.look();
  }

  /** Bytes of any length, as byte accesses would read them. */
  async readBytes(address: number, bytes: number): Promise<Uint8Array> {
    await this.#runner.look();
    const plain = await this.#plainRead(address, bytes);
    if (plain) return plain;
    const result = new Uint8Array(bytes);
    // Whole words where they are asked for: reading a byte of a register may change it.
    for (let at = 0; at < bytes;) {
      const size = (address + at) % 4 === 0 && bytes - at >= 4 ? 4 : 1;
      const value = await this.readWord(address + at, size);
      for (let lane = 0; lane < size; lane += 1) result[at + lane] = value >>> (8 * lane);
      at += size;
    }
    return result;
  }

  async writeBytes(address: number, bytes: Uint8Array, size: 1 | 2 | 4): Promise<void> {
    await this.#runner.look();
    // A block into RAM, which is most of what tools write, goes without a look of the stub at each word.
    const block = this.state !== 'running' && this.memory.inRam(address, bytes.length);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length; at += size) {
      const value = size === 4 ? view.getUint32(at, true) : size === 2 ? view.getUint16(at, true) : (bytes[at] ?? 0);
      if (block) this.memory.write(address + at, size, value);
      else await this.writeWord(address + at, size, value);
    }
    await this.#runner.look();
  }

  /** The reset line, or a request of the core's own. */
  async reset(): Promise<void> {
    const { stackPointer, entry, valid } = await this.#runner.restart();
    this.#chip.controller.reset();
    this.#kept.clear();
    this.#sticky |= reg.sReset;
    if ((this.#control & reg.cDebugEn) !== 0 && (this.#demcr & reg.vcCoreReset) !== 0) {
      this.#runner.stops |= reg.dfsrVcatch;
      this.#bridge.note('reset, caught at the vector');
    } else if (valid) {
      this.boot = { atMs: this.#now(), stackPointer, entry, flash: this.#chip.flash.bytes.slice() };
      const sha256 = createHash('sha256').update(this.boot.flash).digest('hex').slice(0, 12);
      this.#bridge.note(`reset, boots at ${hex(entry)} from flash ${sha256}`);
      await this.#runner.resume();
    } else {
      this.#runner.lockUp('reset without valid vectors');
    }
  }

  async holdReset(): Promise<void> {
    await this.#runner.hold();
    this.#sticky |= reg.sReset;
    this.#bridge.note('held in reset');
  }

  /** Core registers by their DCRSR number. */
  coreRegister(number: number): number {
    return this.#runner.coreRegister(number);
  }

  setCoreRegister(number: number, value: number): void {
    this.#runner.setCoreRegister(number, value);
  }

  async #plainRead(address: number, bytes: number): Promise<Uint8Array | undefined> {
    if (this.memory.inRam(address, bytes)) {
      const at = address - this.#chip.ram.address;
      if (this.state !== 'running') return this.memory.ram.slice(at, at + bytes);
      return (
        (await this.#runner.paused(() => this.#machine?.read(address, bytes))) ?? this.memory.ram.slice(at, at + bytes)
      );
    }
    if (this.#runner.beyond(address, bytes)) return this.#runner.paused(() => this.#machine?.read(address, bytes));
    const inFlash = this.memory.flashAddress(address, bytes);
    return inFlash === undefined ? undefined : this.#chip.flash.read(inFlash, bytes);
  }

  /** True for peripherals that nothing here models: their registers keep what the host writes. */
  #keeps(address: number): boolean {
    return address >= 0x4000_0000 && address < 0x6000_0000 && !this.#chip.controller.owns(address);
  }

  async #register(address: number): Promise<number | undefined> {
    switch (address) {
      case reg.dhcsr:
        return this.#readDhcsr();
      case reg.dcrsr:
        return 0;
      case reg.dcrdr:
        return this.#dcrdr;
      case reg.demcr:
        return this.#demcr;
      case reg.dfsr:
        return this.#runner.stops;
      case reg.fpCtrl:
        return (reg.fpCount << 4) | (this.#runner.breakpointsOn ? 1 : 0);
      case reg.cpuid:
        if (this.#bridge.faults.unknownPart) return 0x410f_fff0;
    }
    const comparator = (address - reg.fpFirst) / 4;
    if (comparator >= 0 && comparator < reg.fpCount) return this.#runner.comparators[comparator];
    const fixed = reg.componentWord(address) ?? this.#chip.word(address);
    if (fixed !== undefined) return fixed;
    if (!this.#keeps(address) && address < privateBus) return this.memory.word(address);
    const kept = this.#kept.get(address);
    if (kept !== undefined) return kept;
    const bytes = await this.#runner.paused(() => this.#machine?.read(address, 4));
    if (bytes) return bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
    return address === reg.cpuid ? cpuidDefault : 0;
  }

  #readDhcsr(): number {
    const halt = this.state === 'halted' ? reg.cHalt : 0;
    let value = (this.#control & 0xd) | halt | reg.sRegRdy | this.#sticky;
    this.#sticky = this.state === 'held' ? reg.sReset : 0;
    if (this.state === 'halted') value |= reg.sHalt;
    else if (this.state === 'lockup') value |= reg.sLockup;
    else if (this.state !== 'held') value |= reg.sRetire;
    return value >>> 0;
  }

  async #setRegister(address: number, value: number): Promise<void> {
    switch (address) {
      case reg.dhcsr:
        if (value >>> 16 === reg.debugKey) await this.#writeDhcsr(value & 0xf);
        return;
      case reg.dcrsr:
        if (this.state !== 'halted') return;
        if ((value & 0x1_0000) !== 0) this.setCoreRegister(value & 0x7f, this.#dcrdr);
        else this.#dcrdr = this.coreRegister(value & 0x7f);
        return;
      case reg.dcrdr:
        this.#dcrdr = value;
        return;
      case reg.demcr:
        this.#demcr = value;
        return;
      case reg.dfsr:
        this.#runner.stops &= ~value;
        return;
      case reg.aircr:
        if (value >>> 16 === 0x05fa && (value & 5) !== 0) await this.reset();
        return;
      case reg.fpCtrl:
        if ((value & 2) !== 0) this.#runner.breakpointsOn = (value & 1) === 1;
        return;
    }
    const comparator = (address - reg.fpFirst) / 4;
    if (comparator >= 0 && comparator < reg.fpCount) this.#runner.comparators[comparator] = value;
    else this.#kept.set(address, value);
  }

  async #writeDhcsr(value: number): Promise<void> {
    const enabled = (value & reg.cDebugEn) !== 0;
    const halt = enabled && (value & reg.cHalt) !== 0;
    const was = this.state;
    this.#control = enabled ? value : 0;
    if (was === 'held') return;
    if (halt) {
      await this.#runner.halt();
    } else if (was === 'halted') {
      if ((value & reg.cStep) !== 0) await this.#runner.step();
      else await this.#runner.resume();
    }
  }

  /** Ends what runs. */
  async close(): Promise<void> {
    await this.#machine?.close();
  }
}
