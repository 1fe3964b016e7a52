import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatQuantity, formatWithDoubt, missing, quantityParts } from '../../../src/shared/units/index.ts';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
const en = { locale: 'en' };

describe('formatQuantity', () => {
  it.each([
    [182.6e-6, 'J', '182.6 µJ'],
    [0.0031, 'W', '3.100 mW'],
    [3, 'V', '3.000 V'],
    [120e6, 'Hz', '120.0 MHz'],
    [0, 'A', '0.000 A'],
    [-2.5e-9, 'A', '-2.500 nA'],
    [4e-15, 'A', '0.004000 pA'],
    [5200, 's', '5,200 s'],
    [16.73, 'inf/s', '16.73 inf/s'],
    [12345.6, 'inf/s', '12,350 inf/s'],
    [21_300, 'B', '21.30 kB'],
  ])('shows %d %s as %s', (value, unit, shown) => {
    expect(plain(formatQuantity(value, unit, en))).toBe(shown);
  });

  it('takes the next prefix when rounding reaches it', () => {
    expect(plain(formatQuantity(999.96e-6, 'J', en))).toBe('1.000 mJ');
    expect(plain(formatQuantity(999.94e-6, 'J', en))).toBe('999.9 µJ');
    expect(plain(formatQuantity(999.96e-6, 'J', { ...en, decimals: 1 }))).toBe('1.0 mJ');
  });

  it('puts U+202F between value and unit', () => {
    expect(formatQuantity(1, 'V', en)).toBe('1.000\u202fV');
  });

  it('follows the locale', () => {
    expect(plain(formatQuantity(182.6e-6, 'J', { locale: 'de' }))).toBe('182,6 µJ');
  });

  it('shows an absent or impossible figure as an en dash', () => {
    for (const value of [undefined, null, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(formatQuantity(value, 'J', en)).toBe(missing);
    }
    expect(quantityParts(undefined, 'inf/s', en)).toEqual({ value: missing, unit: 'inf/s' });
  });

  it('leaves at most three digits before the decimal mark wherever a prefix exists', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-11, max: 9e14, noNaN: true }), (value) => {
        const { value: shown } = quantityParts(value, 'J', { locale: 'en' });
        expect(shown.split('.')[0]?.length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('base units', () => {
  it('keep a quantity without a prefix', () => {
    expect(formatQuantity(80e6, 'Hz', { prefixed: false })).toBe('80,000,000\u202fHz');
    expect(formatQuantity(undefined, 'Hz', { prefixed: false })).toBe('–');
  });
});

describe('formatWithDoubt', () => {
  it.each([
    [182.63e-6, 2.38e-6, 'J', 2, '182.6 ± 2.4 µJ (k = 2)'],
    [1.23456, 0.0996, 'V', 2, '1.23 ± 0.10 V (k = 2)'],
    [999.97e-6, 0.5e-6, 'J', 2, '999.97 ± 0.50 µJ (k = 2)'],
    [999.99e-6, 2e-6, 'J', 2, '1.0000 ± 0.0020 mJ (k = 2)'],
    [512e-6, 130e-6, 'J', 2, '510 ± 130 µJ (k = 2)'],
    [1e-6, 20e-6, 'J', 2.09, '1 ± 20 µJ (k = 2.09)'],
  ])('shows %d ± %d %s', (value, doubt, unit, coverageFactor, shown) => {
    expect(plain(formatWithDoubt(value, doubt, unit, { ...en, coverageFactor }))).toBe(shown);
  });

  it('leaves the doubt out where there is none', () => {
    expect(plain(formatWithDoubt(3, 0, 'V', en))).toBe('3.000 V');
    expect(formatWithDoubt(undefined, 1, 'V', en)).toBe(missing);
  });

  it('never shows a doubt of other than two significant digits', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        fc.double({ min: 1e-4, max: 0.5, noNaN: true }),
        (value, share) => {
          const shown = plain(formatWithDoubt(value, value * share, 'J', en));
          const doubt = /± ([\d.,]+)/.exec(shown)?.[1] ?? '';
          const digits = doubt.replace(/[.,]/g, '').replace(/^0+/, '');
          expect(digits.replace(/0$/, '').length, shown).toBeLessThanOrEqual(2);
          expect(digits.length, shown).toBeLessThanOrEqual(3);
          expect(Number(digits), shown).toBeGreaterThan(0);
        },
      ),
    );
  });
});
