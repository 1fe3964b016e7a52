/** Softmax from int8 to int8 (output scale 1/256, zero point -128) in fixed point, as section 3.6 of the model specification. */

import { clamp, highMultiply, int32, multiplierFrom, roundingShift } from './arithmetic.ts';

const ONE_Q31 = 0x7fffffff;
const QUARTER_Q26 = 2 ** 24;
const EXP_MINUS_EIGHTH_Q31 = 1895147668;
const THIRD_Q31 = 715827883;
/** e^(-1/4), e^(-1/2), ... e^(-16) as Q0.31, by the bit of the remainder that asks for them. */
const EXP_FACTORS: readonly (readonly [bit: number, factorQ31: number])[] = [
  [24, 1672461947],
  [25, 1302514674],
  [26, 790015084],
  [27, 290630308],
  [28, 39332535],
  [29, 720401],
  [30, 242],
];

/** e^y for y <= 0 given as Q5.26; the result is Q0.31. */
function exponential(yQ26: number): number {
  if (yQ26 === 0) return ONE_Q31;
  const remainder = ((yQ26 % QUARTER_Q26) + QUARTER_Q26) % QUARTER_Q26;
  const a = remainder - QUARTER_Q26;
  const rest = a - yQ26;
  // A Taylor polynomial around -1/8 covers [-1/4, 0); what is left is a sum of known powers.
  const t = 32 * a + 2 ** 28;
  const t2 = highMultiply(t, t);
  const t3 = highMultiply(t2, t);
  const t4 = highMultiply(t2, t2);
  const tail = roundingShift(highMultiply(int32(roundingShift(t4, 2) + t3), THIRD_Q31) + t2, 1);
  let value = EXP_MINUS_EIGHTH_Q31 + highMultiply(EXP_MINUS_EIGHTH_Q31, int32(t + tail));
  for (const [bit, factor] of EXP_FACTORS) {
    if (Math.floor(rest / 2 ** bit) % 2 === 1) value = highMultiply(value, factor);
  }
  return value;
}

/** value * 2^bits, held at the int32 limits. */
function saturatingShift(value: number, bits: number): number {
  const limit = 2 ** (31 - bits) - 1;
  if (value > limit) return 0x7fffffff;
  if (value < -limit) return -0x80000000;
  return value * 2 ** bits;
}

/** 1 / (1 + g) for g in [0, 1) as Q0.31, by three Newton steps in Q2.29. */
function reciprocalOfOnePlus(gQ31: number): number {
  const half = Math.floor((gQ31 + 2 ** 31) / 2);
  let value = 1515870810 + highMultiply(half, -1010580540);
  for (let step = 0; step < 3; step += 1) {
    const error = 2 ** 29 - highMultiply(half, value);
    value = int32(value + saturatingShift(highMultiply(value, error), 2));
  }
  return saturatingShift(value, 1);
}

/** One row of logits; `inputScale` is the scale of the int8 logits, beta is 1. */
export function softmaxRow(row: readonly number[], inputScale: number): number[] {
  const { q, e } = multiplierFrom(Math.min(inputScale * 2 ** 26, 2 ** 31 - 1));
  const lowest = -Math.floor((31 * 2 ** 26) / 2 ** e);
  const top = Math.max(...row);
  const powers = row.map((x) => {
    const difference = x - top;
    if (difference < lowest) return undefined;
    return exponential(highMultiply(int32(difference * 2 ** e), q));
  });
  const sumQ19 = powers.reduce<number>((sum, power) => sum + (power === undefined ? 0 : roundingShift(power, 12)), 0);
  const leadingZeros = Math.clz32(int32(sumQ19));
  const reciprocal = reciprocalOfOnePlus(sumQ19 * 2 ** leadingZeros - 2 ** 31);
  return powers.map((power) => {
    if (power === undefined) return -128;
    return clamp(roundingShift(highMultiply(reciprocal, power), 12 - leadingZeros + 23) - 128, -128, 127);
  });
}
