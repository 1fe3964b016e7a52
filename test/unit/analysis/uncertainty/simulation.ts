import { expect } from 'vitest';
import { energyFigures } from '../../../../src/main/analysis/energy/figures.ts';
import { fitRange, pointUncertaintyA, referenceCurrentA } from '../../../../src/main/analysis/uncertainty/fit.ts';
import type { FitPoint } from '../../../../src/main/analysis/uncertainty/fit.ts';
import type {
  Budget,
  Correction,
  EnergySetup,
  MonitorSpecification,
  Stretch,
  TraceSummary,
} from '../../../../src/shared/domain/energy.ts';
import { madeUpSetup, madeUpTrace, runAtEpochMs } from '../energy/made-up.ts';
import { assumed, bareSpecification } from './vectors.ts';

/** Seeded numbers (mulberry32), with the distributions of a budget. */
export class Draw {
  #state: number;
  #kept: number | null = null;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Rectangular between -half and half. */
  within(half: number): number {
    return half * (2 * this.uniform() - 1);
  }

  normal(sigma: number): number {
    if (this.#kept !== null) {
      const kept = this.#kept;
      this.#kept = null;
      return kept * sigma;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#kept = radius * Math.sin(angle);
    return radius * Math.cos(angle) * sigma;
  }
}

/** A state of the DUT in one measuring range. */
export interface LoadPart {
  range: number;
  currentA: number;
  /** Of the window's time. */
  timeShare: number;
}

/** True errors of one bench, constant over a run. */
export interface Truth {
  /** Relative gain error and offset in A by range. */
  gain: Record<number, number>;
  offsetA: Record<number, number>;
  /** V_true / V_set - 1, and bins longer than stated. */
  voltage: number;
  clock: number;
  /** Change of all gains since the calibration, and departure from the line by range. */
  drift: number;
  nonlinearity: Record<number, number>;
  leadOhm: number;
  leakA: number;
}

export interface Plan {
  voltageV: number;
  durationS: number;
  inferences: number;
  sampleRateHz: number;
  noiseRel: number;
  scatterRel: number;
  restA: number;
  load: readonly LoadPart[];
}

/** True energy per inference in uJ. */
export function trueEnergyUJ(plan: Plan, truth: Pick<Truth, 'voltage'>): number {
  const mean = plan.load.reduce((sum, { currentA, timeShare }) => sum + currentA * timeShare, 0);
  return (plan.voltageV * (1 + truth.voltage) * mean * plan.durationS * 1e6) / plan.inferences;
}

/**
 * The trace summary of five windows, with the sums that a monitor would give: exact bin means, noise of each sample as one draw of
 * the sum's, and both edges anywhere in their bins (start bin taken whole, stop bin left out).
 */
export function simulatedTrace(plan: Plan, truth: Truth, draw: Draw): TraceSummary {
  const { voltageV, durationS, sampleRateHz, noiseRel, scatterRel, restA } = plan;
  const binS = (1 + truth.clock) / sampleRateHz;
  const base = madeUpTrace({ sampleRateHz, measuredVoltageV: null, achievedRateHz: null, rest: [] });
  const last = plan.load.at(-1) as LoadPart;
  const endW = voltageV * last.currentA;
  const startW = voltageV * restA;
  const windows = base.windows.map((window) => {
    const dut = 1 + draw.normal(scatterRel);
    const samples = Math.round(durationS / binS);
    const ranges = plan.load.map(({ range, currentA, timeShare }) => {
      const count = Math.round(samples * timeShare);
      const factor = (1 + (truth.gain[range] ?? 0)) * (1 + truth.drift + (truth.nonlinearity[range] ?? 0));
      const readA = factor * (currentA * dut + truth.leakA) + (truth.offsetA[range] ?? 0);
      const noise = draw.normal(noiseRel * currentA * Math.sqrt(count));
      // Time in the state over nominal bins: no rounding to whole bins but at the edges, below.
      const bins = (durationS * timeShare) / binS;
      return { range, samples: count, energyJ: (voltageV / sampleRateHz) * (readA * bins + noise) };
    });
    const edge = (draw.uniform() * startW - draw.uniform() * endW) / sampleRateHz;
    (ranges.at(-1) as (typeof ranges)[number]).energyJ += edge;
    const energyJ = ranges.reduce((sum, entry) => sum + entry.energyJ, 0);
    const powerW = (energyJ * sampleRateHz) / samples;
    const rms = Math.sqrt(plan.load.reduce((sum, { currentA, timeShare }) => sum + currentA ** 2 * timeShare, 0));
    const official: Stretch = {
      ...window.official,
      firstSample: 1000,
      endSample: 1000 + samples,
      energyJ,
      meanPowerW: powerW,
      minPowerW: powerW,
      maxPowerW: powerW,
      rmsPowerW: voltageV * rms,
      noiseW: noiseRel * voltageV * rms,
      ranges,
    };
    return { ...window, inferences: plan.inferences, durationS, official, beforeStartW: startW, beforeEndW: endW };
  });
  return { ...base, windows };
}

/** Resistors in ohm for each range, with their tolerance; the open output is one of infinite resistance. */
export interface Bench {
  resistors: Record<number, readonly number[]>;
  toleranceRel: number;
  dmmRel: number;
  tcrRel: number;
  /** Samples of a reading and their noise: relative, and a floor in A. */
  samples: number;
  noiseRel: number;
  noiseFloorA: number;
  oneMeter: boolean;
  nonlinearityRel: number;
}

/** Calibrates the simulated monitor load by load, blind to its true errors, and reads the supply with a multimeter. */
export function simulatedCalibration(plan: Plan, truth: Truth, bench: Bench, draw: Draw): Correction {
  const dmm = draw.within(bench.dmmRel);
  const tcr = draw.within(bench.tcrRel);
  const ranges = Object.entries(bench.resistors).map(([key, resistors]) => {
    const range = Number(key);
    const points = resistors.map((nominalOhm): FitPoint => {
      const trueOhm = nominalOhm * (1 + draw.within(bench.toleranceRel)) * (1 + tcr);
      const loadV = plan.voltageV * (1 + truth.voltage);
      const currentA = loadV / trueOhm;
      const bent = bench.nonlinearityRel > 0 ? draw.within(bench.nonlinearityRel) : 0;
      const readV = loadV * (1 + dmm);
      const referenceA = referenceCurrentA(readV, nominalOhm);
      const noiseA = Math.hypot(bench.noiseRel * referenceA, bench.noiseFloorA);
      const readingA =
        (1 + (truth.gain[range] ?? 0)) * (1 + bent) * currentA +
        (truth.offsetA[range] ?? 0) +
        draw.normal(noiseA / Math.sqrt(bench.samples));
      const standardUncertaintyA = pointUncertaintyA({
        referenceA,
        voltageV: readV,
        noiseA,
        samples: bench.samples,
        toleranceRel: bench.toleranceRel,
        digitsV: 0,
        nonlinearityRel: bench.nonlinearityRel,
      });
      return { referenceA, readingA, standardUncertaintyA };
    });
    const { offsetA, slope, cov } = fitRange(points);
    const commonRel = { dmm: bench.dmmRel / Math.sqrt(3), tcr: bench.tcrRel / Math.sqrt(3) };
    return { range, spanA: [0, 1] as [number, number], offsetA, slope, cov, commonRel };
  });
  const supplyDmm = bench.oneMeter ? dmm : draw.within(bench.dmmRel);
  return {
    certificateId: 'gain',
    issuedAt: '2026-01-15T02:00:00Z',
    expiresAt: '2028-01-01T00:00:00Z',
    temperatureC: 20,
    setVoltageV: plan.voltageV,
    ranges,
    dmmId: 'meter 1',
    supply: {
      certificateId: 'supply',
      voltageV: plan.voltageV * (1 + truth.voltage) * (1 + supplyDmm),
      uRel: bench.dmmRel / Math.sqrt(3),
      dmmId: bench.oneMeter ? 'meter 1' : 'meter 2',
    },
    clock: null,
  };
}

/** Specification with nothing but what a case names. */
export function specificationWith(
  ranges: readonly { range: number; gain: number; offsetA: number; nonlinearity?: number }[],
  rest: {
    voltage?: number;
    clock?: number;
    drift?: number;
    tempco?: number;
    leadOhm?: number;
    leakA?: number;
    correlated?: boolean;
  },
): MonitorSpecification {
  const [bare] = bareSpecification.ranges;
  if (!bare) throw new Error('no range');
  return {
    ...bareSpecification,
    ranges: ranges.map(({ range, gain, offsetA, nonlinearity = 0 }) => ({
      ...bare,
      range,
      gain: assumed(gain),
      offsetA: assumed(offsetA),
      nonlinearity: assumed(nonlinearity),
    })),
    rangesCorrelated: rest.correlated ?? true,
    voltage: assumed(rest.voltage ?? 0),
    clock: assumed(rest.clock ?? 0),
    driftPerYear: assumed(rest.drift ?? 0),
    tempcoPerK: assumed(rest.tempco ?? 0),
    leadOhm: assumed(rest.leadOhm ?? 0),
    leakA: assumed(rest.leakA ?? 0),
  };
}

export function setupWith(
  plan: Plan,
  specification: MonitorSpecification,
  changes: Partial<EnergySetup> = {},
): EnergySetup {
  const base = madeUpSetup();
  return madeUpSetup({
    monitor: { ...base.monitor, sampleRateHz: plan.sampleRateHz },
    supply: { ...base.supply, voltageV: plan.voltageV },
    specification,
    plane: 'monitor',
    temperatureC: 23,
    ...changes,
  });
}

/** How often a statement was true, and how wide it was. */
export interface Coverage {
  interval95: number;
  headline: number;
  /**
   * Mean half-widths relative to the figure, and mean k95. Trials whose windows happened to rise or fall are left out of the widths: the
   * widening for drift (section 2) was no part of the simulation that the expected widths come from.
   */
  half95: number;
  halfHeadline: number;
  k95: number;
}

/** Counts budgets against the truth. */
export function coverageOf(trials: number, trial: () => { budget: Budget; truthUJ: number }): Coverage {
  const sums = { interval95: 0, headline: 0, half95: 0, halfHeadline: 0, k95: 0 };
  let steady = 0;
  for (let count = 0; count < trials; count += 1) {
    const { budget, truthUJ } = trial();
    const { y, interval95, expandedUncertainty, combinedStandardUncertainty, k95 } = budget;
    if (!y || !interval95 || !expandedUncertainty || !combinedStandardUncertainty || !k95) {
      throw new Error(`no uncertainty: ${budget.reasons.join()}`);
    }
    sums.interval95 += Number(truthUJ >= interval95[0] && truthUJ <= interval95[1]);
    sums.headline += Number(Math.abs(y - truthUJ) <= expandedUncertainty);
    if (budget.remarks.includes('drift')) continue;
    steady += 1;
    sums.half95 += (k95 * combinedStandardUncertainty) / y;
    sums.halfHeadline += expandedUncertainty / y;
    sums.k95 += k95;
  }
  return {
    interval95: sums.interval95 / trials,
    headline: sums.headline / trials,
    half95: sums.half95 / steady,
    halfHeadline: sums.halfHeadline / steady,
    k95: sums.k95 / steady,
  };
}

/** Coverage 95 +- 2 %, headline at least 93 % (section 12, last paragraph but one). */
export function expectCoverage(coverage: Coverage): void {
  expect(Math.abs(coverage.interval95 - 0.95)).toBeLessThanOrEqual(0.02);
  expect(coverage.headline).toBeGreaterThanOrEqual(0.93);
}

/** The same, and mean half-widths within 3 % of those of the specification's table. */
export function expectRow(coverage: Coverage, half95: number, halfHeadline: number): void {
  expectCoverage(coverage);
  expect(Math.abs(coverage.half95 / half95 - 1)).toBeLessThanOrEqual(0.03);
  expect(Math.abs(coverage.halfHeadline / halfHeadline - 1)).toBeLessThanOrEqual(0.03);
}

export function uncorrectedBudget(setup: EnergySetup, trace: TraceSummary): Budget {
  return energyFigures(setup, trace, runAtEpochMs).budget;
}

export function correctedBudget(setup: EnergySetup, trace: TraceSummary): Budget {
  const { corrected } = energyFigures(setup, trace, runAtEpochMs);
  if (!corrected) throw new Error('no corrected figure');
  return corrected.budget;
}
