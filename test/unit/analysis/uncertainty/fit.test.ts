import { describe, expect, it } from 'vitest';
import {
  fitRange,
  fitRatio,
  fitRelativeUncertainty,
  loadsCoverSpan,
  pointUncertaintyA,
  referenceCurrentA,
} from '../../../../src/main/analysis/uncertainty/fit.ts';
import { expectDigits, t4Points } from './vectors.ts';

describe('fit of a range', () => {
  it('gives vector T4 to six digits', () => {
    const fit = fitRange(t4Points());
    expectDigits(fit.offsetA, 6.000001268e-7);
    expectDigits(fit.slope, 1.011852624);
    expectDigits(1 / fit.slope, 0.988286215);
    expectDigits(Math.sqrt(fit.cov[0]), 2.828425e-9);
    expectDigits(Math.sqrt(fit.cov[2]), 2.658324e-4);
    expectDigits(fit.cov[1], -1.077892e-15);
    expectDigits(fit.chi2, 0.029279, 4e-5);
    expect(fit.nu).toBe(4);
    expect(fit.test).toBe('pass');
    expectDigits(fitRelativeUncertainty(fit, 9.8e-3), 2.627182e-4);
    expect(fit.residuals).toHaveLength(6);
    expect(loadsCoverSpan(t4Points(), 0.035)).toBe(true);
    expect(loadsCoverSpan(t4Points(), 0.05)).toBe(false);
  });

  it('widens the covariance of a doubtful line and refuses a bent one', () => {
    const points = [1e-3, 2e-3, 3e-3, 4e-3].map((referenceA) => ({
      referenceA,
      readingA: referenceA,
      standardUncertaintyA: 1e-6,
    }));
    const exact = fitRange(points);
    expect(exact.test).toBe('pass');
    const bent = (sizeA: number) =>
      fitRange(points.map((point, index) => ({ ...point, readingA: point.readingA + (index % 2 ? sizeA : -sizeA) })));
    const doubtful = bent(1.7e-6);
    expect(doubtful.test).toBe('remark');
    expect(doubtful.cov[2] / exact.cov[2]).toBeCloseTo(doubtful.chi2 / 2, 9);
    expect(bent(3e-6).test).toBe('fail');
  });

  it('keeps digits when all loads lie close together', () => {
    const points = [1, 1 + 1e-6, 1 + 2e-6].map((referenceA) => ({
      referenceA,
      readingA: 0.5 + 2 * referenceA,
      standardUncertaintyA: 1e-9,
    }));
    const fit = fitRange(points);
    expect(fit.slope).toBeCloseTo(2, 8);
    expect(fit.offsetA).toBeCloseTo(0.5, 8);
  });

  it('finds the gain alone where the span is not covered', () => {
    const points = [0.02, 0.03].map((referenceA) => ({
      referenceA,
      readingA: referenceA * 1.02 + 4e-5,
      standardUncertaintyA: 1e-6,
    }));
    const fit = fitRatio(points, 5e-5);
    expect(fit.offsetA).toBe(0);
    expect(fit.test).toBe('pass');
    const error = fit.slope - 1.02;
    expect(Math.abs(error)).toBeLessThan(2 * Math.sqrt(fit.cov[2]));
    // The part of the offset that the gain took up is taken off again at the calibrated current.
    expect(fitRelativeUncertainty(fit, 0.0265)).toBeLessThan(0.2 * fitRelativeUncertainty(fit, 0.005));
  });

  it('counts the voltmeter on the resistor as a load', () => {
    expect(referenceCurrentA(3, 1e6, 1e7)).toBeCloseTo(3.3e-6, 15);
    expect(referenceCurrentA(3, 1e3)).toBeCloseTo(3e-3, 15);
  });

  it('adds independent causes of one load in squares', () => {
    const u = pointUncertaintyA({
      referenceA: 0.03,
      voltageV: 3,
      noiseA: 3e-4,
      samples: 2500,
      toleranceRel: 1e-3,
      digitsV: 3e-3,
      nonlinearityRel: 1e-3,
    });
    expect(u).toBeCloseTo(Math.hypot(6e-6, 0.03 * 1e-3), 12);
  });

  it('refuses points that determine nothing', () => {
    const point = { referenceA: 1e-3, readingA: 1e-3, standardUncertaintyA: 1e-6 };
    expect(() => fitRange([point, point])).toThrow(RangeError);
    expect(() => fitRange([point, point, point])).toThrow(RangeError);
    expect(() => fitRange([point, { ...point, referenceA: 2e-3 }, { ...point, standardUncertaintyA: 0 }])).toThrow(
      RangeError,
    );
    expect(() => fitRatio([{ ...point, referenceA: 0 }], 1e-6)).toThrow(RangeError);
    expect(() => fitRatio([], 1e-6)).toThrow(RangeError);
  });
});
