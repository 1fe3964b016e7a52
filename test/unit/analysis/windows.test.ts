import fc from 'fast-check';
import { median as referenceMedian } from 'simple-statistics';
import { describe, expect, it } from 'vitest';
import {
  elapsedUs,
  median,
  performanceFigures,
  relativeSpread,
  throughputInfPerS,
} from '../../../src/main/analysis/index.ts';

describe('elapsedUs', () => {
  it('counts over the wrap of a 32-bit counter', () => {
    expect(elapsedUs(4_294_967_290, 10)).toBe(16);
    expect(elapsedUs(0, 4_294_967_295)).toBe(4_294_967_295);
    expect(elapsedUs(7, 7)).toBe(0);
  });

  it('takes 16-digit Unix times as plain numbers', () => {
    expect(elapsedUs(1_620_358_197_033_202, 1_620_358_207_033_203)).toBe(10_000_001);
    expect(elapsedUs(1_620_358_197_033_202, 1_620_358_197_033_201)).toBe(-1);
  });

  it('gives the true distance modulo 2^32 for every pair', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xfffffffe), (startUs, distanceUs) => {
        expect(elapsedUs(startUs, (startUs + distanceUs) % 2 ** 32)).toBe(distanceUs);
      }),
    );
  });
});

describe('median', () => {
  it('is the middle one, or the mean of the middle two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
    expect(median([1, Number.NaN, 2])).toBeNaN();
  });

  it('agrees with a statistics library', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (values) => {
        expect(median(values)).toBeCloseTo(referenceMedian(values), 9);
      }),
    );
  });
});

describe('performanceFigures', () => {
  it('gives throughput per window, the median and the spread', () => {
    const figures = performanceFigures([
      { inferences: 100, lapStartUs: 4_290_000_000, lapEndUs: 5_032_704 },
      { inferences: 100, lapStartUs: 0, lapEndUs: 12_500_000 },
    ]);
    expect(figures.windows[0]).toEqual({ inferences: 100, durationS: 10, throughputInfPerS: 10 });
    expect(figures.medianThroughputInfPerS).toBe(9);
    expect(figures.relativeSpread).toBeCloseTo(2 / 9, 12);
  });

  it('makes no speed out of a window without time', () => {
    expect(throughputInfPerS(5, 0)).toBeNaN();
    expect(performanceFigures([{ inferences: 5, lapStartUs: 3, lapEndUs: 3 }]).medianThroughputInfPerS).toBeNaN();
    expect(relativeSpread([])).toBeNaN();
  });
});
