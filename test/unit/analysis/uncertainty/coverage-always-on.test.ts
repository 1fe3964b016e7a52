import { describe, expect, it } from 'vitest';
import { energyFigures } from '../../../../src/main/analysis/energy/figures.ts';
import { runAtEpochMs, stretchOf } from '../energy/made-up.ts';
import { Draw, setupWith, simulatedTrace, specificationWith } from './simulation.ts';
import type { Plan, Truth } from './simulation.ts';

/** A DUT that rests at 0.3 mA and infers three times a second, on one uncalibrated LPM01A whose errors are the same in both states. */
const plan: Plan = {
  voltageV: 3,
  durationS: 10.4,
  inferences: 1700,
  sampleRateHz: 1000,
  noiseRel: 0.01,
  scatterRel: 0.002,
  restA: 3e-4,
  load: [{ range: 0, currentA: 9.8e-3, timeShare: 1 }],
};
const restSamples = 10_000;
const specification = specificationWith([{ range: 0, gain: 0.02, offsetA: 2e-5 }], {
  voltage: 0.01,
  clock: 1e-4,
  leakA: 1e-5,
});
const setup = setupWith(plan, specification, { duty: { inferencesPerS: 3, batteryAh: 0.22, batteryV: 3 } });

describe('coverage of rest and always-on power', () => {
  it('holds for the mean power at rest, the average power and the life of a battery', () => {
    const draw = new Draw(41);
    const trials = 2400;
    const hits = { rest: 0, power: 0, life: 0 };
    const intervals = { rest: 0, power: 0, life: 0 };
    const halves = { relative: 0 };
    for (let count = 0; count < trials; count += 1) {
      const truth: Truth = {
        gain: { 0: draw.within(0.02) },
        offsetA: { 0: draw.within(2e-5) },
        voltage: draw.within(0.01),
        clock: draw.within(1e-4),
        drift: 0,
        nonlinearity: {},
        leadOhm: 0,
        leakA: draw.within(1e-5),
      };
      const trace = simulatedTrace(plan, truth, draw);
      const readA =
        (1 + (truth.gain[0] ?? 0)) * (plan.restA + truth.leakA) +
        (truth.offsetA[0] ?? 0) +
        draw.normal((plan.noiseRel * plan.restA) / Math.sqrt(restSamples));
      const stretch = stretchOf(90_000, restSamples, plan.voltageV * readA);
      const figures = energyFigures(
        setup,
        { ...trace, rest: [{ state: 'sleep', durationS: 10, stretch }] },
        runAtEpochMs,
      );
      const trueV = plan.voltageV * (1 + truth.voltage);
      const trueRestUW = trueV * plan.restA * 1e6;
      const trueUJ = (trueV * 9.8e-3 * plan.durationS * 1e6) / plan.inferences;
      const duty = (3 * plan.durationS) / plan.inferences;
      const truePowerUW = 3 * trueUJ + (1 - duty) * trueRestUW;
      const trueLifeH = (0.22 * 3e6) / truePowerUW;
      const rest = figures.rest[0]?.power;
      const { alwaysOn } = figures;
      if (!rest || !alwaysOn) throw new Error('no figures');
      const within = (value: number, half: number | null, expected: number): number =>
        Number(half !== null && Math.abs(value - expected) <= half);
      hits.rest += within(rest.powerUW, rest.expandedUncertaintyUW, trueRestUW);
      hits.power += within(alwaysOn.power.powerUW, alwaysOn.power.expandedUncertaintyUW, truePowerUW);
      hits.life += within(alwaysOn.batteryLifeH, alwaysOn.batteryLifeExpandedUncertaintyH, trueLifeH);
      const inside = (interval: readonly [number, number] | null | undefined, expected: number): number =>
        Number(!!interval && interval[0] <= expected && expected <= interval[1]);
      intervals.rest += inside(rest.interval95UW, trueRestUW);
      intervals.power += inside(alwaysOn.power.interval95UW, truePowerUW);
      intervals.life += inside(alwaysOn.batteryLifeInterval95H, trueLifeH);
      halves.relative += (alwaysOn.power.expandedUncertaintyUW ?? 0) / alwaysOn.power.powerUW / trials;
    }
    for (const [name, count] of Object.entries(intervals)) {
      expect(Math.abs(count / trials - 0.95), name).toBeLessThanOrEqual(0.02);
    }
    for (const [name, count] of Object.entries(hits)) {
      expect(count / trials, name).toBeGreaterThanOrEqual(0.93);
      // k = 2 on rectangles is conservative, but not without measure.
      expect(count / trials, name).toBeLessThanOrEqual(0.995);
    }
    // Gain and voltage act on the whole power, offset and leakage on all of the time.
    const powerW = 3 * 180e-6 + 0.98 * 0.9e-3;
    const shared = Math.hypot(0.02 * powerW, 0.01 * powerW, 3 * 2e-5, 3 * 1e-5) / Math.sqrt(3) / powerW;
    expect(Math.abs(halves.relative / (2 * shared) - 1)).toBeLessThan(0.02);
  });
});
