import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../../src/renderer/composables/estimate.ts';
import { createEstimate } from '../../../../src/shared/estimate/index.ts';

describe('time left', () => {
  it('runs down with the clock', () => {
    const estimate = createEstimate();
    expect(estimate.at(0)).toBeUndefined();
    estimate.update(50, 0);
    expect(estimate.at(0)).toBe(50);
    expect(estimate.at(10)).toBe(40);
    expect(estimate.at(70)).toBe(0);
  });

  it('leans towards a new figure instead of jumping to it', () => {
    const estimate = createEstimate();
    estimate.update(40, 0);
    estimate.update(60, 0.1);
    expect(estimate.at(0.1)).toBe(41);
    // However often it is told: only time makes it believe.
    for (let count = 1; count <= 100; count += 1) estimate.update(60, 0.1 + count / 1000);
    expect(estimate.at(0.2)).toBe(41);
    for (let seconds = 1; seconds <= 20; seconds += 1) estimate.update(80 - seconds, seconds);
    expect(estimate.at(20)).toBe(60);
  });

  it('is coarse while it is long', () => {
    const estimate = createEstimate();
    estimate.update(93, 0);
    expect(estimate.at(0)).toBe(95);
  });

  it('can be told from the progress since the page looked', () => {
    const progress = createProgress();
    expect(progress.remainingS(undefined, 0)).toBeUndefined();
    expect(progress.remainingS(0.5, 10)).toBeUndefined();
    expect(progress.remainingS(0.505, 15)).toBeUndefined();
    expect(progress.remainingS(0.6, 11)).toBeUndefined();
    expect(progress.remainingS(0.6, 20)).toBeCloseTo(40);
  });

  it('forgets how fast the step before was', () => {
    const progress = createProgress();
    progress.remainingS(0.1, 0);
    progress.remainingS(0.5, 1);
    progress.remainingS(0.5, 16);
    expect(progress.remainingS(0.6, 26)).toBeCloseTo(40);
  });
});
