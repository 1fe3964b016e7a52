/** States of IEEE 1149.1 with the next one for TMS 0 and 1. */
const next = {
  reset: ['idle', 'reset'],
  idle: ['idle', 'selectDr'],
  selectDr: ['captureDr', 'selectIr'],
  captureDr: ['shiftDr', 'exit1Dr'],
  shiftDr: ['shiftDr', 'exit1Dr'],
  exit1Dr: ['pauseDr', 'updateDr'],
  pauseDr: ['pauseDr', 'exit2Dr'],
  exit2Dr: ['shiftDr', 'updateDr'],
  updateDr: ['idle', 'selectDr'],
  selectIr: ['captureIr', 'reset'],
  captureIr: ['shiftIr', 'exit1Ir'],
  shiftIr: ['shiftIr', 'exit1Ir'],
  exit1Ir: ['pauseIr', 'updateIr'],
  pauseIr: ['pauseIr', 'exit2Ir'],
  exit2Ir: ['shiftIr', 'updateIr'],
  updateIr: ['idle', 'selectDr'],
} as const;

type State = keyof typeof next;

/** One device of the chain. Bits are held lowest first. */
export interface Tap {
  readonly irBits: number;
  /** Loaded on a reset. */
  readonly idInstruction: number;
  /** The bits of the data register that an instruction selects. */
  capture(instruction: number): number[];
  /** The data register as it was shifted in. */
  update(instruction: number, bits: readonly number[]): Promise<void>;
}

/** A chain of devices, the first nearest to TDO. */
export class Chain {
  readonly #taps: readonly Tap[];
  readonly #instructions: number[];
  #state: State = 'reset';
  #shift: number[][] = [];

  constructor(taps: readonly Tap[]) {
    this.#taps = taps;
    this.#instructions = taps.map(({ idInstruction }) => idInstruction);
  }

  /** The bit that leaves the chain; an idle line is pulled up. */
  get tdo(): number {
    return this.#state === 'shiftDr' || this.#state === 'shiftIr' ? (this.#shift[0]?.[0] ?? 1) : 1;
  }

  reset(): void {
    this.#state = 'reset';
    this.#taps.forEach(({ idInstruction }, index) => (this.#instructions[index] = idInstruction));
  }

  /** A rising edge of TCK. */
  async clock(tms: number, tdi: number): Promise<void> {
    switch (this.#state) {
      case 'captureDr':
        this.#shift = this.#taps.map((tap, index) => tap.capture(this.#instructions[index] ?? 0));
        break;
      case 'captureIr':
        this.#shift = this.#taps.map(({ irBits }) => bitsOf(1, irBits)); // the lowest bits are 01
        break;
      case 'shiftDr':
      case 'shiftIr':
        this.#push(tdi);
    }
    this.#state = next[this.#state][tms === 0 ? 0 : 1];
    if (this.#state === 'reset') this.reset();
    if (this.#state === 'updateIr') this.#shift.forEach((bits, index) => (this.#instructions[index] = numberOf(bits)));
    if (this.#state !== 'updateDr') return;
    for (const [index, tap] of this.#taps.entries()) {
      await tap.update(this.#instructions[index] ?? 0, this.#shift[index] ?? []);
    }
  }

  /** Each device takes the bit that the one behind it gives. */
  #push(tdi: number): void {
    this.#shift.forEach((bits, index) => {
      bits.shift();
      const behind = this.#shift[index + 1];
      bits.push(behind ? (behind[0] ?? 0) : tdi);
    });
  }
}

export function bitsOf(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, bit) => (bit < 32 ? (value >>> bit) & 1 : 0));
}

export function numberOf(bits: readonly number[]): number {
  return bits.reduceRight((sum, bit) => sum * 2 + bit, 0);
}
