import type { HalfWidth, MonitorSpecification } from '../../../shared/domain/energy.ts';
import { gaussian } from './gaussian.ts';
import { seededRandom } from '../random.ts';

/** Errors of one range: reading = I (1 + gain) + offsetA + nonlinearity I (I / span - 0.5). */
export interface RangeErrors {
  gain: number;
  offsetA: number;
  nonlinearity: number;
}

/** How an emulated monitor is wrong. All fields relative unless their name has a unit. */
export interface MonitorErrors {
  /** By number of the range; a missing one is perfect. */
  ranges: readonly RangeErrors[];
  /** LPM01A: a range switch that the stream does not show; above this current another gain is added. */
  hiddenStep?: { aboveA: number; gain: number };
  tempcoPerK: number;
  /** By how much the instrument is warmer than when its errors were those of `ranges`. */
  warmerByK: number;
  driftPerYear: number;
  ageYears: number;
  /** True length of a sampling interval / nominal one - 1. */
  clock: number;
  /** Effective voltage / set voltage - 1. */
  voltage: number;
  /** Between the regulator and the load's terminals. */
  sourceOhm: number;
}

/** Standard deviation of one sample: of its reading, and in A. */
export interface MonitorNoise {
  relative: number;
  absoluteA: number;
}

export const noErrors: MonitorErrors = {
  ranges: [],
  tempcoPerK: 0,
  warmerByK: 0,
  driftPerYear: 0,
  ageYears: 0,
  clock: 0,
  voltage: 0,
  sourceOhm: 0,
};

/** What an instrument with these errors reads, in A, without noise. `fullA` is the end of the range's span. */
export function readingA(errors: MonitorErrors, range: number, fullA: number, trueA: number): number {
  const own = errors.ranges[range];
  const step = errors.hiddenStep && trueA > errors.hiddenStep.aboveA ? errors.hiddenStep.gain : 0;
  const gain = (own?.gain ?? 0) + step + errors.tempcoPerK * errors.warmerByK + errors.driftPerYear * errors.ageYears;
  return trueA * (1 + gain) + (own?.offsetA ?? 0) + (own?.nonlinearity ?? 0) * trueA * (trueA / fullA - 0.5);
}

/** Draws errors from a specification's half-widths: uniform, or normal where the origin says k = 2. */
export function drawErrors(specification: MonitorSpecification, seed: number): MonitorErrors {
  const uniform = seededRandom(seed);
  const normal = gaussian(seed ^ 0x5bd1e995);
  const draw = ({ half, kind }: HalfWidth): number =>
    kind === 'k2' ? (half / 2) * normal() : half * (uniform() / 2 ** 31 - 1);
  const shared = uniform() / 2 ** 31 - 1;
  const last = Math.max(...specification.ranges.map(({ range }) => range));
  const ranges: RangeErrors[] = Array.from({ length: last + 1 }, () => ({ gain: 0, offsetA: 0, nonlinearity: 0 }));
  for (const { range, gain, offsetA, nonlinearity } of specification.ranges) {
    // Gains of correlated ranges have one cause: the same part of the half-width in each. An offset is always its range's own, as in a budget.
    ranges[range] = {
      gain: specification.rangesCorrelated ? gain.half * shared : draw(gain),
      offsetA: draw(offsetA),
      nonlinearity: draw(nonlinearity),
    };
  }
  return {
    ...noErrors,
    ranges,
    clock: draw(specification.clock),
    voltage: draw(specification.voltage),
    sourceOhm: Math.abs(draw(specification.leadOhm)),
  };
}

const simulated = (half: number): HalfWidth => ({
  half,
  kind: 'limit',
  source: 'SIMULATED: the limits between which the emulated instrument draws its errors',
});

type SpanRow = readonly [range: number, lowA: number, highA: number, gain: number, offsetA: number, stepA: number];

function specificationOf(
  instrument: string,
  rows: readonly SpanRow[],
  nonlinearity: number,
  voltage: number,
): MonitorSpecification {
  return {
    instrument,
    ranges: rows.map(([range, lowA, highA, gain, offsetA, stepA]) => ({
      range,
      name: rows.length === 1 ? 'dynamic' : `range ${String(range)}`,
      spanA: [lowA, highA],
      gain: simulated(gain),
      offsetA: simulated(offsetA),
      nonlinearity: simulated(nonlinearity),
      quantStepA: stepA,
    })),
    rangesCorrelated: rows.length > 1,
    voltage: simulated(voltage),
    clock: simulated(1e-4),
    driftPerYear: simulated(2e-3),
    tempcoPerK: simulated(2e-4),
    latencyS: simulated(0),
    leadOhm: simulated(0),
    leakA: simulated(0),
  };
}

/** Spans and steps of energy-monitors 2.8 and 3.9; the half-widths are those that `drawErrors` draws from. */
export const simulatedSpecifications = {
  lpm01a: specificationOf('emulated LPM01A (SIMULATED)', [[0, 1e-7, 50e-3, 0.02, 1e-6, 0]], 1e-3, 0.01),
  ppk2: specificationOf(
    'emulated PPK2 (SIMULATED)',
    [
      [0, 2e-7, 50e-6, 0.1, 2e-7, 4.26e-8],
      [1, 50e-6, 500e-6, 0.1, 5e-7, 4.32e-7],
      [2, 5e-4, 5e-3, 0.1, 5e-6, 4.33e-6],
      [3, 5e-3, 50e-3, 0.1, 50e-6, 4.67e-5],
      [4, 50e-3, 1, 0.15, 1e-3, 1.02e-3],
    ],
    1e-3,
    0.02,
  ),
} as const;
