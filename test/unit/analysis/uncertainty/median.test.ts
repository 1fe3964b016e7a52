import { describe, expect, it } from 'vitest';
import { repeatabilityOfFive, spearmanWithOrder } from '../../../../src/main/analysis/uncertainty/median.ts';
import { expectDigits } from './vectors.ts';

describe('repeatability of five windows', () => {
  it('gives vector T1', () => {
    const result = repeatabilityOfFive([182.41, 182.77, 182.6, 182.35, 183.02]);
    expect(result.median).toBe(182.6);
    expectDigits(result.mean, 182.63);
    expectDigits(result.s, 0.273587, 2e-6);
    expectDigits(result.uA, 0.146533, 4e-6);
    expectDigits(result.half95, 0.369835, 2e-6);
    expect([result.min, result.max]).toEqual([182.35, 183.02]);
    expect(result).toMatchObject({ outlier: false, drift: false });
  });

  it('remarks one window that differs', () => {
    expect(repeatabilityOfFive([100, 100.1, 110, 99.9, 100.05])).toMatchObject({ outlier: true, drift: false });
  });

  it('widens the statement when the windows rise or fall', () => {
    const rising = repeatabilityOfFive([1, 2, 3, 4, 5]);
    expect(rising.drift).toBe(true);
    expect(rising.uA).toBeCloseTo(4 / Math.sqrt(12), 12);
    expect(repeatabilityOfFive([5, 4, 3, 2, 1]).drift).toBe(true);
    expect(repeatabilityOfFive([2, 1, 3, 4, 5]).drift).toBe(true);
    expect(repeatabilityOfFive([2, 1, 3, 5, 4]).drift).toBe(false);
    expect(repeatabilityOfFive([1, 1, 1, 1, 1])).toMatchObject({ drift: false, outlier: false, s: 0 });
  });

  it('shares ranks between equal values', () => {
    expect(spearmanWithOrder([1, 1, 2, 3, 4])).toBeCloseTo(0.9747, 4);
    expect(spearmanWithOrder([1, 1, 1])).toBe(0);
  });

  it('is for five values only', () => {
    expect(() => repeatabilityOfFive([1, 2, 3])).toThrow(RangeError);
  });
});
