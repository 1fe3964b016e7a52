import { describe, expect, it } from 'vitest';
import {
  Draw,
  correctedBudget,
  coverageOf,
  expectCoverage,
  expectRow,
  setupWith,
  simulatedCalibration,
  simulatedTrace,
  specificationWith,
  trueEnergyUJ,
  uncorrectedBudget,
} from './simulation.ts';
import type { Bench, Coverage, Plan, Truth } from './simulation.ts';

/** Section 12 and vector T3: a PPK2 in ranges 2 and 3 (45 and 75 uJ), 75 and 25 % of the time. */
const plan: Plan = {
  voltageV: 3,
  durationS: 10.4,
  inferences: 800,
  sampleRateHz: 100_000,
  noiseRel: 0.01,
  scatterRel: 0.003,
  restA: 1e-3,
  load: [
    { range: 2, currentA: (45e-6 * 800) / (3 * 10.4 * 0.75), timeShare: 0.75 },
    { range: 3, currentA: (75e-6 * 800) / (3 * 10.4 * 0.25), timeShare: 0.25 },
  ],
};
const ranges = [
  { range: 2, gain: 0.1, offsetA: 5e-6, nonlinearity: 2e-3 },
  { range: 3, gain: 0.1, offsetA: 50e-6, nonlinearity: 2e-3 },
];
const others = { voltage: 0.02, clock: 1e-4, drift: 5e-3, tempco: 300e-6 };
const bench: Bench = {
  resistors: { 2: [4700, 2000, 1000, 680], 3: [470, 200, 100, 68] },
  toleranceRel: 1e-3,
  dmmRel: 5e-4,
  tcrRel: 125e-6,
  samples: 500_000,
  noiseRel: 0.01,
  noiseFloorA: 2e-6,
  oneMeter: true,
  nonlinearityRel: 2e-3,
};

function drawnTruth(draw: Draw, common: boolean): Truth {
  const one = draw.within(0.1);
  return {
    gain: { 2: one, 3: common ? one : draw.within(0.1) },
    offsetA: { 2: draw.within(5e-6), 3: draw.within(50e-6) },
    voltage: draw.within(0.02),
    clock: draw.within(1e-4),
    drift: 0,
    nonlinearity: {},
    leadOhm: 0,
    leakA: 0,
  };
}

function uncalibrated(trueCommon: boolean, correlated: boolean, seed: number): Coverage {
  const draw = new Draw(seed);
  const setup = setupWith(plan, specificationWith(ranges, { ...others, correlated }));
  return coverageOf(4000, () => {
    const truth = drawnTruth(draw, trueCommon);
    const trace = simulatedTrace(plan, truth, draw);
    return { budget: uncorrectedBudget(setup, trace), truthUJ: trueEnergyUJ(plan, truth) };
  });
}

function calibrated(seed: number, changes: { scatterRel?: number; outlierRel?: number } = {}): Coverage {
  const draw = new Draw(seed);
  const specification = specificationWith(ranges, others);
  return coverageOf(2400, () => {
    const truth = drawnTruth(draw, true);
    const correction = simulatedCalibration(plan, truth, bench, draw);
    const later: Truth = {
      ...truth,
      drift: draw.within(5e-3) + draw.within(3 * 300e-6),
      nonlinearity: { 2: draw.within(2e-3), 3: draw.within(2e-3) },
    };
    const trace = simulatedTrace({ ...plan, scatterRel: changes.scatterRel ?? 0.002 }, later, draw);
    const [window] = trace.windows;
    if (window && changes.outlierRel) {
      const factor = 1 + changes.outlierRel;
      window.official.energyJ *= factor;
      window.official.ranges = window.official.ranges.map((range) => ({ ...range, energyJ: range.energyJ * factor }));
    }
    const budget = correctedBudget(setupWith(plan, specification, { correction }), trace);
    return { budget, truthUJ: trueEnergyUJ(plan, truth) };
  });
}

describe('coverage of the PPK2 budget', () => {
  it('uncalibrated, errors of the ranges have one cause', () => {
    expectRow(uncalibrated(true, true, 21), 0.099, 0.118);
  });

  it('uncalibrated, independent errors taken for common ones: conservative by choice', () => {
    const coverage = uncalibrated(false, true, 22);
    expect(coverage.interval95).toBeGreaterThan(0.97);
    expect(coverage.headline).toBeGreaterThan(0.99);
  });

  it('uncalibrated, independent errors taken as such', () => {
    expectRow(uncalibrated(false, false, 23), 0.081, 0.087);
  });

  it('calibrated in both ranges, without a zero point in the fit', () => {
    const coverage = calibrated(24);
    expectCoverage(coverage);
    expect(coverage.half95).toBeLessThan(0.01);
  });

  it('calibrated, windows scatter by 2 %', () => {
    expectRow(calibrated(25, { scatterRel: 0.02 }), 0.0254, 0.0255);
  });

  it('calibrated, one window 5 % off: wide, never false', () => {
    const coverage = calibrated(26, { outlierRel: 0.05 });
    expect(coverage.interval95).toBeGreaterThan(0.995);
    expect(coverage.headline).toBeGreaterThan(0.995);
    expect(coverage.half95).toBeLessThan(0.035);
  });
});
