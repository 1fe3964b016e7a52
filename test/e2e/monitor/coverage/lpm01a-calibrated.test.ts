import { describe, it } from 'vitest';
import { quickCases } from './cases.ts';
import { coverageOf } from './coverage.ts';
import { expectCoverage } from './expect-coverage.ts';

describe('what an emulated LPM01A says after its gain wizard', () => {
  it('is covered by the 95 % interval of the corrected figure in 95 +- 2 % of 2,000 trials', async () => {
    expectCoverage('LPM01A, calibrated', await coverageOf(quickCases.lpm01aCalibrated, 2000, 1));
  });
});
