import { highMultiply, requantize, roundingShift, toMultiplier } from './fixed-point.ts';
import type { Multiplier } from './fixed-point.ts';

/** Section 3.5: what ADD needs; the tables are indexed by q + 128. Undefined where the scales have no multiplier. */
export interface AddTables {
  a: Int32Array;
  b: Int32Array;
  output: Multiplier;
}

interface Scaled {
  scale: number;
  zeroPoint: number;
}

export function addTables(a: Scaled, b: Scaled, outputScale: number): AddTables | undefined {
  const unit = 2 * Math.max(a.scale, b.scale);
  const ofA = toMultiplier(a.scale / unit);
  const ofB = toMultiplier(b.scale / unit);
  const output = toMultiplier(unit / (2 ** 20 * outputScale));
  if (!ofA || !ofB || !output) return undefined;
  const table = (zeroPoint: number, multiplier: Multiplier): Int32Array =>
    Int32Array.from({ length: 256 }, (_, i) => requantize((i - 128 - zeroPoint) * 2 ** 20, multiplier));
  return { a: table(a.zeroPoint, ofA), b: table(b.zeroPoint, ofB), output };
}

/** Section 3.6, steps 1 and 2: the factor of the differences, and the smallest difference that counts. */
export function softmaxScale(
  beta: number,
  inputScale: number,
): { multiplier: Multiplier; smallest: number } | undefined {
  const multiplier = toMultiplier(Math.min(beta * inputScale * 2 ** 26, 2 ** 31 - 1), 31);
  if (!multiplier || multiplier.e < 1) return undefined;
  return { multiplier, smallest: -Math.floor((31 * 2 ** 26) / 2 ** multiplier.e) };
}

/** e^-1/4 to e^-16 as Q0.31, for the bits 24 to 30 of the remainder. */
const powers = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242] as const;

/** Section 3.6, step 3: the exponential of a Q5.26 number y <= 0, as Q0.31. */
export function exponential(y: number): number {
  if (y === 0) return 2 ** 31 - 1;
  const quarter = 2 ** 24;
  const a = (((y % quarter) + quarter) % quarter) - quarter;
  const remainder = a - y;
  const t = 32 * a + 2 ** 28;
  const t2 = highMultiply(t, t);
  const t3 = highMultiply(t2, t);
  const t4 = highMultiply(t2, t2);
  const third = 715827883;
  const eighth = 1895147668;
  const series = roundingShift(highMultiply(roundingShift(t4, 2) + t3, third) + t2, 1);
  let value = eighth + highMultiply(eighth, t + series);
  powers.forEach((factor, bit) => {
    if (Math.floor(remainder / 2 ** (24 + bit)) % 2 === 1) value = highMultiply(value, factor);
  });
  return value;
}

/**
 * The exponentials of all differences max - x = 0 to 255, for one input scale; 0 for those that do not count. Undefined for a
 * scale so small that the reference has no multiplier for it.
 */
export function softmaxTable(beta: number, inputScale: number): Int32Array | undefined {
  const scale = softmaxScale(beta, inputScale);
  if (!scale) return undefined;
  const { multiplier, smallest } = scale;
  return Int32Array.from({ length: 256 }, (_, difference) =>
    -difference < smallest ? 0 : exponential(highMultiply(-difference * 2 ** multiplier.e, multiplier.q)),
  );
}
