import { describe, it } from 'vitest';
import { quickCases } from './cases.ts';
import { coverageOf } from './coverage.ts';
import { expectCoverage } from './expect-coverage.ts';

describe('what an emulated PPK2 says through its driver', () => {
  it('is covered by the 95 % interval of an uncalibrated run in 95 +- 2 % of 2,000 trials', async () => {
    expectCoverage('PPK2', await coverageOf(quickCases.ppk2, 2000, 1));
  });
});
