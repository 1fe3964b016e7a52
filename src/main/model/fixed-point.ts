/**
 * The integer arithmetic of the reference kernels, as far as the compiler needs it for its tables
 * (specification of the reference models, section 3). Products of two int32 do not fit a double, hence BigInt.
 */

/** A real factor as Q 2^(e - 31): Q an int32, e the exponent. */
export interface Multiplier {
  q: number;
  e: number;
}

/**
 * Section 3.1: m = f 2^e with 0.5 <= f < 1, Q = f 2^31 rounded half away. Factors below 2^-32 are flushed to zero, as the reference
 * does. `m` is finite and not negative; an exponent above `largestExponent` (30: what the kernels can shift) gives undefined.
 */
export function toMultiplier(m: number, largestExponent = 30): Multiplier | undefined {
  if (m === 0) return { q: 0, e: 0 };
  let e = exponentOf(m);
  // Two factors, because 2^-e alone may leave the range of a double. Both products are exact.
  const half = Math.trunc(-e / 2);
  const f = m * 2 ** half * 2 ** (-e - half);
  let q = Math.round(f * 2 ** 31);
  if (q === 2 ** 31) {
    q = 2 ** 30;
    e += 1;
  }
  if (e < -31) return { q: 0, e: 0 };
  return e > largestExponent ? undefined : { q, e };
}

/** e of m = f 2^e with 0.5 <= f < 1, read from the bits of the double. */
function exponentOf(m: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, m);
  const biased = (view.getUint16(0) >> 4) & 0x7ff;
  return biased === 0 ? exponentOf(m * 2 ** 64) - 64 : biased - 1022;
}

/** H of section 3.2: a b / 2^31 to nearest, ties up. Both are int32. */
export function highMultiply(a: number, b: number): number {
  return Number((BigInt(a) * BigInt(b) + (1n << 30n)) >> 31n);
}

/** D of section 3.2: x / 2^n rounded half away from zero, 0 <= n <= 31. */
export function roundingShift(x: number, n: number): number {
  const mask = 2 ** n - 1;
  const threshold = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> n) + ((x & mask) > threshold ? 1 : 0);
}

/** M of section 3.2: x Q 2^(e - 31) with two roundings; a left shift that leaves int32 saturates. */
export function requantize(x: number, { q, e }: Multiplier): number {
  const shifted = Math.min(Math.max(x * 2 ** Math.max(e, 0), -(2 ** 31)), 2 ** 31 - 1);
  return roundingShift(highMultiply(shifted, q), Math.max(-e, 0));
}
