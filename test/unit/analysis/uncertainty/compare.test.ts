import { describe, expect, it } from 'vitest';
import {
  compareEnergies,
  holm,
  onOneBench,
  repeatOfScatter,
} from '../../../../src/main/analysis/uncertainty/compare.ts';
import type { ComparedEnergy } from '../../../../src/main/analysis/uncertainty/compare.ts';
import { assumed, expectDigits } from './vectors.ts';

const bench = {
  monitorSerial: 'S1',
  certificateId: null,
  voltageV: 3,
  plane: 'dut',
  wiring: 'DUT',
  measuredAtEpochMs: 0,
  temperatureC: 23,
} as const;

function energy(energyUJPerInf: number, s: number, currentA: number, range = 0): ComparedEnergy {
  return {
    energyUJPerInf,
    ...repeatOfScatter(s),
    combinedUJ: energyUJPerInf * 0.0129,
    bench,
    ranges: [
      {
        range,
        share: 1,
        perAmpere: 1 / currentA,
        gain: assumed(0.02),
        offsetA: assumed(1e-6),
        nonlinearity: assumed(1e-3),
      },
    ],
  };
}

describe('comparison of two energies', () => {
  const a = energy(180, 0.36, 9.8e-3);
  const b = energy(176.4, 0.3, 6.3e-3);

  it('gives vector T6 on one bench', () => {
    const result = compareEnergies(a, b);
    expectDigits(result.ratio, 1.020408);
    expectDigits(result.standardUncertainty, 0.001903, 3e-4);
    expectDigits(result.effectiveDegreesOfFreedom!, 32.1597, 2e-6);
    expectDigits(result.expandedUncertainty, 0.003806, 2e-4);
    expectDigits(result.k95, 2.036537);
    expectDigits(result.half95, 0.003876, 2e-4);
    expect(result.z).toBeCloseTo(10.72, 2);
    expect(result.significant).toBe(true);
    expect(result.p).toBeLessThan(0.001);
  });

  it('does not cancel the gain of different ranges', () => {
    const result = compareEnergies(a, energy(176.4, 0.3, 6.3e-3, 1));
    expect(result.standardUncertainty).toBeGreaterThan((1.02 * Math.SQRT2 * 0.02) / Math.sqrt(3));
  });

  it('counts both budgets between benches and states no probability', () => {
    const elsewhere = { ...b, bench: { ...bench, monitorSerial: 'S2' } };
    const result = compareEnergies(a, elsewhere);
    expect(result).toMatchObject({ sameBench: false, p: null, significant: null, largerThanUncertainty: false });
    expect(result.standardUncertainty / result.ratio).toBeCloseTo(Math.SQRT2 * 0.0129, 8);
  });

  it('takes two runs as of one bench only if everything that cancels is the same', () => {
    expect(onOneBench(bench, { ...bench, measuredAtEpochMs: 86_400_000, temperatureC: 28 })).toBe(true);
    const others = [
      { monitorSerial: 'S2' },
      { certificateId: 'c' },
      { voltageV: 1.8 },
      { plane: 'monitor' as const },
      { wiring: 'DUT and sensor' },
      { measuredAtEpochMs: 86_400_001 },
      { temperatureC: 28.1 },
      { temperatureC: null },
    ];
    for (const other of others) expect(onOneBench(bench, { ...bench, ...other })).toBe(false);
  });

  it('holds the error of several comparisons together', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([true, false, false]);
    expect(holm([0.01, 0.02, 0.03])).toEqual([true, true, true]);
    expect(holm([0.02, 0.2])).toEqual([true, false]);
    expect(holm([])).toEqual([]);
  });
});
