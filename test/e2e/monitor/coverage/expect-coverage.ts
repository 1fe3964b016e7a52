import { expect } from 'vitest';
import { coverageLines } from './coverage.ts';
import type { Coverage } from './coverage.ts';

/** The acceptance: for every figure the 95 % interval covers the truth in 95 +- 2 % of the trials, the headline in 93 % at least. */
export function expectCoverage(name: string, coverage: Coverage, tolerance = 0.02): void {
  console.log(coverageLines(name, coverage));
  for (const [figure, { interval95, headline }] of Object.entries(coverage.figures)) {
    expect(Math.abs(interval95 - 0.95), figure).toBeLessThanOrEqual(tolerance);
    expect(headline, figure).toBeGreaterThanOrEqual(0.95 - tolerance);
  }
  expect(coverage.refused).toBeLessThanOrEqual(0.02 * coverage.trials);
}
