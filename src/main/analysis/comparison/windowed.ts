import { comparedUnits, smallerIsBetter } from '../../../shared/domain/comparison.ts';
import type { ComparedFigure, FigureComparison } from '../../../shared/domain/comparison.ts';
import { standardCause } from '../uncertainty/cause.ts';
import type { Cause } from '../uncertainty/cause.ts';
import { combined, headline } from '../uncertainty/combine.ts';
import { compareEnergies } from '../uncertainty/compare.ts';
import { studentTwoSided } from '../uncertainty/distributions.ts';
import { medianOfFive, repeatabilityOfFive } from '../uncertainty/median.ts';
import { energyDifference } from './energy-difference.ts';
import { bare, doubted, outcomeOfFigure, studentTest, windowsTest } from './tests.ts';
import type { EnergyRunSide, EnergySide, ThroughputSide } from './types.ts';

const measured = { kind: 'measured', source: 'windows' } as const;
const micro = 1e-6;

/**
 * Throughput of two performance runs: repeatability of the medians, step of the stamps, and the DUTs' clocks as far as the host's clock
 * vouches for them. On one unit the clock is the same and cancels.
 */
export function compareThroughputs(a: ThroughputSide, b: ThroughputSide, sameUnit: boolean): FigureComparison {
  const figure = base('throughput', a.medianInfPerS, b.medianInfPerS);
  const counts: [number, number] = [a.windowsInfPerS.length, b.windowsInfPerS.length];
  const windows = windowsTest(a.windowsInfPerS, b.windowsInfPerS, true);
  const [partsA, partsB] = [throughputCauses('a', a, true), throughputCauses('b', b, true)];
  if (!partsA || !partsB) return decided({ ...figure, basis: 'none', tests: windows });
  const ofBoth = (clocks: boolean): Cause[] => [
    ...(throughputCauses('a', a, clocks) ?? []),
    ...(throughputCauses('b', b, clocks) ?? []),
  ];
  const ratio = b.medianInfPerS / a.medianInfPerS;
  const relative = combined(1, ofBoth(!sameUnit));
  const u = relative.combinedStandardUncertainty;
  const p = studentTwoSided(Math.abs(ratio - 1) / u, relative.effectiveDegreesOfFreedom);
  const k = relative.coverageFactor;
  const [ownA, ownB] = [headline(partsA), headline(partsB)];
  const scaled = (value: number, { combinedStandardUncertainty, coverageFactor }: typeof ownA) =>
    doubted(value, value * combinedStandardUncertainty, coverageFactor);
  return decided({
    ...figure,
    baseline: scaled(a.medianInfPerS, ownA),
    candidate: scaled(b.medianInfPerS, ownB),
    // To first order: both medians are close to each other or the doubt does not matter.
    difference: doubted(b.medianInfPerS - a.medianInfPerS, u * Math.max(a.medianInfPerS, b.medianInfPerS), k),
    ratio: doubted(ratio, ratio * u, k),
    smallestChange: relative.k95 * u,
    basis: 'dutClocks',
    tests: [studentTest(p, counts), ...windows],
  });
}

/** Relative causes of one throughput; undefined where there are not five windows (uncertainty, section 2). */
function throughputCauses(side: string, { windowsInfPerS, clockHalf, tickRel }: ThroughputSide, clock: boolean) {
  if (windowsInfPerS.length !== medianOfFive.windows) return undefined;
  const { uA, median } = repeatabilityOfFive(windowsInfPerS);
  const causes: Cause[] = [
    standardCause(`repeat.${side}`, uA / median, 'relative', 1, measured, { nu: uA > 0 ? medianOfFive.nu : null }),
    standardCause(`tick.${side}`, tickRel / Math.sqrt(6), 'relative', 1, measured, { distribution: 'triangular' }),
  ];
  if (clock && clockHalf !== null && clockHalf > 0) {
    const options = { distribution: 'rectangular' } as const;
    causes.push(standardCause(`clock.${side}`, clockHalf / Math.sqrt(3), 'relative', 1, measured, options));
  }
  return causes;
}

/** Energy of one inference, in J. @param apart nothing may cancel, whatever the benches are. */
export function compareEnergyRuns(a: EnergyRunSide, b: EnergyRunSide, apart: boolean): FigureComparison[] {
  if (!a.energy || !b.energy) return [];
  const windows: [readonly number[], readonly number[]] = [a.windowsUJPerInf, b.windowsUJPerInf];
  const figures = [compareSides('energy', a.energy, b.energy, windows, apart)];
  const [powerA, powerB] = [powerSide(a), powerSide(b)];
  if (powerA && powerB) figures.push(compareSides('power', powerA, powerB, [a.windowsUW, b.windowsUW], apart));
  return figures;
}

function compareSides(
  name: ComparedFigure,
  a: EnergySide,
  b: EnergySide,
  [windowsA, windowsB]: readonly [readonly number[], readonly number[]],
  apart: boolean,
): FigureComparison {
  const other = apart ? { ...b, bench: { ...b.bench, wiring: `${b.bench.wiring} / apart` } } : b;
  const ratio = compareEnergies(other, a);
  const difference = energyDifference(a, other);
  const figure: FigureComparison = {
    ...base(name, a.energyUJPerInf * micro, b.energyUJPerInf * micro),
    baseline: doubted(a.energyUJPerInf * micro, a.combinedUJ * micro, a.coverageFactor),
    candidate: doubted(b.energyUJPerInf * micro, b.combinedUJ * micro, b.coverageFactor),
    difference: doubted(
      (b.energyUJPerInf - a.energyUJPerInf) * micro,
      difference.combinedStandardUncertainty * micro,
      difference.coverageFactor,
    ),
    ratio: doubted(ratio.ratio, ratio.standardUncertainty, ratio.coverageFactor),
    smallestChange: ratio.smallestDifference,
    basis: ratio.sameBench ? 'oneBench' : 'fullBudgets',
    tests: [
      studentTest(ratio.p, [windowsA.length, windowsB.length]),
      ...windowsTest(windowsA, windowsB, ratio.sameBench),
    ],
  };
  if (ratio.sameBench) return decided(figure);
  return { ...figure, significant: null, outcome: ratio.largerThanUncertainty ? 'otherBenchLarger' : 'otherBench' };
}

/** The mean power of the median window with the energy's relative budget and its own scatter; in uW where energies are in uJ. */
function powerSide({ energy, windowsUW, medianPowerUW }: EnergyRunSide): EnergySide | null {
  if (!energy || medianPowerUW === null || windowsUW.length !== medianOfFive.windows) return null;
  const scale = medianPowerUW / energy.energyUJPerInf;
  const rest = Math.sqrt(Math.max(0, energy.combinedUJ ** 2 - energy.repeatUJ ** 2)) * scale;
  const { uA } = repeatabilityOfFive(windowsUW);
  const combinedUJ = Math.hypot(rest, uA);
  return {
    ...energy,
    energyUJPerInf: medianPowerUW,
    repeatUJ: uA,
    repeatNu: medianOfFive.nu,
    combinedUJ,
    expandedUJ: energy.coverageFactor * combinedUJ,
    rows: energy.rows.map((row) => ({ ...row, sensitivity: row.sensitivity * scale })),
  };
}

function base(figure: ComparedFigure, a: number, b: number): FigureComparison {
  return {
    figure,
    unit: comparedUnits[figure],
    smallerIsBetter: smallerIsBetter[figure],
    baseline: bare(a),
    candidate: bare(b),
    difference: bare(b - a),
    ratio: bare(b / a),
    smallestChange: null,
    basis: 'none',
    tests: [],
    significant: null,
    outcome: 'tooFew',
  };
}

/** As the first test says, before several comparisons are corrected for. */
function decided(figure: FigureComparison): FigureComparison {
  const [first] = figure.tests;
  const significant =
    first?.p === null || first === undefined || first.outcome === 'tooFew' ? null : first.outcome === 'different';
  return { ...figure, significant, outcome: outcomeOfFigure(figure, significant) };
}
