import type { CalibrationLoad, Certificate, CurrentReading, Reference } from '../../../shared/domain/calibration.ts';
import type { MonitorSpecification } from '../../../shared/domain/energy.ts';
import { fitRange, fitRatio, loadsCoverSpan, pointUncertaintyA, referenceCurrentA } from '../../analysis/index.ts';
import type { FitPoint, RangeFit } from '../../analysis/index.ts';

export type ResistorReference = Extract<Reference, { kind: 'resistor' }>;
export type DmmReference = Extract<Reference, { kind: 'dmm' }>;

/** One load as it was measured. */
export interface MeasuredLoad {
  load: CalibrationLoad;
  /** Null for the open output. */
  resistor: ResistorReference | null;
  /** Voltage on the resistor in V; 0 for the open output. */
  voltageV: number;
  reading: CurrentReading;
}

export interface GainInput {
  loads: readonly MeasuredLoad[];
  dmm: DmmReference;
  /** The resistors were measured with the ohms function of a meter: half-width of its error, relative; null where the maker's tolerance counts. */
  ohmsRel: number | null;
  specification: MonitorSpecification;
  /** Spans to be certified by range, from the procedure's table of loads. */
  spans: readonly { range: number; name: string; spanA: readonly [number, number] }[];
  acceptance: GainAcceptance;
}

export interface GainAcceptance {
  /** |gain error| in half-widths of the specification. */
  gainHalves: number;
  offsetHalves: number;
  /** Largest normalised residual. */
  residual: number;
  /** Smallest share of samples that must lie in one range. */
  rangeShare: number;
}

export interface GainResult {
  ranges: Certificate['ranges'];
  readings: Certificate['readings'];
  remarks: string[];
  /** Keys of what failed; empty when it passed. */
  failures: string[];
  /** Load of the reading that the others contradict most, where the fit failed. */
  suspectOhm: number | null;
}

/** Rise in K of a film resistor that carries its whole rating: 0.13 W in a 0.25 W part makes about 20 K (uncertainty, section 14.9). */
export const resistorRiseK = 40;
/** Ambient change between the resistor's reference temperature and its use, in K (uncertainty, section 1.3). */
const ambientK = 5;
/** Extrapolation beyond the highest load that is certified without a remark (uncertainty, section 9.2). */
const extrapolation = 1.2;

/** The independent part of one load's uncertainty and its reference current. */
export function gainPoint(
  measured: MeasuredLoad,
  how: { dmm: DmmReference; ohmsRel: number | null; nonlinearityRel: number },
): FitPoint {
  const { resistor, voltageV, reading } = measured;
  const meterOhm = how.dmm.inputOhm ?? Infinity;
  // The meter is taken off for the open output: its 10 MOhm would carry 0.3 uA.
  const referenceA = resistor ? referenceCurrentA(voltageV, resistor.ohm, meterOhm) : 0;
  return {
    referenceA,
    readingA: reading.meanA,
    // Nothing is known better than to a millionth, whatever was entered.
    standardUncertaintyA: Math.max(
      1e-6 * referenceA,
      leastA,
      pointUncertaintyA({
        referenceA,
        voltageV: resistor ? voltageV : 0,
        noiseA: reading.standardErrorA,
        samples: 1,
        toleranceRel: how.ohmsRel === null ? (resistor?.tolRel ?? 0) : 0,
        digitsV: how.dmm.digitsV,
        nonlinearityRel: how.nonlinearityRel,
      }),
    ),
  };
}

const leastA = 1e-12;
/** Share of samples of 0 from which a mean is one of what is left above 0. */
const mostZeros = 0.01;

/** Whether a reading was cut off at 0, so that its mean says nothing about an offset below it. */
export function isClipped({ zeroSamples, samples }: CurrentReading): boolean {
  return zeroSamples > mostZeros * samples;
}

/**
 * Gain and offset of each range from its loads (uncertainty, sections 4.1, 4.2 and 9.2): weighted line, chi-squared test, acceptance, and the
 * parts that all loads share (multimeter, temperature of the resistors), which stand beside the fit and never in its weights.
 */
export function computeGain(input: GainInput): GainResult {
  const { loads, dmm, ohmsRel, specification, acceptance } = input;
  const result: GainResult = { ranges: [], readings: [], remarks: [], failures: [], suspectOhm: null };
  for (const { range, name, spanA } of input.spans) {
    const all = loads.filter((measured) => measured.load.range === range);
    const own = all.filter(({ reading }) => !isClipped(reading));
    if (own.length < all.length) result.remarks.push('clippedAtZero');
    if (own.length === 0) continue;
    const spec = specification.ranges.find((entry) => entry.range === range) ?? specification.ranges[0];
    if (!spec) continue;
    const points = own.map((measured) =>
      gainPoint(measured, { dmm, ohmsRel, nonlinearityRel: standardHalf(spec.nonlinearity) }),
    );
    own.forEach((measured, index) => result.readings.push(readingRow(measured, points[index] as FitPoint)));
    if (own.some(({ reading }) => reading.rangeShare < acceptance.rangeShare)) result.failures.push('rangeMixed');
    const highestA = Math.max(...points.map((point) => point.referenceA));
    const covered = loadsCoverSpan(points, spanA[1]);
    if (!covered) result.remarks.push('offsetNotFitted');
    if (highestA * extrapolation < spanA[1]) result.remarks.push('spanCut');
    const certifiedA: [number, number] = [spanA[0], Math.min(spanA[1], highestA * extrapolation)];
    const fit = covered ? fitRange(points) : fitRatio(points, standardHalf(spec.offsetA) / Math.sqrt(3));
    judge(fit, { gainHalf: standardHalf(spec.gain), offsetHalf: standardHalf(spec.offsetA) }, acceptance, result);
    if (fit.test === 'fail') result.suspectOhm = suspect(own, points, covered);
    result.ranges.push({
      range,
      name,
      spanA: certifiedA,
      offsetA: fit.offsetA,
      slope: fit.slope,
      cov: fit.cov,
      chi2: fit.chi2,
      nu: fit.nu,
      offsetFitted: covered,
      commonRel: { dmm: dmm.gainRel / Math.sqrt(3), tcr: Math.hypot(tcrRel(own), (ohmsRel ?? 0) / Math.sqrt(3)) },
      residuals: fit.residuals,
    });
  }
  if (result.ranges.length === 0) result.failures.push('noLoads');
  if (dmm.gainRel >= 0.003) result.remarks.push('coarseMeter');
  result.remarks = [...new Set(result.remarks)];
  result.failures = [...new Set(result.failures)];
  return result;
}

/** An expanded uncertainty as the half-width that gives the same standard uncertainty. */
function standardHalf({ kind, half }: { kind: string; half: number }): number {
  return kind === 'k2' ? (half / 2) * Math.sqrt(3) : half;
}

function judge(
  fit: RangeFit,
  spec: { gainHalf: number; offsetHalf: number },
  acceptance: GainAcceptance,
  result: GainResult,
): void {
  if (fit.test === 'fail') result.failures.push('chi2');
  else if (fit.residuals.some((residual) => Math.abs(residual) > acceptance.residual)) result.failures.push('residual');
  if (fit.test === 'remark') result.remarks.push('chi2');
  if (Math.abs(fit.slope - 1) > acceptance.gainHalves * spec.gainHalf) result.failures.push('gain');
  if (Math.abs(fit.offsetA) > acceptance.offsetHalves * spec.offsetHalf) result.failures.push('offset');
}

/** Temperature coefficient times the change of temperature, weighted by the currents as the gain weights them; standard uncertainty. */
function tcrRel(own: readonly MeasuredLoad[]): number {
  let sum = 0;
  let weights = 0;
  for (const { resistor, voltageV } of own) {
    if (!resistor) continue;
    const powerW = voltageV ** 2 / resistor.ohm;
    const weight = (voltageV / resistor.ohm) ** 2 * (resistor.tolRel || 1e-6) ** -2;
    sum += weight * resistor.tcrPerK * (ambientK + (resistorRiseK * powerW) / resistor.ratingW);
    weights += weight;
  }
  return weights > 0 ? sum / weights / Math.sqrt(3) : 0;
}

/** The load without which the others agree best. */
function suspect(own: readonly MeasuredLoad[], points: readonly FitPoint[], covered: boolean): number | null {
  if (!covered || points.length < 4) return null;
  const without = points.map((_, left) => fitRange(points.filter((__, index) => index !== left)).chi2);
  const best = without.indexOf(Math.min(...without));
  return own[best]?.load.nominalOhm ?? null;
}

function readingRow(
  { load, resistor, voltageV, reading }: MeasuredLoad,
  point: FitPoint,
): Certificate['readings'][number] {
  return {
    load: resistor?.id ?? (load.nominalOhm === null ? 'open' : String(load.nominalOhm)),
    vV: resistor ? voltageV : null,
    iRefA: point.referenceA,
    uIndepA: point.standardUncertaintyA,
    xA: reading.meanA,
    sdA: reading.sdA,
    n: reading.samples,
    range: reading.range,
    rangeShare: reading.rangeShare,
    tS: reading.durationS,
  };
}
