import { runWide } from './wide.ts';
import { runNarrow } from './narrow.ts';

/** Memory as the interpreted code sees it. Unmapped addresses throw. */
export interface Bus {
  read(address: number, size: 1 | 2 | 4): number;
  /** True when the store changed memory: only that counts as progress of a loop. */
  write(address: number, size: 1 | 2 | 4, value: number): boolean;
}

/** Why a run of instructions ended. `idle`: the code polls for something that only the host can change. */
export type Stop =
  | { why: 'breakpoint' | 'idle' | 'budget' | 'interrupted' }
  | { why: 'unknown'; address: number; opcode: number }
  | { why: 'fault'; address: number; reason: string };

/** Thrown by an instruction that this interpreter does not know. */
class UnknownInstruction extends Error {
  readonly opcode: number;

  constructor(opcode: number) {
    super('unknown instruction');
    this.opcode = opcode >>> 0;
  }
}

/**
 * A Thumb-2 interpreter for the loader stubs of flash tools: integer instructions of ARMv7-M (ARM DDI 0403), thread mode, no exceptions,
 * no floating point.
 */
export class ThumbCore {
  /** r0 to r15; r15 is the address of the next instruction. */
  readonly r = new Int32Array(16);
  n = 0;
  z = 0;
  c = 0;
  v = 0;
  q = 0;
  /** State of an IT block as in the xPSR: condition and mask. */
  it = 0;
  /** Number of the exception in hand: kept for the debugger, without effect. */
  exception = 0;
  /** Address of the instruction in hand. */
  at = 0;
  /** Flags are set by 16-bit instructions outside IT blocks only. */
  outside = true;
  /** Stores that changed memory since the loop detector looked last. */
  stores = 0;
  /** PRIMASK, BASEPRI, FAULTMASK, CONTROL by MRS number: kept, without effect. */
  readonly special = new Map<number, number>();
  readonly bus: Bus;

  constructor(bus: Bus) {
    this.bus = bus;
  }

  get xpsr(): number {
    const flags = (this.n << 31) | (this.z << 30) | (this.c << 29) | (this.v << 28) | (this.q << 27);
    return (flags | ((this.it & 3) << 25) | (1 << 24) | ((this.it >> 2) << 10) | this.exception) >>> 0;
  }

  set xpsr(value: number) {
    this.n = (value >>> 31) & 1;
    this.z = (value >>> 30) & 1;
    this.c = (value >>> 29) & 1;
    this.v = (value >>> 28) & 1;
    this.q = (value >>> 27) & 1;
    this.exception = value & 0x1ff;
    this.it = ((value >>> 25) & 3) | (((value >>> 10) & 0x3f) << 2);
  }

  /** Register as an operand: the program counter reads as the instruction's address and 4. */
  reg(index: number): number {
    return index === 15 ? (this.at + 4) | 0 : (this.r[index] ?? 0);
  }

  setReg(index: number, value: number): void {
    if (index === 15) this.branch(value);
    else if (index === 13) this.r[13] = value & ~3;
    else this.r[index] = value;
  }

  /** Interworking needs bit 0, which this core takes for granted. */
  branch(target: number): void {
    this.r[15] = target & ~1;
  }

  load(address: number, size: 1 | 2 | 4): number {
    return this.bus.read(address >>> 0, size);
  }

  store(address: number, size: 1 | 2 | 4, value: number): void {
    if (this.bus.write(address >>> 0, size, value)) this.stores += 1;
  }

  nz(value: number): void {
    this.n = value >>> 31;
    this.z = value === 0 ? 1 : 0;
  }

  /** a + b + carry with flags, as AddWithCarry of the architecture. */
  add(a: number, b: number, carry: number, flags: boolean): number {
    const wide = (a >>> 0) + (b >>> 0) + carry;
    const result = wide | 0;
    if (flags) {
      this.nz(result);
      this.c = wide > 0xffff_ffff ? 1 : 0;
      this.v = ((a ^ result) & (b ^ result)) >>> 31;
    }
    return result;
  }

  holds(condition: number): boolean {
    switch (condition >> 1) {
      case 0:
        return (this.z === 1) !== ((condition & 1) === 1);
      case 1:
        return (this.c === 1) !== ((condition & 1) === 1);
      case 2:
        return (this.n === 1) !== ((condition & 1) === 1);
      case 3:
        return (this.v === 1) !== ((condition & 1) === 1);
      case 4:
        return (this.c === 1 && this.z === 0) !== ((condition & 1) === 1);
      case 5:
        return (this.n === this.v) !== ((condition & 1) === 1);
      case 6:
        return (this.n === this.v && this.z === 0) !== ((condition & 1) === 1);
      default:
        return true;
    }
  }

  /** One instruction. @returns true when it is a breakpoint, which stays the next instruction. */
  step(): boolean {
    const at = this.r[15] ?? 0;
    this.at = at;
    const first = this.bus.read(at >>> 0, 2);
    const wide = first >>> 11 >= 0x1d;
    if (first >>> 8 === 0xbe) return true;
    const second = wide ? this.bus.read((at + 2) >>> 0, 2) : 0;
    this.r[15] = at + (wide ? 4 : 2);
    const block = this.it;
    this.outside = (block & 15) === 0;
    if (!this.outside) {
      this.it = (block & 7) === 0 ? 0 : (block & 0xe0) | ((block << 1) & 0x1f);
      if (!this.holds(block >> 4)) return false;
    }
    const known = wide ? runWide(this, first, second) : runNarrow(this, first);
    if (!known) {
      this.r[15] = at;
      throw new UnknownInstruction(wide ? (first << 16) | second : first);
    }
    return false;
  }

  /**
   * Runs until the code stops, waits, or the budget is used up.
   * @param interrupted asked after each store.
   */
  run(budget: number, breakpoints: ReadonlySet<number>, interrupted: () => boolean): Stop {
    const seen = new Int32Array(18);
    let steps = 0;
    let compare = 1;
    let branches = 0;
    this.stores = 0;
    this.#remember(seen);
    try {
      for (;;) {
        if (breakpoints.size > 0 && steps > 0 && breakpoints.has((this.r[15] ?? 0) >>> 0)) return { why: 'breakpoint' };
        if (this.step()) return { why: 'breakpoint' };
        steps += 1;
        if (this.stores > 0 && interrupted()) return { why: 'interrupted' };
        if (steps >= budget) return { why: 'budget' };
        if ((this.r[15] ?? 0) > this.at) continue;
        // Brent's cycle finding: a loop that comes back to the same registers without a store waits for the host.
        if (this.stores > 0) {
          this.stores = 0;
          branches = 0;
          compare = 1;
          this.#remember(seen);
        } else if (this.#same(seen)) return { why: 'idle' };
        else if (++branches >= compare) {
          compare *= 2;
          branches = 0;
          this.#remember(seen);
        }
      }
    } catch (error) {
      if (error instanceof UnknownInstruction) return { why: 'unknown', address: this.at >>> 0, opcode: error.opcode };
      this.r[15] = this.at;
      return { why: 'fault', address: this.at >>> 0, reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #remember(seen: Int32Array): void {
    seen.set(this.r);
    seen[16] = this.xpsr;
  }

  #same(seen: Int32Array): boolean {
    for (let index = 15; index >= 0; index -= 1) if (this.r[index] !== seen[index]) return false;
    return seen[16] === (this.xpsr | 0);
  }
}
