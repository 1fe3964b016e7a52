import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareClocks, stampResolutionUs } from '../../../src/main/analysis/index.ts';

describe('compareClocks', () => {
  it('gives the ratio of the published outlier', () => {
    // DUT protocol, section 13.2: window 1 of CY8CPROTO int8 VWW.
    const comparison = compareClocks({
      dutS: 15.468,
      hostS: 23.139,
      hostStampUncertaintyS: 0.016,
      dutResolutionS: 1e-6,
    });
    expect(comparison?.ratio).toBeCloseTo(0.6685, 4);
    expect(comparison?.deviation).toBeCloseTo(0.3315, 4);
    expect(comparison?.uncertainty).toBeLessThan(0.001);
  });

  it('bounds its own error by latency and resolution', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1000, noNaN: true }),
        fc.double({ min: -0.02, max: 0.02, noNaN: true }),
        fc.double({ min: -0.02, max: 0.02, noNaN: true }),
        (trueS, early, late) => {
          const hostS = trueS + late - early;
          const comparison = compareClocks({ dutS: trueS, hostS, hostStampUncertaintyS: 0.02, dutResolutionS: 0 });
          expect(comparison?.deviation ?? 1).toBeLessThanOrEqual((comparison?.uncertainty ?? 0) + 1e-12);
        },
      ),
    );
  });

  it('bounds it where both stamps are as wrong as they can be', () => {
    const comparison = compareClocks({ dutS: 1, hostS: 1.04, hostStampUncertaintyS: 0.02, dutResolutionS: 0 });
    expect(comparison?.uncertainty).toBeCloseTo(0.04 / 1.04, 12);
    const tooShort = compareClocks({ dutS: 0.03, hostS: 0.03, hostStampUncertaintyS: 0.02, dutResolutionS: 0 });
    expect(tooShort?.uncertainty).toBe(Number.POSITIVE_INFINITY);
  });

  it('says nothing where the host saw no time pass', () => {
    expect(compareClocks({ dutS: 1, hostS: 0, hostStampUncertaintyS: 0, dutResolutionS: 0 })).toBeUndefined();
    expect(compareClocks({ dutS: Number.NaN, hostS: 1, hostStampUncertaintyS: 0, dutResolutionS: 0 })).toBeUndefined();
  });
});

describe('stampResolutionUs', () => {
  it('finds the step of a clock', () => {
    expect(stampResolutionUs([1000, 5000, 12_000, 13_000, 20_000])).toBe(1000);
    expect(stampResolutionUs([0, 16, 48, 63, 90])).toBe(1);
  });

  it('looks across the wrap', () => {
    expect(stampResolutionUs([2 ** 32 - 8, 8, 32, 56])).toBe(8);
  });

  it('needs more than a few stamps', () => {
    expect(stampResolutionUs([])).toBeUndefined();
    expect(stampResolutionUs([1, 5, 5, 9])).toBeUndefined();
  });
});
