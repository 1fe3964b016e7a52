import { describe, expect, it } from 'vitest';
import { createEstimate, createProgress } from '../../../../src/renderer/composables/estimate.ts';

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
    estimate.update(60, 0);
    expect(estimate.at(0)).toBe(43);
    for (let index = 0; index < 40; index += 1) estimate.update(60, 0);
    expect(estimate.at(0)).toBe(60);
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
    expect(progress.remainingS(0.51, 15)).toBeUndefined();
    expect(progress.remainingS(0.6, 11)).toBeUndefined();
    expect(progress.remainingS(0.6, 20)).toBeCloseTo(40);
  });
});
