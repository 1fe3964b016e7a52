import { describe, expect, it } from 'vitest';
import { roundedFigure } from '../../../../src/main/analysis/uncertainty/rounding.ts';

describe('rounding of a figure', () => {
  it.each([
    [182.6, 4.723926, { y: 182.6, expandedUncertainty: 4.7, decimals: 1 }],
    [180, 0.658419, { y: 180, expandedUncertainty: 0.66, decimals: 2 }],
    [120, 14.148297, { y: 120, expandedUncertainty: 14, decimals: 0 }],
    [12_345, 1234, { y: 12_300, expandedUncertainty: 1200, decimals: 0 }],
    [5, 0.996, { y: 5, expandedUncertainty: 1, decimals: 1 }],
    [5, 99.6, { y: 10, expandedUncertainty: 100, decimals: 0 }],
    // Halves go up, not to even.
    [1.225, 0.25, { y: 1.23, expandedUncertainty: 0.25, decimals: 2 }],
    [-1.225, 0.25, { y: -1.23, expandedUncertainty: 0.25, decimals: 2 }],
    [7.123, 0, { y: 7.123, expandedUncertainty: 0, decimals: 0 }],
  ])('%s +- %s', (y, expandedUncertainty, expected) => {
    expect(roundedFigure(y, expandedUncertainty)).toEqual(expected);
  });
});
