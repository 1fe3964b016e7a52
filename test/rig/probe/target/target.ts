import { createHash } from 'node:crypto';
import type { Chip } from '../chips.ts';
import { BusFault, hex } from '../faults.ts';
import type { Bridge } from '../faults.ts';
import { FlashArray } from '../flash/array.ts';
import { ThumbCore } from '../thumb/index.ts';
import type { Boot } from '../types.ts';
import type { Machine } from './machine.ts';
import { Memory } from './memory.ts';
import * as reg from './registers.ts';

/**
 * `stub`: a loader in RAM, interpreted whenever the host looks. `running`: code in flash, by the machine where there is one. `lockup`: no
 * valid vectors. `held`: the reset line is low.
 */
type State = 'halted' | 'stub' | 'running' | 'lockup' | 'held';

/** Instructions of a stub between two looks of the host. */
const stubBudget = 1_000_000;
/** Half of PPB and the system space: debug components and ROM table. */
const privateBus = 0xe000_0000;
const cpuidDefault = 0x410f_c241;
const lockupAddress = 0xffff_fffe;

/** A Cortex-M4 with its memory, as its debug port sees it. Accesses must not overlap: callers take turns. */
export class Target {
  readonly memory: Memory;
  boot: Boot | undefined;
  readonly #chip: Chip;
  readonly #bridge: Bridge;
  readonly #machine: Machine | undefined;
  readonly #core: ThumbCore;
  readonly #now: () => number;
  /** True once enough was programmed for the plug to be pulled: a stub stops at once. */
  readonly #interrupted: () => boolean;
  #state: State = 'held';
  #control = 0;
  #sticky = reg.sReset;
  #demcr = 0;
  #dfsr = 0;
  #dcrdr = 0;
  #fpCtrl = 0;
  readonly #comparators = new Uint32Array(reg.fpCount);
  /** Core registers that are neither r0 to r15 nor the xPSR, by DCRSR number. */
  readonly #others = new Map<number, number>();
  /** What was written to registers that nothing here models. */
  readonly #kept = new Map<number, number>();

  constructor(chip: Chip, bridge: Bridge, machine: Machine | undefined, now: () => number, interrupted: () => boolean) {
    this.#chip = chip;
    this.#bridge = bridge;
    this.#machine = machine;
    this.#now = now;
    this.#interrupted = interrupted;
    this.memory = new Memory(chip);
    this.#core = new ThumbCore(this.memory);
  }

  get state(): State {
    return this.#state;
  }

  async readWord(address: number, size: 1 | 2 | 4): Promise<number> {
    await this.#look();
    const bytes = await this.#plainRead(address, size);
    if (bytes) return bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
    return this.memory.part(await this.#register(address - (address % 4)), address, size);
  }

  async writeWord(address: number, size: 1 | 2 | 4, value: number): Promise<void> {
    await this.#look();
    if (address >= privateBus || this.#keeps(address)) {
      const whole = address - (address % 4);
      const word = size === 4 ? value : this.memory.merge((await this.#register(whole)) ?? 0, address, size, value);
      await this.#setRegister(whole, word >>> 0);
      return;
    }
    const beyond = this.#beyond(address, size);
    if (beyond || (this.#state === 'running' && this.memory.inRam(address, size))) {
      const bytes = Uint8Array.from({ length: size }, (_, index) => (value >>> (8 * index)) & 0xff);
      await this.#paused(() => this.#machine?.write(address, bytes));
    }
    if (beyond) return;
    this.memory.write(address, size, value);
    await this.#look();
  }

  /** Bytes of any length, as byte accesses would read them. */
  async readBytes(address: number, bytes: number): Promise<Uint8Array> {
    await this.#look();
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
    await this.#look();
    // A block into RAM, which is most of what tools write, goes without a look of the stub at each word.
    const block = this.#state !== 'running' && this.memory.inRam(address, bytes.length);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < bytes.length; at += size) {
      const value = size === 4 ? view.getUint32(at, true) : size === 2 ? view.getUint16(at, true) : (bytes[at] ?? 0);
      if (block) this.memory.write(address + at, size, value);
      else await this.writeWord(address + at, size, value);
    }
    await this.#look();
  }

  /** The reset line, or a request of the core's own. */
  async reset(): Promise<void> {
    await this.#stopMachine();
    this.#chip.controller.reset();
    this.#kept.clear();
    this.#others.clear();
    this.#sticky |= reg.sReset;
    this.#core.r.fill(0);
    this.#core.xpsr = 0;
    const vectors = this.#chip.flash.read(this.#chip.flash.address, 8);
    const view = new DataView(vectors.buffer, vectors.byteOffset, 8);
    const stackPointer = view.getUint32(0, true);
    const entry = view.getUint32(4, true);
    this.#core.r[13] = stackPointer & ~3;
    this.#core.r[14] = -1;
    this.#core.r[15] = entry & ~1;
    if (this.#machine) {
      await this.#handOver();
      await this.#machine.reset();
    }
    const valid =
      (entry & 1) === 1 && this.memory.flashAddress(entry - 1, 2) !== undefined && this.#stackable(stackPointer);
    if ((this.#control & reg.cDebugEn) !== 0 && (this.#demcr & reg.vcCoreReset) !== 0) {
      this.#state = 'halted';
      this.#control |= reg.cHalt;
      this.#dfsr |= reg.dfsrVcatch;
      this.#bridge.note('reset, caught at the vector');
    } else if (valid) {
      this.#control &= ~reg.cHalt;
      this.boot = { atMs: this.#now(), stackPointer, entry, flash: this.#chip.flash.bytes.slice() };
      const sha256 = createHash('sha256').update(this.boot.flash).digest('hex').slice(0, 12);
      this.#bridge.note(`reset, boots at ${hex(entry)} from flash ${sha256}`);
      this.#state = 'halted';
      await this.#resume();
    } else {
      this.#lockUp('reset without valid vectors');
    }
  }

  async holdReset(): Promise<void> {
    await this.#stopMachine();
    this.#state = 'held';
    this.#sticky |= reg.sReset;
    this.#bridge.note('held in reset');
  }

  /** Core registers by their DCRSR number. */
  coreRegister(number: number): number {
    const { r, xpsr } = this.#core;
    if (number < 16) return (r[number] ?? 0) >>> 0;
    if (number === 16) return xpsr;
    if (number === 17) return (r[13] ?? 0) >>> 0;
    return this.#others.get(number) ?? 0;
  }

  setCoreRegister(number: number, value: number): void {
    const { r } = this.#core;
    if (number < 15) r[number] = value;
    else if (number === 15) r[15] = value & ~1;
    else if (number === 16) this.#core.xpsr = value;
    else if (number === 17) r[13] = value;
    else this.#others.set(number, value >>> 0);
  }

  /** Lets a stub run on, and notices that the machine has stopped by itself. */
  async #look(): Promise<void> {
    if (this.#state === 'stub') this.#runStub();
    if (this.#state === 'running' && this.#machine && !this.#machine.running) {
      if (!(await this.#stopMachine())) return;
      await this.#takeBack();
      this.#halted(reg.dfsrBkpt);
    }
  }

  #runStub(): void {
    const stop = this.#core.run(stubBudget, this.#breakpoints(), this.#interrupted);
    switch (stop.why) {
      case 'breakpoint':
        this.#halted(reg.dfsrBkpt);
        return;
      case 'unknown':
        this.#bridge.note(`unknown instruction ${hex(stop.opcode)} at ${hex(stop.address)}: the core stands still`);
        this.#state = 'lockup';
        return;
      case 'fault':
        this.#bridge.note(`fault of the code at ${hex(stop.address)}: ${stop.reason}`);
        this.#state = 'lockup';
    }
  }

  #breakpoints(): ReadonlySet<number> {
    if ((this.#fpCtrl & 1) === 0) return new Set();
    const enabled = [...this.#comparators].filter((value) => (value & 1) === 1);
    // REPLACE: 1 the lower, 2 the upper halfword, 3 both.
    return new Set(
      enabled.flatMap((value) => {
        const word = value & 0x1fff_fffc;
        return [...((value & 0x4000_0000) !== 0 ? [word] : []), ...((value & 0x8000_0000) !== 0 ? [word + 2] : [])];
      }),
    );
  }

  /** RAM that only the machine has. */
  #beyond(address: number, bytes: number): boolean {
    const { ram } = this.#chip;
    return address >= ram.address + ram.bytes && address + bytes <= (this.#machine?.ramEnd ?? 0);
  }

  #stackable(stackPointer: number): boolean {
    return this.memory.inRam(stackPointer - 4, 4) || this.#beyond(stackPointer - 4, 4);
  }

  #halted(reason: number): void {
    this.#state = 'halted';
    this.#control |= reg.cHalt;
    this.#dfsr |= reason;
  }

  #lockUp(why: string): void {
    this.#state = 'lockup';
    this.#core.r[15] = lockupAddress | 0;
    this.#bridge.note(`${why}: the core is locked up`);
  }

  async #halt(): Promise<void> {
    if (this.#state === 'halted' || this.#state === 'held') return;
    if (this.#state === 'running' && this.#machine && (await this.#stopMachine())) await this.#takeBack();
    if (this.#state === 'running') this.#bridge.note('halted by the debugger');
    this.#halted(reg.dfsrHalted);
  }

  /** Stops the machine where it runs. @returns false when it has died of its code: the core is locked up. */
  async #stopMachine(): Promise<boolean> {
    const machine = this.#machine;
    if (!machine || this.#state !== 'running') return true;
    await machine.halt();
    return this.#lives(machine);
  }

  async #lives(machine: Machine): Promise<boolean> {
    if (!machine.lost) return true;
    await machine.revive();
    this.memory.touchAll();
    this.#lockUp('the code crashed');
    return false;
  }

  async #resume(): Promise<void> {
    const pc = (this.#core.r[15] ?? 0) >>> 0;
    this.#control &= ~reg.cHalt;
    if (this.memory.inRam(pc)) {
      this.#state = 'stub';
      this.#runStub();
      return;
    }
    const inFlash = this.memory.flashAddress(pc, 2) !== undefined;
    if (!inFlash || !this.#stackable((this.#core.r[13] ?? 0) >>> 0)) {
      this.#lockUp(`cannot run at ${hex(pc)}`);
      return;
    }
    this.#state = 'running';
    if (!this.#machine) return;
    await this.#handOver();
    for (const address of this.#breakpoints()) await this.#machine.setBreakpoint(address, true);
    this.#machine.resume();
  }

  async #step(): Promise<void> {
    const pc = (this.#core.r[15] ?? 0) >>> 0;
    if (this.#machine && this.memory.flashAddress(pc, 2) !== undefined) {
      await this.#handOver();
      await this.#machine.step();
      if (!(await this.#lives(this.#machine))) return;
      await this.#takeBack();
    } else {
      this.#core.run(0, new Set(), this.#interrupted);
    }
    this.#halted(reg.dfsrHalted);
  }

  /** Gives the machine what changed here. */
  async #handOver(): Promise<void> {
    if (!this.#machine) return;
    const { flash } = this.#chip;
    for (const page of flash.dirty) {
      const at = page * FlashArray.pageBytes;
      await this.#machine.write(flash.address + at, flash.bytes.slice(at, at + FlashArray.pageBytes));
    }
    flash.dirty.clear();
    for (const { address, bytes } of this.memory.takeDirtyRam()) await this.#machine.write(address, bytes);
    await this.#machine.writeRegisters(Uint32Array.from({ length: 17 }, (_, index) => this.coreRegister(index)));
  }

  /** Takes registers and RAM from the machine, which has halted. */
  async #takeBack(): Promise<void> {
    if (!this.#machine) return;
    for (const address of this.#breakpoints()) await this.#machine.setBreakpoint(address, false);
    const values = await this.#machine.readRegisters();
    values.forEach((value, index) => this.setCoreRegister(index, value));
    const ram = await this.#machine.read(this.#chip.ram.address, this.#chip.ram.bytes);
    if (ram) this.memory.ram.set(ram);
  }

  async #paused<T>(action: () => Promise<T> | undefined): Promise<T | undefined> {
    const machine = this.#machine;
    if (!machine) return undefined;
    const wasRunning = machine.running;
    if (wasRunning) await machine.halt();
    if (machine.lost) return undefined; // noticed at the next look
    const result = await action();
    if (wasRunning) machine.resume();
    return result;
  }

  async #plainRead(address: number, bytes: number): Promise<Uint8Array | undefined> {
    if (this.memory.inRam(address, bytes)) {
      const at = address - this.#chip.ram.address;
      if (this.#state !== 'running') return this.memory.ram.slice(at, at + bytes);
      return (await this.#paused(() => this.#machine?.read(address, bytes))) ?? this.memory.ram.slice(at, at + bytes);
    }
    if (this.#beyond(address, bytes)) return this.#paused(() => this.#machine?.read(address, bytes));
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
        return this.#dfsr;
      case reg.fpCtrl:
        return (reg.fpCount << 4) | this.#fpCtrl;
      case reg.cpuid:
        if (this.#bridge.faults.unknownPart) return 0x410f_fff0;
    }
    const comparator = (address - reg.fpFirst) / 4;
    if (comparator >= 0 && comparator < reg.fpCount) return this.#comparators[comparator];
    const fixed = componentWord(address) ?? this.#chip.word(address);
    if (fixed !== undefined) return fixed;
    if (!this.#keeps(address) && address < privateBus) return this.memory.word(address);
    const kept = this.#kept.get(address);
    if (kept !== undefined) return kept;
    const bytes = await this.#paused(() => this.#machine?.read(address, 4));
    if (bytes) return bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
    return address === reg.cpuid ? cpuidDefault : 0;
  }

  #readDhcsr(): number {
    let value = (this.#control & 0xf) | reg.sRegRdy | this.#sticky;
    this.#sticky = this.#state === 'held' ? reg.sReset : 0;
    if (this.#state === 'halted') value |= reg.sHalt;
    else if (this.#state === 'lockup') value |= reg.sLockup;
    else if (this.#state !== 'held') value |= reg.sRetire;
    return value >>> 0;
  }

  async #setRegister(address: number, value: number): Promise<void> {
    switch (address) {
      case reg.dhcsr:
        if (value >>> 16 === reg.debugKey) await this.#writeDhcsr(value & 0xf);
        return;
      case reg.dcrsr:
        if (this.#state !== 'halted') return;
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
        this.#dfsr &= ~value;
        return;
      case reg.aircr:
        if (value >>> 16 === 0x05fa && (value & 5) !== 0) await this.reset();
        return;
      case reg.fpCtrl:
        if ((value & 2) !== 0) this.#fpCtrl = value & 1;
        return;
    }
    const comparator = (address - reg.fpFirst) / 4;
    if (comparator >= 0 && comparator < reg.fpCount) this.#comparators[comparator] = value;
    else this.#kept.set(address, value);
  }

  async #writeDhcsr(value: number): Promise<void> {
    const enabled = (value & reg.cDebugEn) !== 0;
    const halt = enabled && (value & reg.cHalt) !== 0;
    const was = this.#state;
    this.#control = enabled ? value : 0;
    if (was === 'held') return;
    if (halt) {
      await this.#halt();
      this.#control |= reg.cHalt;
    } else if (was === 'halted') {
      if ((value & reg.cStep) !== 0) await this.#step();
      else await this.#resume();
    }
  }

  /** Ends what runs. */
  async close(): Promise<void> {
    await this.#machine?.close();
  }

  /** For the log: an access that failed. */
  static isFault(error: unknown): error is BusFault {
    return error instanceof BusFault;
  }
}

const { componentWord } = reg;
