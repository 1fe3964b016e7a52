import { expect } from 'vitest';
import { pointUncertaintyA, referenceCurrentA } from '../../../../src/main/analysis/uncertainty/fit.ts';
import type { FitPoint } from '../../../../src/main/analysis/uncertainty/fit.ts';
import type { HalfWidth, MonitorSpecification } from '../../../../src/shared/domain/energy.ts';

/** Six significant digits, or the fewer that a vector was printed with. */
export function expectDigits(value: number, expected: number, relative = 1e-6): void {
  expect(Math.abs(value / expected - 1)).toBeLessThan(relative);
}

/** Loads of vector T4: five resistors of 0.1 % and the open output at 3 V, 5,000 samples each. */
export function t4Points(): FitPoint[] {
  const resistors = [1000, 470, 300, 150, 100, Infinity];
  const volts = [2.999, 2.9985, 2.998, 2.997, 2.996, 3];
  const readings = [3.0353e-3, 6.4555e-3, 10.1124e-3, 20.2172e-3, 30.3168e-3, 0.6e-6];
  return readings.map((readingA, index) => {
    const voltageV = volts[index] as number;
    const referenceA = referenceCurrentA(voltageV, resistors[index] as number);
    const noiseA = Math.hypot(0.01 * referenceA, 0.2e-6);
    return {
      referenceA,
      readingA,
      standardUncertaintyA: pointUncertaintyA({
        referenceA,
        voltageV,
        noiseA,
        samples: 5000,
        toleranceRel: 1e-3,
        digitsV: 0,
        nonlinearityRel: 0,
      }),
    };
  });
}

/** A half-width that is nothing but an assumption. */
export function assumed(half: number): HalfWidth {
  return { half, kind: 'assumption', source: 'test' };
}

/** A monitor without any fault, to which a test adds its own. */
export const bareSpecification: MonitorSpecification = {
  instrument: 'test',
  ranges: [
    {
      range: 0,
      name: 'only',
      spanA: [0, 0.05],
      gain: assumed(0),
      offsetA: assumed(0),
      nonlinearity: assumed(0),
      quantStepA: 0,
    },
  ],
  rangesCorrelated: true,
  voltage: assumed(0),
  clock: assumed(0),
  driftPerYear: assumed(0),
  tempcoPerK: assumed(0),
  latencyS: assumed(0),
  leadOhm: assumed(0),
  leakA: assumed(0),
};
