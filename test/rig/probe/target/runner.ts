import type { Chip } from '../chips.ts';
import { hex } from '../faults.ts';
import type { Bridge } from '../faults.ts';
import { FlashArray } from '../flash/array.ts';
import { ThumbCore } from '../thumb/index.ts';
import type { Machine } from './machine.ts';
import type { Memory } from './memory.ts';
import * as reg from './registers.ts';

/**
 * `stub`: a loader in RAM, interpreted whenever the host looks. `running`: code in flash, by the machine where there is one. `lockup`: no
 * valid vectors, or code that crashed. `held`: the reset line is low.
 */
export type RunState = 'halted' | 'stub' | 'running' | 'lockup' | 'held';

/** Instructions of a stub between two looks of the host. */
const stubBudget = 1_000_000;
const lockupAddress = 0xffff_fffe;

export interface RunnerOptions {
  chip: Chip;
  memory: Memory;
  bridge: Bridge;
  machine: Machine | undefined;
  /** True once enough was programmed for the plug to be pulled: a stub stops at once. */
  interrupted: () => boolean;
}

/** Who runs code when: the interpreter or the machine; and the core's registers while nobody does. */
export class Runner {
  state: RunState = 'held';
  /** Why the core has stopped: bits of DFSR. */
  stops = 0;
  breakpointsOn = false;
  /** Of the breakpoint unit. */
  readonly comparators = new Uint32Array(reg.fpCount);
  readonly #chip: Chip;
  readonly #memory: Memory;
  readonly #bridge: Bridge;
  readonly #machine: Machine | undefined;
  readonly #core: ThumbCore;
  readonly #interrupted: () => boolean;
  /** Core registers that are neither r0 to r15 nor the xPSR, by DCRSR number. */
  readonly #others = new Map<number, number>();

  constructor({ chip, memory, bridge, machine, interrupted }: RunnerOptions) {
    this.#chip = chip;
    this.#memory = memory;
    this.#bridge = bridge;
    this.#machine = machine;
    this.#interrupted = interrupted;
    this.#core = new ThumbCore(memory);
  }

  /** The core as a reset leaves it, halted, with what its vectors say. */
  async restart(): Promise<{ stackPointer: number; entry: number; valid: boolean }> {
    await this.#stopMachine();
    this.#others.clear();
    this.#core.r.fill(0);
    this.#core.xpsr = 0;
    const { flash } = this.#chip;
    const stackPointer = flash.readNumber(flash.address, 4);
    const entry = flash.readNumber(flash.address + 4, 4);
    this.#core.r[13] = stackPointer & ~3;
    this.#core.r[14] = -1;
    this.#core.r[15] = entry & ~1;
    if (this.#machine) {
      await this.#handOver();
      await this.#machine.reset();
    }
    this.state = 'halted';
    const inFlash = this.#memory.flashAddress(entry - 1, 2) !== undefined;
    return { stackPointer, entry, valid: (entry & 1) === 1 && inFlash && this.#stackable(stackPointer) };
  }

  /** The reset line is low. */
  async hold(): Promise<void> {
    await this.#stopMachine();
    this.state = 'held';
  }

  /** Lets a stub run on, and notices that the machine has stopped by itself. */
  async look(): Promise<void> {
    if (this.state === 'stub') this.#runStub();
    if (this.state === 'running' && this.#machine && !this.#machine.running) {
      if (!(await this.#stopMachine())) return;
      await this.#takeBack();
      this.#halted(reg.dfsrBkpt);
    }
  }

  #runStub(budget = stubBudget): void {
    const stop = this.#core.run(budget, this.#breakpoints(), this.#interrupted);
    switch (stop.why) {
      case 'breakpoint':
        this.#halted(reg.dfsrBkpt);
        return;
      case 'unknown':
        this.#bridge.note(`unknown instruction ${hex(stop.opcode)} at ${hex(stop.address)}: the core stands still`);
        this.state = 'lockup';
        return;
      case 'fault':
        this.#bridge.note(`fault of the code at ${hex(stop.address)}: ${stop.reason}`);
        this.state = 'lockup';
    }
  }

  #breakpoints(): ReadonlySet<number> {
    if (!this.breakpointsOn) return new Set();
    const enabled = [...this.comparators].filter((value) => (value & 1) === 1);
    // REPLACE: 1 the lower, 2 the upper halfword, 3 both.
    return new Set(
      enabled.flatMap((value) => {
        const word = value & 0x1fff_fffc;
        return [...((value & 0x4000_0000) !== 0 ? [word] : []), ...((value & 0x8000_0000) !== 0 ? [word + 2] : [])];
      }),
    );
  }

  /** RAM that only the machine has. */
  beyond(address: number, bytes: number): boolean {
    const { ram } = this.#chip;
    return address >= ram.address + ram.bytes && address + bytes <= (this.#machine?.ramEnd ?? 0);
  }

  #stackable(stackPointer: number): boolean {
    return this.#memory.inRam(stackPointer - 4, 4) || this.beyond(stackPointer - 4, 4);
  }

  #halted(reason: number): void {
    this.state = 'halted';
    this.stops |= reason;
  }

  /** Nothing runs any more until a reset. */
  lockUp(why: string): void {
    this.state = 'lockup';
    this.#core.r[15] = lockupAddress | 0;
    this.#bridge.note(`${why}: the core is locked up`);
  }

  /** Stops whatever runs. */
  async halt(): Promise<void> {
    if (this.state === 'halted' || this.state === 'held') return;
    if (this.state === 'running' && this.#machine && (await this.#stopMachine())) await this.#takeBack();
    if (this.state === 'running') this.#bridge.note('halted by the debugger');
    this.#halted(reg.dfsrHalted);
  }

  /** Stops the machine where it runs. @returns false when it has died of its code: the core is locked up. */
  async #stopMachine(): Promise<boolean> {
    const machine = this.#machine;
    if (!machine || this.state !== 'running') return true;
    await machine.halt();
    return this.#lives(machine);
  }

  async #lives(machine: Machine): Promise<boolean> {
    if (!machine.lost) return true;
    await machine.revive();
    this.#memory.touchAll();
    this.lockUp('the code crashed');
    return false;
  }

  /** Lets the core go on from its program counter. */
  async resume(): Promise<void> {
    const pc = (this.#core.r[15] ?? 0) >>> 0;
    if (this.#memory.inRam(pc)) {
      this.state = 'stub';
      this.#runStub();
      return;
    }
    const inFlash = this.#memory.flashAddress(pc, 2) !== undefined;
    if (!inFlash || !this.#stackable((this.#core.r[13] ?? 0) >>> 0)) {
      this.lockUp(`cannot run at ${hex(pc)}`);
      return;
    }
    this.state = 'running';
    if (!this.#machine) return;
    await this.#handOver();
    for (const address of this.#breakpoints()) await this.#machine.setBreakpoint(address, true);
    this.#machine.resume();
  }

  /** One instruction. */
  async step(): Promise<void> {
    const pc = (this.#core.r[15] ?? 0) >>> 0;
    if (this.#machine && this.#memory.flashAddress(pc, 2) !== undefined) {
      await this.#handOver();
      await this.#machine.step();
      if (!(await this.#lives(this.#machine))) return;
      await this.#takeBack();
    } else {
      this.#runStub(1);
      if (this.state === 'lockup') return;
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
    for (const { address, bytes } of this.#memory.takeDirtyRam()) await this.#machine.write(address, bytes);
    await this.#machine.writeRegisters(Uint32Array.from({ length: 17 }, (_, index) => this.coreRegister(index)));
  }

  /** Takes registers and RAM from the machine, which has halted. */
  async #takeBack(): Promise<void> {
    if (!this.#machine) return;
    for (const address of this.#breakpoints()) await this.#machine.setBreakpoint(address, false);
    const values = await this.#machine.readRegisters();
    values.forEach((value, index) => this.setCoreRegister(index, value));
    const ram = await this.#machine.read(this.#chip.ram.address, this.#chip.ram.bytes);
    if (ram) this.#memory.ram.set(ram);
  }

  /** Does something with the machine while it stands still. */
  async paused<T>(action: () => Promise<T> | undefined): Promise<T | undefined> {
    const machine = this.#machine;
    if (!machine) return undefined;
    const wasRunning = machine.running;
    if (wasRunning) await machine.halt();
    if (machine.lost) return undefined; // noticed at the next look
    const result = await action();
    if (wasRunning) machine.resume();
    return result;
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
}
