import { seededRandom } from '../random.ts';

/** The device's own constants, by range (energy-monitors 3.4): what it tells the host, and what its samples are made with. */
export interface Ppk2Constants {
  /** Shunt in ohm. */
  R: number[];
  GS: number[];
  GI: number[];
  /** ADC counts. */
  O: number[];
  /** A per V. */
  S: number[];
  /** A. */
  I: number[];
  UG: number[];
}

export const ppk2FullCode = 0x3fff;
/** End of each range's span in A (energy-monitors 3.9). */
export const ppk2SpanA: readonly number[] = [50e-6, 500e-6, 5e-3, 50e-3, 1];

const shunts = [1031.64, 101.65, 10.15, 0.94, 0.043];
/** Volts per ADC count of the formula. */
const voltsPerCount = 1.8 / 163_840;
const decimals = 20;

/** Constants of a good unit, drawn around the defaults; rounded to what the metadata print of them. */
export function ppk2Constants(seed: number): Ppk2Constants {
  const next = seededRandom(seed ^ 0x2a6f_11d3);
  const around = (middle: number, half: number): number =>
    Number((middle + half * (next() / 2 ** 31 - 1)).toFixed(decimals));
  return {
    R: shunts.map((ohm) => around(ohm, 0.01 * ohm)),
    GS: shunts.map(() => around(0.5, 0.5)),
    GI: shunts.map(() => around(1, 0.03)),
    O: shunts.map(() => around(80, 40)),
    S: shunts.map((_, range) => around(0, 1e-9 * 10 ** range)),
    I: shunts.map((_, range) => around(0, 1e-9 * 10 ** range)),
    UG: shunts.map(() => 1),
  };
}

/** What turns a current of one range into its code, with the formula of energy-monitors 3.6 solved for the code. */
export class Ppk2Encoder {
  readonly #gain: number;
  readonly #linear: number;
  readonly #square: number;
  readonly #offsetA: number;
  readonly #countsPerUnit: number;
  readonly #offsetCounts: number;

  constructor(constants: Ppk2Constants, range: number, vddV: number) {
    const of = (values: readonly number[]): number => values[range] as number;
    this.#gain = 1 / of(constants.UG);
    this.#linear = of(constants.GI);
    this.#square = of(constants.GS);
    this.#offsetA = of(constants.S) * vddV + of(constants.I);
    this.#countsPerUnit = of(constants.R) / voltsPerCount;
    this.#offsetCounts = of(constants.O);
  }

  /** 0 to 0x3fff. */
  code(currentA: number): number {
    const c = currentA * this.#gain - this.#offsetA;
    // x (GS x + GI) = c, in the form that stays exact for GS = 0.
    const root = this.#linear * this.#linear + 4 * this.#square * c;
    const x = root > 0 ? (2 * c) / (this.#linear + Math.sqrt(root)) : 0;
    const code = Math.round((x * this.#countsPerUnit + this.#offsetCounts) / 4);
    return code < 0 ? 0 : code > ppk2FullCode ? ppk2FullCode : code;
  }
}

export interface Ppk2Metadata {
  constants: Ppk2Constants;
  vddMv: number;
  mode: 1 | 2;
  /** The order of older firmware differs. */
  old: boolean;
  fault?: 'garbageBefore' | 'notANumber' | 'withoutEnd' | undefined;
}

/** The answer to `19`: lines `KEY: value`, floats with 20 decimals, `END` (energy-monitors 3.4). */
export function ppk2Metadata({ constants, vddMv, mode, old, fault }: Ppk2Metadata): string {
  const group = (key: keyof Ppk2Constants): string[] =>
    constants[key].map((value, range) => {
      const isBad = fault === 'notANumber' && key === 'S' && range === 1;
      return `${key}${String(range)}: ${isBad ? '-nan' : value.toFixed(decimals)}`;
    });
  const device = [`VDD: ${String(vddMv)}`, 'HW: 9173', `mode: ${String(mode)}`];
  const first = ['R', 'GS', 'GI', 'O'] as const;
  const second = ['S', 'I', 'UG'] as const;
  const lines = old
    ? [...device, ...second.flatMap(group), ...first.flatMap(group), 'Calibrated: 0', 'IA: 56']
    : ['Calibrated: 1', ...first.flatMap(group), ...device, ...second.flatMap(group), 'IA: 56'];
  const text = `${lines.join('\n')}\n${fault === 'withoutEnd' ? '' : 'END\n'}`;
  return fault === 'garbageBefore' ? `\u0007\u00ff\u0012R9: ?${text}` : text;
}
