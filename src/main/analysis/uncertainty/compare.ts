import { limitCause, standardCause } from './cause.ts';
import type { Cause } from './cause.ts';
import { combined } from './combine.ts';
import { studentTwoSided } from './distributions.ts';
import { medianOfFive } from './median.ts';
import type { HalfWidth } from './types.ts';

/** What makes two energies measurements of one bench: its gain, voltage and clock cancel in their ratio. */
export interface BenchIdentity {
  monitorSerial: string;
  certificateId: string | null;
  voltageV: number;
  plane: 'dut' | 'monitor';
  /** What is powered by the measured rail and what is not, as one text. */
  wiring: string;
  measuredAtEpochMs: number;
  temperatureC: number | null;
}

/** One energy per inference, ready to be compared. */
export interface ComparedEnergy {
  energyUJPerInf: number;
  /** Standard uncertainty of the repeatability alone, in uJ, with its degrees of freedom (null for infinite). */
  repeatUJ: number;
  repeatNu: number | null;
  /** The whole budget's standard uncertainty in uJ. */
  combinedUJ: number;
  bench: BenchIdentity;
  ranges: ComparedRange[];
}

export interface ComparedRange {
  range: number;
  /** Share of the energy. */
  share: number;
  /** V * tau / E in 1/A: 1 / mean current, where all energy is in one range. */
  perAmpere: number;
  gain: HalfWidth;
  offsetA: HalfWidth;
  nonlinearity: HalfWidth;
}

export interface Comparison {
  /** A / B. */
  ratio: number;
  standardUncertainty: number;
  effectiveDegreesOfFreedom: number | null;
  coverageFactor: number;
  expandedUncertainty: number;
  k95: number;
  half95: number;
  sameBench: boolean;
  /** |R - 1| / u(R). */
  z: number;
  /** Probability of such a difference between equal DUTs; null between benches, where none is stated. */
  p: number | null;
  /** p < 0.05; null between benches. Several pairs: see `holm`. */
  significant: boolean | null;
  /** k95 u(R): the smallest difference from 1 that would have been told apart. */
  smallestDifference: number;
  /** The difference is larger than the combined expanded uncertainty. */
  largerThanUncertainty: boolean;
}

/** Assumptions about short times on one bench (uncertainty, section 7): drift and repeatability of the supply, relative. */
const shortTerm = {
  drift: { half: 1e-3, kind: 'assumption', source: 'drift between two runs on one bench' },
  voltage: { half: 5e-4, kind: 'assumption', source: 'repeatability of the set voltage' },
} as const satisfies Record<string, HalfWidth>;

const dayMs = 86_400_000;
const nearK = 5;
const significance = 0.05;

/** Same monitor, certificate, voltage, plane and wiring, within 24 h and 5 K (uncertainty, section 7). */
export function onOneBench(a: BenchIdentity, b: BenchIdentity): boolean {
  return (
    a.monitorSerial === b.monitorSerial &&
    a.certificateId === b.certificateId &&
    a.voltageV === b.voltageV &&
    a.plane === b.plane &&
    a.wiring === b.wiring &&
    Math.abs(a.measuredAtEpochMs - b.measuredAtEpochMs) <= dayMs &&
    a.temperatureC !== null &&
    b.temperatureC !== null &&
    Math.abs(a.temperatureC - b.temperatureC) <= nearK
  );
}

/** Ratio of two energies with the uncertainty that the bench leaves to it (uncertainty, section 7). */
export function compareEnergies(a: ComparedEnergy, b: ComparedEnergy): Comparison {
  const sameBench = onOneBench(a.bench, b.bench);
  const ratio = a.energyUJPerInf / b.energyUJPerInf;
  const causes = sameBench ? oneBenchCauses(a, b, ratio) : wholeBudgets(a, b, ratio);
  const result = combined(ratio, causes);
  const u = result.combinedStandardUncertainty;
  const z = Math.abs(ratio - 1) / u;
  const p = sameBench ? studentTwoSided(z, result.effectiveDegreesOfFreedom) : null;
  return {
    ratio,
    standardUncertainty: u,
    effectiveDegreesOfFreedom: result.effectiveDegreesOfFreedom,
    coverageFactor: result.coverageFactor,
    expandedUncertainty: result.expandedUncertainty,
    k95: result.k95,
    half95: result.k95 * u,
    sameBench,
    z,
    p,
    significant: p === null ? null : p < significance,
    smallestDifference: result.k95 * u,
    largerThanUncertainty: Math.abs(ratio - 1) > result.expandedUncertainty,
  };
}

function oneBenchCauses(a: ComparedEnergy, b: ComparedEnergy, ratio: number): Cause[] {
  const causes: Cause[] = [
    ofBoth('drift', shortTerm.drift, shortTerm.drift, ratio),
    ofBoth('voltage', shortTerm.voltage, shortTerm.voltage, ratio),
    ofBoth('nonlin', nonlinearityOf(a), nonlinearityOf(b), ratio),
    ...repeatCauses(a, b, ratio),
  ];
  for (const range of new Set([...a.ranges, ...b.ranges].map((entry) => entry.range))) {
    const inA = a.ranges.find((entry) => entry.range === range);
    const inB = b.ranges.find((entry) => entry.range === range);
    const known = (inA ?? inB) as ComparedRange;
    const share = (inA?.share ?? 0) - (inB?.share ?? 0);
    const perAmpere = (inA?.perAmpere ?? 0) - (inB?.perAmpere ?? 0);
    causes.push(limitCause(`gain.${range}`, known.gain, 'relative', ratio * share, 'duts'));
    causes.push(limitCause(`offset.${range}`, known.offsetA, 'A', ratio * perAmpere, 'duts'));
  }
  return causes;
}

/** The difference of two like rectangles, one of each DUT: a triangle, with the squares of both. */
function ofBoth(id: string, a: HalfWidth, b: HalfWidth, ratio: number): Cause {
  const u = Math.hypot(a.half, b.half) / Math.sqrt(3);
  const origin = { kind: a.kind, source: a.source };
  return standardCause(id, u, 'relative', ratio, origin, { distribution: 'triangular' });
}

/** Departure from the line; over the ranges of one DUT it is taken as one cause. */
function nonlinearityOf({ ranges }: ComparedEnergy): HalfWidth {
  const half = ranges.reduce((sum, entry) => sum + entry.share * entry.nonlinearity.half, 0);
  return { half, kind: ranges[0]?.nonlinearity.kind ?? 'assumption', source: ranges[0]?.nonlinearity.source ?? '' };
}

function repeatCauses(a: ComparedEnergy, b: ComparedEnergy, ratio: number): Cause[] {
  const origin = { kind: 'measured', source: 'windows' } as const;
  return [
    standardCause('repeat.a', a.repeatUJ, 'uJ', ratio / a.energyUJPerInf, origin, { nu: a.repeatNu }),
    standardCause('repeat.b', b.repeatUJ, 'uJ', ratio / b.energyUJPerInf, origin, { nu: b.repeatNu }),
  ];
}

/** Between benches nothing cancels: both budgets count in full. */
function wholeBudgets(a: ComparedEnergy, b: ComparedEnergy, ratio: number): Cause[] {
  const origin = { kind: 'measured', source: 'budget' } as const;
  const others = [a, b].map((energy, index) => {
    const rest = Math.sqrt(Math.max(0, energy.combinedUJ ** 2 - energy.repeatUJ ** 2));
    return standardCause(`budget.${index === 0 ? 'a' : 'b'}`, rest, 'uJ', ratio / energy.energyUJPerInf, origin);
  });
  return [...others, ...repeatCauses(a, b, ratio)];
}

/**
 * Holm's step-down procedure for several comparisons at once: which of the differences remain significant at 5 % together.
 */
export function holm(ps: readonly number[], level = significance): boolean[] {
  const order = ps.map((p, index) => ({ p, index })).sort((x, y) => x.p - y.p);
  const significant = ps.map(() => false);
  for (const [rank, { p, index }] of order.entries()) {
    if (p >= level / (ps.length - rank)) break;
    significant[index] = true;
  }
  return significant;
}

/** Repeatability of five windows as a comparison takes it. */
export function repeatOfScatter(s: number): { repeatUJ: number; repeatNu: number } {
  return { repeatUJ: medianOfFive.factor * s, repeatNu: medianOfFive.nu };
}
