import { describe, expect, it } from 'vitest';
import {
  conformity,
  throughputRatioUncertainty,
  windowLengthUncertaintyS,
} from '../../../../src/main/analysis/uncertainty/conformity.ts';

describe('conformity', () => {
  it.each([
    ['atLeast', 10.1, 10, 'pass', true],
    ['atLeast', 10.01, 10, 'passNotProven', true],
    ['atLeast', 9.99, 10, 'failNotProven', false],
    ['atLeast', 9.9, 10, 'fail', false],
    ['atMost', 9.9, 10, 'pass', true],
    ['atMost', 10.01, 10, 'failNotProven', false],
    ['within', -9.9, 10, 'pass', true],
    ['within', -10.01, 10, 'failNotProven', false],
    ['within', 10.1, 10, 'fail', false],
  ] as const)('%s: %s against %s is %s', (check, value, limit, word, accepted) => {
    expect(conformity(check, value, limit, 0.02)).toMatchObject({ word, accepted });
  });

  it('is simple acceptance without uncertainty', () => {
    expect(conformity('atLeast', 10, 10, 0)).toEqual({ word: 'pass', accepted: true, guard: 0 });
  });

  it('asks for 10.0012 s at 1 kHz and 100 ppm', () => {
    const u = windowLengthUncertaintyS(10, 1e-3, 1e-4);
    expect(10 + 1.645 * u).toBeCloseTo(10.0012, 4);
    expect(conformity('atLeast', 10.0013, 10, u).word).toBe('pass');
    expect(conformity('atLeast', 10.001, 10, u).word).toBe('passNotProven');
  });

  it('adds the parts of a ratio in squares', () => {
    expect(throughputRatioUncertainty([3e-3, 4e-3])).toBeCloseTo(5e-3, 12);
  });
});
