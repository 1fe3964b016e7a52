import { describe, expect, it } from 'vitest';
import { compareEnergies, repeatOfScatter } from '../../../../src/main/analysis/uncertainty/compare.ts';
import type { Comparison, ComparedEnergy } from '../../../../src/main/analysis/uncertainty/compare.ts';
import { repeatabilityOfFive } from '../../../../src/main/analysis/uncertainty/median.ts';
import { Draw } from './simulation.ts';
import { assumed } from './vectors.ts';

/** Two DUTs of section 12 and vector T6 on one uncalibrated LPM01A: 180 uJ at 9.8 mA and about that at 6.3 mA. */
interface Case {
  ratio: number;
  scatterRel: number;
  currentsA: [number, number];
  oneBench: boolean;
}

function trial(draw: Draw, { ratio, scatterRel, currentsA, oneBench }: Case): Comparison {
  const gain = draw.within(0.02);
  const offsetA = draw.within(1e-6);
  const voltage = draw.within(0.01);
  const measured = (energyUJ: number, currentA: number, serial: string): ComparedEnergy => {
    const own = draw.within(1e-3) + draw.within(5e-4) + draw.within(1e-3);
    const factor = (1 + gain) * (1 + voltage) * (1 + own) * (1 + offsetA / currentA);
    const windows = Array.from({ length: 5 }, () => energyUJ * factor * (1 + draw.normal(scatterRel)));
    const { median, s } = repeatabilityOfFive(windows);
    return {
      energyUJPerInf: median,
      ...repeatOfScatter(s),
      combinedUJ: median * Math.hypot(0.02 / Math.sqrt(3), 0.01 / Math.sqrt(3), (0.5356 * s) / median),
      bench: {
        monitorSerial: serial,
        certificateId: null,
        voltageV: 3,
        plane: 'dut',
        wiring: '',
        measuredAtEpochMs: 0,
        temperatureC: 23,
      },
      ranges: [
        {
          range: 0,
          share: 1,
          perAmpere: 1 / currentA,
          gain: assumed(0.02),
          offsetA: assumed(1e-6),
          nonlinearity: assumed(1e-3),
        },
      ],
    };
  };
  const b = measured(180 / ratio, currentsA[1], oneBench ? 'one' : 'two');
  return compareEnergies(measured(180, currentsA[0], 'one'), b);
}

function comparisons(seed: number, trials: number, changes: Partial<Case> = {}): Comparison[] {
  const draw = new Draw(seed);
  const one: Case = { ratio: 1.02, scatterRel: 0.002, currentsA: [9.8e-3, 6.3e-3], oneBench: true, ...changes };
  return Array.from({ length: trials }, () => trial(draw, one));
}

const share = (list: readonly Comparison[], holds: (comparison: Comparison) => boolean): number =>
  list.filter(holds).length / list.length;
const mean = (list: readonly Comparison[], value: (comparison: Comparison) => number): number =>
  list.reduce((sum, comparison) => sum + value(comparison), 0) / list.length;

describe('coverage of the ratio of two DUTs', () => {
  it('holds on one bench with its small uncertainty', () => {
    const list = comparisons(31, 4000);
    expect(Math.abs(share(list, ({ ratio, half95 }) => Math.abs(ratio - 1.02) <= half95) - 0.95)).toBeLessThanOrEqual(
      0.02,
    );
    expect(share(list, (one) => Math.abs(one.ratio - 1.02) <= one.expandedUncertainty)).toBeGreaterThanOrEqual(0.93);
    expect(Math.abs(mean(list, ({ half95, ratio }) => half95 / ratio) / 0.004 - 1)).toBeLessThanOrEqual(0.03);
  });

  it('holds where the windows scatter by 1 %', () => {
    const list = comparisons(32, 4000, { scatterRel: 0.01 });
    expect(Math.abs(share(list, ({ ratio, half95 }) => Math.abs(ratio - 1.02) <= half95) - 0.95)).toBeLessThanOrEqual(
      0.02,
    );
    expect(Math.abs(mean(list, ({ half95, ratio }) => half95 / ratio) / 0.0167 - 1)).toBeLessThanOrEqual(0.03);
  });

  it('would be wrong by a factor of 9 without what cancels', () => {
    const list = comparisons(33, 2000, { oneBench: false });
    expect(share(list, ({ ratio, half95 }) => Math.abs(ratio - 1.02) <= half95)).toBeGreaterThan(0.999);
    expect(mean(list, ({ half95, ratio }) => half95 / ratio)).toBeCloseTo(0.036, 2.7);
  });

  it('calls equal DUTs different in 5 % of the trials, and finds true differences', () => {
    const significant = (seed: number, ratio: number, trials: number): number =>
      share(comparisons(seed, trials, { ratio, currentsA: [9.8e-3, 9.8e-3] }), (one) => one.significant === true);
    expect(Math.abs(significant(34, 1, 6000) - 0.05)).toBeLessThanOrEqual(0.015);
    expect(significant(35, 1.005, 2000)).toBeGreaterThan(0.6);
    expect(significant(36, 1.01, 2000)).toBeGreaterThan(0.98);
    expect(significant(37, 1.02, 2000)).toBe(1);
  });
});
