import { describe, expect, it } from 'vitest';
import { addTables, exponential, softmaxScale, softmaxTable } from '../../../src/main/model/tables.ts';

describe('softmaxScale', () => {
  it.each([
    ['kws', 0.14469251, 1242899200, 24, -124],
    ['vww', 0.0146362185, 2011586560, 20, -1984],
    ['ic', 0.171853513, 1476210432, 24, -124],
    ['ic wide', 0.299234152, 1285200896, 25, -62],
    ['wake word', 0.160508901, 1378760960, 24, -124],
  ])('%s: factor and range of the specification', (_, scale, q, e, smallest) => {
    expect(softmaxScale(1, Math.fround(scale))).toEqual({ multiplier: { q, e }, smallest });
  });

  it('keeps the largest factor that there is, and refuses the smallest', () => {
    expect(softmaxScale(1, 1000)).toEqual({ multiplier: { q: 2 ** 31 - 1, e: 31 }, smallest: -0 });
    expect(softmaxScale(1, 2 ** -28)).toBeUndefined();
  });
});

describe('exponential', () => {
  it('is e^y as Q0.31 for Q5.26 numbers', () => {
    expect(exponential(0)).toBe(2 ** 31 - 1);
    for (const real of [-0.01, -0.25, -0.5, -1, -1.7, -3.3, -10, -20, -31]) {
      const value = exponential(Math.round(real * 2 ** 26)) / 2 ** 31;
      expect(Math.abs(value - Math.exp(real))).toBeLessThan(3e-7);
    }
  });
});

describe('softmaxTable', () => {
  it('falls from one and is zero where differences no longer count', () => {
    const table = softmaxTable(1, 0.25) ?? new Int32Array(0);
    expect(table).toHaveLength(256);
    expect(table[0]).toBe(2 ** 31 - 1);
    expect([...table].every((value, i) => i === 0 || value <= (table[i - 1] ?? 0))).toBe(true);
    // 31 2^26 / (0.25 2^26) = 124 steps.
    expect([table[124] !== undefined && table[124] >= 0, table[125]]).toEqual([true, 0]);
    expect(table[4]).toBe(exponential(-(2 ** 26)));
  });
});

describe('addTables', () => {
  it('rescales each operand to a common unit', () => {
    const tables = addTables({ scale: 0.5, zeroPoint: -128 }, { scale: 0.25, zeroPoint: 10 }, 0.75);
    if (!tables) throw new Error('no tables');
    // Unit 1: a is half of it, b a quarter; 2^20 steps to the unit.
    expect([tables.a[0], tables.a[1], tables.a[255]]).toEqual([0, 2 ** 19, 255 * 2 ** 19]);
    expect([tables.b[0], tables.b[138], tables.b[139]]).toEqual([-138 * 2 ** 18, 0, 2 ** 18]);
    expect(tables.output).toEqual({ q: Math.round((4 / 3 / 2) * 2 ** 31), e: -19 });
  });
});
