import { expect } from 'vitest';
import { coverageLine } from './coverage.ts';
import type { Coverage } from './coverage.ts';

/** The acceptance: the 95 % interval covers the truth in 95 +- 2 % of the trials, the headlines of energy and idle power in 93 % at least. */
export function expectCoverage(name: string, coverage: Coverage, tolerance = 0.02): void {
  console.log(coverageLine(name, coverage));
  expect(Math.abs(coverage.interval95 - 0.95)).toBeLessThanOrEqual(tolerance);
  expect(coverage.headline).toBeGreaterThanOrEqual(0.95 - tolerance);
  expect(coverage.rest ?? 1).toBeGreaterThanOrEqual(0.93);
  expect(coverage.refused).toBeLessThanOrEqual(0.02 * coverage.trials);
}
