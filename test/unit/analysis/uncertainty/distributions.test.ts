import { describe, expect, it } from 'vitest';
import {
  chiSquaredCdf,
  normalCdf,
  studentQuantile975,
  studentTwoSided,
} from '../../../../src/main/analysis/uncertainty/distributions.ts';

describe('distributions', () => {
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [-1.959963984540054, 0.025],
    [3, 0.99865010196837],
    [6, 0.999999999013412],
  ])('normal distribution function at %s', (x, p) => {
    expect(normalCdf(x)).toBeCloseTo(p, 13);
  });

  it('chi-squared points of the specification', () => {
    const points95 = [3.841, 5.991, 7.815, 9.488, 11.07, 12.592];
    const points999 = [10.828, 13.816, 16.266, 18.467, 20.515, 22.458];
    points95.forEach((value, index) => expect(chiSquaredCdf(value, index + 1)).toBeCloseTo(0.95, 4));
    points999.forEach((value, index) => expect(chiSquaredCdf(value, index + 1)).toBeCloseTo(0.999, 6));
  });

  it.each([
    [4, 2.776445],
    [5, 2.570582],
    [10, 2.228139],
    [30, 2.042272],
    [1000, 1.962339],
  ])('t(0.975, %s)', (nu, t) => {
    expect(Math.abs(studentQuantile975(nu) - t)).toBeLessThan(0.001);
    expect(studentTwoSided(t, nu)).toBeCloseTo(0.05, 6);
  });

  it('knows the tails', () => {
    expect(normalCdf(-8) / 6.22096057427178e-16).toBeCloseTo(1, 7);
    expect(normalCdf(-40)).toBe(0);
    expect(normalCdf(40)).toBe(1);
    expect(chiSquaredCdf(0, 3)).toBe(0);
    expect(chiSquaredCdf(1000, 3)).toBe(1);
  });

  it('is normal for infinite degrees of freedom and refuses fewer than 4', () => {
    expect(studentQuantile975(null)).toBeCloseTo(1.959964, 6);
    expect(studentTwoSided(1.959963984540054, null)).toBeCloseTo(0.05, 12);
    expect(studentTwoSided(0, 7)).toBeCloseTo(1, 12);
    expect(() => studentQuantile975(3.9)).toThrow(RangeError);
  });
});
