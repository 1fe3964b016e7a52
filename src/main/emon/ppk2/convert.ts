import { ppk2Ranges } from './metadata.ts';
import type { Ppk2Constants } from './metadata.ts';

/** The ADC's code at its end: the reading is saturated. */
export const saturatedCode = 0x3fff;
/** V per count of the official conversion: 1.8 V reference, gain and width of the converter in one figure. */
const voltPerCount = 1.8 / 163_840;

/** Turns a code of the converter into A (energy monitors, section 3.6), for one calibration. */
export class Ppk2Converter {
  readonly #constants: Ppk2Constants;
  readonly #scale = new Float64Array(ppk2Ranges);
  readonly #zero = new Float64Array(ppk2Ranges);
  readonly #square = new Float64Array(ppk2Ranges);
  readonly #linear = new Float64Array(ppk2Ranges);
  readonly #offset = new Float64Array(ppk2Ranges);
  readonly #gain = new Float64Array(ppk2Ranges);

  constructor(constants: Ppk2Constants, vddMv: number) {
    this.#constants = constants;
    for (let range = 0; range < ppk2Ranges; range += 1) {
      this.#scale[range] = voltPerCount / (constants.r[range] as number);
      this.#zero[range] = constants.o[range] as number;
      this.#square[range] = constants.gs[range] as number;
      this.#linear[range] = constants.gi[range] as number;
      this.#gain[range] = constants.ug[range] as number;
    }
    this.setVdd(vddMv);
  }

  /** The voltage that was sent last, in mV: part of the formula. */
  setVdd(vddMv: number): void {
    const { s, i } = this.#constants;
    for (let range = 0; range < ppk2Ranges; range += 1) {
      this.#offset[range] = (s[range] as number) * (vddMv / 1000) + (i[range] as number);
    }
  }

  /** Current in A; `range` must be 0 to 4. */
  currentA(code: number, range: number): number {
    const x = (code * 4 - (this.#zero[range] as number)) * (this.#scale[range] as number);
    const shaped = x * ((this.#square[range] as number) * x + (this.#linear[range] as number));
    return (this.#gain[range] as number) * (shaped + (this.#offset[range] as number));
  }
}
