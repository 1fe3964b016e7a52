import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highMultiply, requantize, roundingShift, toMultiplier } from '../../../src/main/model/fixed-point.ts';

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('toMultiplier', () => {
  it('gives the known multipliers of fully connected layers', () => {
    // Scales as printed in the specification's tables; each has enough digits for its float32.
    const known: [input: number, weights: number, output: number, q: number, e: number][] = [
      [0.0802361593, 0.00838575512, 0.14469251, 1278221461, -7],
      [0.0156569127, 0.00472028926, 0.0146362185, 1387987883, -7],
      [0.127069145, 0.0305543914, 0.171853513, 1552512742, -5],
      [0.391015232, 0.000376874988, 0.0494591296, 1638001653, -8],
    ];
    for (const [input, weights, output, q, e] of known) {
      const product = Math.fround(Math.fround(input) * Math.fround(weights));
      expect(toMultiplier(product / Math.fround(output))).toEqual({ q, e });
    }
  });

  it('is Q 2^(e - 31) to half a unit, with Q in [2^30, 2^31)', () => {
    fc.assert(
      fc.property(fc.double({ min: 2 ** -31, max: 2 ** 29, noNaN: true }), (m) => {
        const { q, e } = toMultiplier(m) ?? { q: 0, e: 0 };
        expect(q).toBeGreaterThanOrEqual(2 ** 30);
        expect(q).toBeLessThan(2 ** 31);
        expect(Math.abs(q * 2 ** (e - 31) - m)).toBeLessThanOrEqual(2 ** (e - 32) * (1 + 1e-9));
      }),
    );
  });

  it('carries a fraction that rounds to 1, flushes what is tiny and refuses what is huge', () => {
    expect(toMultiplier(1 - 2 ** -40)).toEqual({ q: 2 ** 30, e: 1 });
    expect(toMultiplier(0)).toEqual({ q: 0, e: 0 });
    expect(toMultiplier(2 ** -32)).toEqual({ q: 2 ** 30, e: -31 });
    expect(toMultiplier(2 ** -32 * 0.999)).toEqual({ q: 0, e: 0 });
    expect(toMultiplier(Number.MIN_VALUE)).toEqual({ q: 0, e: 0 });
    expect(toMultiplier(2 ** 30 * 0.75)).toEqual({ q: 0.75 * 2 ** 31, e: 30 });
    expect(toMultiplier(2 ** 30)).toBeUndefined();
    expect(toMultiplier(2 ** 31 - 1, 31)).toEqual({ q: 2 ** 31 - 1, e: 31 });
  });
});

describe('rounding', () => {
  it('highMultiply is the definition with its two nudges and truncating division', () => {
    fc.assert(
      fc.property(int32, fc.integer({ min: 0, max: 2 ** 31 - 1 }), (a, b) => {
        const product = BigInt(a) * BigInt(b);
        const nudge = product >= 0n ? 1n << 30n : 1n - (1n << 30n);
        expect(BigInt(highMultiply(a, b))).toBe((product + nudge) / (1n << 31n));
      }),
    );
  });

  it('roundingShift rounds half away from zero', () => {
    fc.assert(
      fc.property(int32, fc.integer({ min: 0, max: 31 }), (x, n) => {
        const magnitude = Math.floor(Math.abs(x) / 2 ** n + 0.5);
        expect(roundingShift(x, n)).toBe(x < 0 ? 0 - magnitude : magnitude);
      }),
    );
    expect([roundingShift(3, 1), roundingShift(-3, 1), roundingShift(1, 1), roundingShift(-1, 1)]).toEqual([
      2, -2, 1, -1,
    ]);
  });

  it('requantize rounds twice and saturates a left shift', () => {
    // 5 * 0.3 = 1.5: rounded once it would be 2; H gives 3 (of 2.4...), D halves it away from zero.
    expect(requantize(1, { q: 2 ** 30, e: -1 })).toBe(1);
    expect(requantize(2 ** 30, { q: 2 ** 30, e: 5 })).toBe(2 ** 30);
    expect(requantize(-(2 ** 30), { q: 2 ** 30, e: 5 })).toBe(-(2 ** 30));
    expect(requantize(100, { q: 0.75 * 2 ** 31, e: 3 })).toBe(600);
  });
});
