import { describe, it } from 'vitest';
import {
  Draw,
  correctedBudget,
  coverageOf,
  expectRow,
  setupWith,
  simulatedCalibration,
  simulatedTrace,
  specificationWith,
  trueEnergyUJ,
  uncorrectedBudget,
} from './simulation.ts';
import type { Bench, Coverage, Plan, Truth } from './simulation.ts';

/** Section 12 of the uncertainty specification: an LPM01A at 1 kHz, windows of 10.4 s, 1 % noise, a DUT of 9.8 mA at 3 V. */
const plan: Plan = {
  voltageV: 3,
  durationS: 10.4,
  inferences: 1700,
  sampleRateHz: 1000,
  noiseRel: 0.01,
  scatterRel: 0.002,
  restA: 2e-3,
  load: [{ range: 0, currentA: 9.8e-3, timeShare: 1 }],
};
const bench: Bench = {
  resistors: { 0: [1000, 470, 300, 150, 100, Infinity] },
  toleranceRel: 1e-3,
  dmmRel: 5e-4,
  tcrRel: 125e-6,
  samples: 5000,
  noiseRel: 0.01,
  noiseFloorA: 0.2e-6,
  oneMeter: true,
  nonlinearityRel: 0,
};
const gain = { range: 0, gain: 0.02, offsetA: 1e-6, nonlinearity: 1e-3 };
const others = { voltage: 0.01, clock: 1e-4, drift: 2e-3, tempco: 200e-6 };
const still = { drift: 0, nonlinearity: {}, leadOhm: 0, leakA: 0 };

function drawnTruth(draw: Draw): Truth {
  return {
    gain: { 0: draw.within(0.02) },
    offsetA: { 0: draw.within(1e-6) },
    voltage: draw.within(0.01),
    clock: draw.within(1e-4),
    ...still,
  };
}

function uncalibrated(scatterRel: number, seed: number): Coverage {
  const draw = new Draw(seed);
  const setup = setupWith(plan, specificationWith([gain], others));
  return coverageOf(2400, () => {
    const truth = drawnTruth(draw);
    const trace = simulatedTrace({ ...plan, scatterRel }, truth, draw);
    return { budget: uncorrectedBudget(setup, trace), truthUJ: trueEnergyUJ(plan, truth) };
  });
}

function calibrated(changes: Partial<Bench>, seed: number, scatterRel = plan.scatterRel): Coverage {
  const draw = new Draw(seed);
  const specification = specificationWith([gain], others);
  return coverageOf(2400, () => {
    const truth = drawnTruth(draw);
    const correction = simulatedCalibration(plan, truth, { ...bench, ...changes }, draw);
    // One year and 3 K later.
    const later: Truth = {
      ...truth,
      drift: draw.within(2e-3) + draw.within(3 * 200e-6),
      nonlinearity: { 0: draw.within(1e-3) },
    };
    const trace = simulatedTrace({ ...plan, scatterRel }, later, draw);
    const budget = correctedBudget(setupWith(plan, specification, { correction }), trace);
    return { budget, truthUJ: trueEnergyUJ(plan, truth) };
  });
}

describe('coverage of the LPM01A budget', () => {
  it('uncalibrated', () => {
    expectRow(uncalibrated(0.002, 11), 0.0235, 0.0259);
  });

  it('uncalibrated, windows scatter by 2 %', () => {
    expectRow(uncalibrated(0.02, 12), 0.0331, 0.0339);
  });

  it('calibrated with one multimeter', () => {
    expectRow(calibrated({}, 13), 0.0036, 0.00366);
  });

  it('calibrated with two multimeters', () => {
    expectRow(calibrated({ oneMeter: false }, 14), 0.00353, 0.00359);
  });

  it('calibrated, windows scatter by 1 %', () => {
    expectRow(calibrated({}, 15, 0.01), 0.0127, 0.0127);
  });

  it('calibrated with resistors of 1 %', () => {
    expectRow(calibrated({ toleranceRel: 0.01 }, 16), 0.0062, 0.0063);
  });

  it('calibrated on a line that is bent by 0.1 %', () => {
    expectRow(calibrated({ nonlinearityRel: 1e-3 }, 17), 0.00365, 0.00371);
  });

  it('uncalibrated with leads and leakage that the default assumptions allow', () => {
    const draw = new Draw(18);
    const specification = specificationWith([gain], { ...others, leadOhm: 0.2, leakA: 5e-6 });
    const setup = setupWith(plan, specification, { plane: 'dut' });
    const coverage = coverageOf(2000, () => {
      const truth: Truth = { ...drawnTruth(draw), leadOhm: draw.uniform() * 0.2, leakA: draw.within(5e-6) };
      const trace = simulatedTrace(plan, truth, draw);
      // Energy at the DUT's terminals: the leads take their part.
      const lead = (truth.leadOhm * 9.8e-3 ** 2 * plan.durationS * 1e6) / plan.inferences;
      return { budget: uncorrectedBudget(setup, trace), truthUJ: trueEnergyUJ(plan, truth) - lead };
    });
    expectRow(coverage, 0.0235, 0.0259);
  });
});
