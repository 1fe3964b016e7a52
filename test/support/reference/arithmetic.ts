/**
 * The integer arithmetic of the int8 operators, written for clarity: every 64-bit product is a BigInt, every rounding
 * follows its definition. Independent of the project's compiler and kernels on purpose: it is what they are checked by.
 */

/** A real factor as q * 2^(e - 31). */
export interface Multiplier {
  readonly q: number;
  readonly e: number;
}

const TWO_30 = 1n << 30n;
const TWO_31 = 1n << 31n;

export function int32(value: number): number {
  if (!Number.isInteger(value) || value < -0x80000000 || value > 0x7fffffff) {
    throw new RangeError(`not an int32: ${value}`);
  }
  return value;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** To the nearest integer, ties away from zero (Math.round takes ties upwards). */
export function roundHalfAway(value: number): number {
  // Subtracting from zero, not negating, keeps -0 out.
  return value < 0 ? 0 - Math.round(-value) : Math.round(value);
}

/** value = fraction * 2^exponent with 0.5 <= fraction < 1; halving and doubling are exact. */
function splitDouble(value: number): { fraction: number; exponent: number } {
  let fraction = value;
  let exponent = 0;
  while (fraction >= 1) {
    fraction /= 2;
    exponent += 1;
  }
  while (fraction < 0.5) {
    fraction *= 2;
    exponent -= 1;
  }
  return { fraction, exponent };
}

export function multiplierFrom(real: number): Multiplier {
  if (!(real > 0) || !Number.isFinite(real)) throw new RangeError(`not a positive factor: ${real}`);
  const { fraction, exponent } = splitDouble(real);
  let q = Math.round(fraction * 2 ** 31);
  let e = exponent;
  if (q === 2 ** 31) {
    q = 2 ** 30;
    e += 1;
  }
  // Factors below 2^-32 become zero, as the reference does; keeping them changes nothing but the bytes to compare.
  return e < -31 ? { q: 0, e: 0 } : { q, e };
}

/** The upper half of twice the product, rounded to nearest: BigInt division truncates, as the definition asks. */
export function highMultiplyByDefinition(a: number, b: number): number {
  const product = BigInt(a) * BigInt(b);
  const nudge = product >= 0n ? TWO_30 : 1n - TWO_30;
  return int32(Number((product + nudge) / TWO_31));
}

/** The same; most products fit a double exactly, and then the definition is a floor. */
export function highMultiply(a: number, b: number): number {
  const product = a * b;
  if (Math.abs(product) > 2 ** 52) return highMultiplyByDefinition(a, b);
  return Math.floor((product + 2 ** 30) / 2 ** 31);
}

/** value / 2^bits, ties away from zero. */
export function roundingShift(value: number, bits: number): number {
  if (bits < 0 || bits > 31) throw new RangeError(`shift by ${bits} bits`);
  return roundHalfAway(value / 2 ** bits);
}

/** The two roundings: high multiply, then rounding shift. */
export function requantise(value: number, { q, e }: Multiplier): number {
  return roundingShift(highMultiply(int32(value * 2 ** Math.max(e, 0)), q), Math.max(-e, 0));
}
