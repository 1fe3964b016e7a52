import { describe, expect, it } from 'vitest';
import { budget } from '../../../../src/main/analysis/uncertainty/budget.ts';
import { calibratedCauses } from '../../../../src/main/analysis/uncertainty/calibrated.ts';
import { limitCause } from '../../../../src/main/analysis/uncertainty/cause.ts';
import type { Cause } from '../../../../src/main/analysis/uncertainty/cause.ts';
import { asymmetricInterval, flattenedGaussianFactor } from '../../../../src/main/analysis/uncertainty/combine.ts';
import {
  clockCause,
  predictedScatter,
  specificationCauses,
  supplyCauses,
  traceCauses,
} from '../../../../src/main/analysis/uncertainty/effects.ts';
import { fitRange } from '../../../../src/main/analysis/uncertainty/fit.ts';
import type { Portion } from '../../../../src/main/analysis/uncertainty/portion.ts';
import type { MonitorSpecification } from '../../../../src/shared/domain/energy.ts';
import { assumed, bareSpecification, expectDigits, t4Points } from './vectors.ts';

const t1 = [182.41, 182.77, 182.6, 182.35, 183.02];

/** Five values with that median and that sample standard deviation, in no order of time. */
function windowsWith(median: number, s: number): number[] {
  const shape = [0.3, -1.1, 0, 1.4, -0.6];
  const mean = 0;
  const own = Math.sqrt(shape.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4);
  return shape.map((value) => median + (value * s) / own);
}

function contribution(rows: readonly { id: string; contributionUJ: number }[], id: string): number {
  return rows.find((row) => row.id === id)?.contributionUJ ?? Number.NaN;
}

describe('budget of an uncalibrated LPM01A (vector T2)', () => {
  const specification: MonitorSpecification = {
    ...bareSpecification,
    ranges: [{ ...bareSpecification.ranges[0]!, gain: assumed(0.02), offsetA: assumed(1e-6) }],
    voltage: assumed(0.01),
    clock: assumed(1e-4),
  };
  const currentA = 9.8118397e-3;
  const portion: Portion = {
    y: 182.6,
    divisor: 1770,
    voltageV: 3,
    samplePeriodS: 1e-3,
    samples: 10_980,
    durationS: 10.98,
    meanPowerW: 3 * currentA,
    minPowerW: 3 * currentA,
    maxPowerW: 3 * currentA,
    rmsPowerW: 3 * currentA,
    noiseW: 0.03 * currentA,
    lostFraction: 0,
    hiddenLossFraction: 0,
    switchJ: 0,
    ranges: [{ range: 0, share: 1, durationS: 10.98, samples: 10_980 }],
    edges: { beforeStartW: 6e-3, beforeEndW: 3 * currentA },
  };
  const view = { plane: 'monitor', readAtDut: false, voltage: null, leadOhm: assumed(0) } as const;
  const result = budget({
    values: t1,
    causes: [
      ...specificationCauses(portion, specification),
      ...supplyCauses(portion, specification, view),
      ...traceCauses(portion, specification),
      clockCause(portion.y, specification.clock),
    ],
    predicted: predictedScatter(portion, specification),
    plane: 'monitor',
  });

  it('has the contributions of the specification', () => {
    expectDigits(contribution(result.rows, 'gain.0'), 2.108483);
    expectDigits(contribution(result.rows, 'voltage'), 1.054242);
    expectDigits(contribution(result.rows, 'offset.0'), 0.010745, 5e-5);
    expectDigits(contribution(result.rows, 'clock'), 0.010542, 5e-5);
    expectDigits(contribution(result.rows, 'edgeBias'), 0.00662, 8e-5);
    expectDigits(contribution(result.rows, 'repeat'), 0.146533, 4e-6);
    const { noise, quant, edge } = predictedScatter(portion, specification);
    expectDigits(0.5356 * Math.hypot(noise, quant, edge), 0.009695, 4e-5);
    expect(result.rows[0]?.share).toBeCloseTo(0.7969, 4);
    expect(result.rows[1]?.share).toBeCloseTo(0.1992, 4);
    expect(result.rows.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(1, 12);
  });

  it('combines to the vector', () => {
    expect(result.y).toBe(182.6);
    expectDigits(result.combinedStandardUncertainty!, 2.361963);
    expectDigits(result.effectiveDegreesOfFreedom!, 359_810, 2e-6);
    expect(result.coverageFactor).toBe(2);
    expectDigits(result.expandedUncertainty!, 4.723926);
    expectDigits(result.k95!, 1.811915);
    const half = result.k95! * result.combinedStandardUncertainty!;
    expectDigits(half, 4.279675);
    const [low, high] = asymmetricInterval(182.6, half);
    expectDigits(low, 178.418333);
    expectDigits(high, 186.982387);
    expectDigits(result.interval95![0], 182.6 - 4.279675);
  });

  it('names assumptions and what halving the largest causes would give', () => {
    expect(result.status).toBe('remark');
    expect(result.remarks).toContain('assumptions');
    expect(result.assumptions).toContain('gain.0');
    expect(result.advice.map(({ id }) => id)).toEqual(['gain', 'voltage', 'repeat']);
    const halved = result.advice[0]?.expandedUncertaintyIfHalved;
    expectDigits(halved!, 2 * Math.sqrt(2.361963 ** 2 - 0.75 * 2.108483 ** 2));
  });
});

describe('budget of an uncalibrated PPK2 in two ranges (vector T3)', () => {
  const portion = (correlated: boolean): Cause[] => {
    const range = (number: number, offsetA: number) => ({
      ...bareSpecification.ranges[0]!,
      range: number,
      gain: assumed(0.1),
      offsetA: assumed(offsetA),
    });
    const specification = {
      ...bareSpecification,
      ranges: [range(2, 5e-6), range(3, 5e-5)],
      rangesCorrelated: correlated,
    };
    const base = { y: 120, divisor: 800, voltageV: 3 } as Portion;
    const ranges = [
      { range: 2, share: 45 / 120, durationS: 0.75 * 10.4, samples: 780_000 },
      { range: 3, share: 75 / 120, durationS: 0.25 * 10.4, samples: 260_000 },
    ];
    return [
      ...specificationCauses({ ...base, ranges }, specification),
      limitCause('voltage', assumed(0.02), 'relative', 120, 'duts'),
      clockCause(120, assumed(1e-4)),
    ];
  };
  const of = (correlated: boolean) =>
    budget({
      values: windowsWith(120, 0.36),
      causes: portion(correlated),
      predicted: { noise: 0, quant: 0, edge: 0 },
      plane: 'dut',
    });

  it('adds gains with one cause linearly', () => {
    const result = of(true);
    const rows = result.rows;
    expectDigits(contribution(rows, 'gain.2') + contribution(rows, 'gain.3'), 6.928203);
    expectDigits(contribution(rows, 'offset.2'), 0.084437, 6e-6);
    expectDigits(contribution(rows, 'offset.3'), 0.281458, 2e-6);
    expectDigits(contribution(rows, 'voltage'), 1.385641);
    expectDigits(contribution(rows, 'repeat'), 0.192816, 3e-6);
    expectDigits(result.combinedStandardUncertainty!, 7.074148);
    expectDigits(result.expandedUncertainty!, 14.148297);
    expectDigits(result.k95!, 1.688056);
    expectDigits(result.interval95![0], 109.139228);
    expectDigits(result.interval95![1], 133.261224);
  });

  it('adds independent gains in squares', () => {
    const result = of(false);
    expectDigits(contribution(result.rows, 'gain.2'), 2.598076);
    expectDigits(contribution(result.rows, 'gain.3'), 4.330127);
    expectDigits(result.combinedStandardUncertainty!, 5.248197);
    expectDigits(result.expandedUncertainty!, 10.496395);
    expectDigits(result.k95!, 1.864741);
    expectDigits(result.interval95![0], 110.951423);
    expectDigits(result.interval95![1], 130.655534);
  });
});

describe('budget of a calibrated monitor (vector T5)', () => {
  const fit = fitRange(t4Points());
  const correction = {
    certificateId: 'c',
    issuedAt: '2026-01-01T00:00:00Z',
    expiresAt: '2027-06-01T00:00:00Z',
    temperatureC: 23,
    setVoltageV: 3,
    ranges: [
      {
        range: 0,
        spanA: [0, 0.03] as [number, number],
        ...fit,
        commonRel: { dmm: 5e-4 / Math.sqrt(3), tcr: (25e-6 * 5) / Math.sqrt(3) },
      },
    ],
    dmmId: 'meter',
    supply: { certificateId: 's', voltageV: 3, uRel: 5e-4 / Math.sqrt(3), dmmId: 'meter' },
    clock: null,
  };
  const specification: MonitorSpecification = {
    ...bareSpecification,
    ranges: [{ ...bareSpecification.ranges[0]!, nonlinearity: assumed(1e-3) }],
    driftPerYear: assumed(2e-3),
    tempcoPerK: assumed(200e-6),
  };
  // 9.8 mA at 3 V for as long as 180 uJ take.
  const durationS = 180e-6 / (3 * 9.8e-3);
  const portion = {
    y: 180,
    divisor: 1,
    voltageV: 3,
    ranges: [{ range: 0, share: 1, durationS, samples: 1 }],
  } as Portion;
  const state = { years: 1, expired: false, temperatureChangeK: 3 };
  const result = budget({
    values: windowsWith(180, 0.36),
    causes: [...calibratedCauses(portion, specification, correction, state), clockCause(180, assumed(1e-4))],
    predicted: { noise: 0, quant: 0, edge: 0 },
    plane: 'dut',
  });

  it('counts one multimeter for current and voltage twice', () => {
    expectDigits(contribution(result.rows, 'cal.fit.0'), 0.047289, 1e-5);
    expectDigits(contribution(result.rows, 'cal.dmm'), 0.103923, 3e-6);
    expectDigits(contribution(result.rows, 'cal.tcr'), 0.01299, 4e-5);
    expectDigits(contribution(result.rows, 'drift'), 0.207846, 2e-6);
    expectDigits(contribution(result.rows, 'temp'), 0.062354, 8e-6);
    expectDigits(contribution(result.rows, 'nonlin.0'), 0.103923, 3e-6);
    expectDigits(result.combinedStandardUncertainty!, 0.32921, 2e-6);
    expectDigits(result.effectiveDegreesOfFreedom!, 45.2945, 2e-6);
    expect(result.coverageFactor).toBe(2);
    expectDigits(result.expandedUncertainty!, 0.658419, 2e-6);
    expectDigits(result.k95!, 1.988975);
    expectDigits(result.k95! * result.combinedStandardUncertainty!, 0.65479, 2e-6);
  });

  it('counts another multimeter for the voltage apart, and an old certificate twice', () => {
    const other = { ...correction, supply: { ...correction.supply, dmmId: 'another' } };
    const find = (causes: Cause[], id: string) => causes.find((cause) => cause.id === id)?.places[0];
    expect(find(calibratedCauses(portion, specification, other, state), 'cal.dmm')?.sensitivity).toBeCloseTo(180, 9);
    const expired = calibratedCauses(portion, specification, correction, { ...state, expired: true });
    expect(find(expired, 'drift')?.value).toBeCloseTo(4e-3, 12);
    const fresh = calibratedCauses(portion, specification, correction, {
      years: 0,
      expired: false,
      temperatureChangeK: null,
    });
    expect(find(fresh, 'drift')?.value).toBeCloseTo(5e-4, 12);
    expect(find(fresh, 'temp')?.value).toBeCloseTo(1e-3, 12);
  });
});

describe('combination', () => {
  it.each([
    [0.5, 1.9553],
    [1, 1.9174],
    [1.5, 1.8603],
    [2, 1.8102],
    [3, 1.7438],
    [5, 1.6854],
    [10, 1.6508],
  ])('flattened Gaussian for a rectangle of %s times the rest', (ratio, k) => {
    expect(flattenedGaussianFactor(Math.hypot(1, ratio), ratio)).toBeCloseTo(k, 4);
  });

  it('meets its limits: no rectangle, a tiny one, nothing else', () => {
    expect(flattenedGaussianFactor(1, 0)).toBeCloseTo(1.96, 4);
    expect(flattenedGaussianFactor(1, 1e-6)).toBeCloseTo(1.96, 4);
    expect(flattenedGaussianFactor(1, 1)).toBeCloseTo(1.6454, 4);
    expect(flattenedGaussianFactor(1, 1 - 1e-9)).toBeCloseTo(1.6454, 3);
    expect(flattenedGaussianFactor(0, 0)).toBeCloseTo(1.96, 4);
  });

  it('gives no uncertainty where the measurement does not allow one', () => {
    const base = { causes: [], predicted: { noise: 1, quant: 0, edge: 0 }, plane: 'dut' } as const;
    const lost = budget({ ...base, values: t1, reasons: ['E-LOSS'] });
    expect(lost).toMatchObject({ status: 'invalid', reasons: ['E-LOSS'], expandedUncertainty: null, rows: [] });
    expect(lost.y).toBe(182.6);
    expect(budget({ ...base, values: t1.slice(1) })).toMatchObject({ status: 'invalid', reasons: ['E-N'] });
    expect(budget({ ...base, values: [1, 2, 3, 4, Number.NaN] })).toMatchObject({ reasons: ['E-N'], y: null });
    const single = budget({ ...base, values: [5], single: true, remarkSingle: true });
    expect(single).toMatchObject({ status: 'remark', remarks: ['singleWindow'], coverageFactor: 2 });
    expect(single.combinedStandardUncertainty).toBe(1);
  });

  it('widens the coverage factor where five windows dominate', () => {
    const result = budget({ values: t1, causes: [], predicted: { noise: 0, quant: 0, edge: 0 }, plane: 'dut' });
    expectDigits(result.effectiveDegreesOfFreedom!, 5.33);
    expectDigits(result.expandedUncertainty!, 0.369835, 3e-4);
    expect(result.status).toBe('ok');
  });

  it('takes the predicted scatter where it is larger than the observed one', () => {
    const result = budget({
      values: [5, 5, 5, 5, 5],
      causes: [],
      predicted: { noise: 3, quant: 0, edge: 4 },
      plane: 'dut',
    });
    expect(result.combinedStandardUncertainty).toBeCloseTo(0.5356 * 5, 12);
    expect(result.effectiveDegreesOfFreedom).toBeNull();
  });
});

describe('the interval of a figure to which much is added', () => {
  const causesOf = (gain: number, leakA: number): Cause[] => [
    limitCause('gain.0', assumed(gain), 'relative', 30, 'duts'),
    limitCause('leak', assumed(leakA), 'A', 1e6, 'windows'),
  ];
  const intervalOf = (gain: number, leakA: number): [number, number] => {
    const single = { single: true, predicted: { noise: 0, quant: 0, edge: 0 }, plane: 'dut' } as const;
    return budget({ values: [30], causes: causesOf(gain, leakA), ...single }).interval95 ?? [0, 0];
  };

  it('is symmetric where all of it adds: 5 uA are 5 uA, whatever is read', () => {
    const [low, high] = intervalOf(0, 10e-6);
    expect(30 - low).toBeCloseTo(9.5, 9);
    expect(high - 30).toBeCloseTo(9.5, 9);
  });

  it('is that of a limit of the reading where nothing adds', () => {
    const [low, high] = intervalOf(0.1, 0);
    expect(low).toBeCloseTo(30 / 1.095, 9);
    expect(high).toBeCloseTo(30 / 0.905, 9);
  });

  it('lies between where both do, and is never below what the larger alone would give', () => {
    const [low, high] = intervalOf(0.1, 3e-6);
    expect(high - 30).toBeGreaterThan(30 - low);
    expect(high - 30).toBeGreaterThan(30 / 0.905 - 30);
    // The whole half-width, 1.917 uc, as if all of it were a limit of the reading.
    expect(high - 30).toBeLessThan(30 / (1 - 0.157) - 30);
  });
});
