import { describe, it } from 'vitest';
import { quickCases } from './cases.ts';
import { coverageOf } from './coverage.ts';
import { expectCoverage } from './expect-coverage.ts';

// A wizard at 100,000 samples a second: the 2,000 trials of the acceptance are those of `test/bench/coverage.ts`.
const trials = 1000;
/** More than three standard deviations of a share of 95 % in so many trials. */
const tolerance = 0.025;

describe('what an emulated PPK2 says after its gain wizard', () => {
  it(`is covered by the 95 % interval of the corrected figure in 95 +- 2.5 % of ${String(trials)} trials`, async () => {
    expectCoverage('PPK2, calibrated', await coverageOf(quickCases.ppk2Calibrated, trials, 1), tolerance);
  });
});
