import { epochMsOf } from '../../../shared/clock/index.ts';
import type { Correction, MonitorSpecification } from '../../../shared/domain/energy.ts';
import { limitCause, standardCause } from './cause.ts';
import type { Cause } from './cause.ts';
import { micro } from './effects.ts';
import { fitRelativeUncertainty } from './fit.ts';
import { rangeOf } from './portion.ts';
import type { Portion } from './portion.ts';
import type { FigureOrigin, HalfWidth } from './types.ts';

const yearMs = 365.25 * 86_400_000;
/** Drift is never taken as less than that of a quarter of a year (uncertainty, section 1.3). */
const leastYears = 0.25;
/** An expired certificate counts its drift twice (section 9.8). */
const expiredFactor = 2;
/** Taken where nobody knows the temperature then or now (section 1.3), in K. */
const unknownTemperatureK = 5;

/** Age and temperature of a certificate at the time of the run. */
export interface CertificateState {
  years: number;
  expired: boolean;
  /** |now - then| in K; null where one of them is not known. */
  temperatureChangeK: number | null;
}

/** How old a certificate is, and how far from its temperature. */
export function certificateState(
  correction: Correction,
  runAtEpochMs: number,
  temperatureC: number | null,
): CertificateState {
  const { issuedAt, expiresAt, temperatureC: then } = correction;
  return {
    years: Math.max(0, runAtEpochMs - epochMsOf(issuedAt)) / yearMs,
    expired: runAtEpochMs > epochMsOf(expiresAt),
    temperatureChangeK: then === null || temperatureC === null ? null : Math.abs(temperatureC - then),
  };
}

/**
 * Causes of ranges with a certificate, instead of the specification's gain and offset (uncertainty, sections 3.10, 4 and 4.3). Shares
 * and mean currents are those of the corrected portion. Ranges without one keep their specification.
 */
export function calibratedCauses(
  portion: Portion,
  specification: MonitorSpecification,
  correction: Correction,
  state: CertificateState,
): Cause[] {
  const origin: FigureOrigin = { kind: 'certificate', source: correction.certificateId };
  const causes: Cause[] = [];
  let calibratedShare = 0;
  let common = { dmm: 0, tcr: 0 };
  for (const { range, share, durationS } of portion.ranges) {
    const entry = rangeOf(specification, range);
    const fit = correction.ranges.find((candidate) => candidate.range === range);
    const atA = meanCurrentA(portion, share, durationS);
    if (!fit) {
      if (entry) causes.push(...uncalibrated(portion, range, share, durationS, entry));
      continue;
    }
    calibratedShare += share;
    common = { dmm: Math.max(common.dmm, fit.commonRel.dmm), tcr: Math.max(common.tcr, fit.commonRel.tcr) };
    if (atA !== 0) {
      const u = fitRelativeUncertainty(fit, atA);
      causes.push(standardCause(`cal.fit.${range}`, u, 'relative', portion.y * share, origin, { common: 'duts' }));
    }
    if (entry) causes.push(limitCause(`nonlin.${range}`, entry.nonlinearity, 'relative', portion.y * share, 'windows'));
  }
  const sensitivity = portion.y * calibratedShare;
  return [
    ...causes,
    ...commonCauses(sensitivity, common, correction, origin),
    ...ageCauses(sensitivity, specification, state),
  ];
}

/** Mean current of a range's part of a portion, in A. */
export function meanCurrentA(portion: Portion, share: number, durationS: number): number {
  return durationS > 0 ? (portion.y * portion.divisor * share) / (micro * portion.voltageV * durationS) : 0;
}

function uncalibrated(
  portion: Portion,
  range: number,
  share: number,
  durationS: number,
  entry: MonitorSpecification['ranges'][number],
): Cause[] {
  const offset = (micro * portion.voltageV * durationS) / portion.divisor;
  return [
    limitCause(`gain.${range}`, entry.gain, 'relative', portion.y * share, 'duts'),
    limitCause(`offset.${range}`, entry.offsetA, 'A', offset, 'duts'),
  ];
}

/** What all loads and ranges share. The same meter for current and voltage counts twice (section 4.2). */
function commonCauses(
  sensitivity: number,
  common: { dmm: number; tcr: number },
  correction: Correction,
  origin: FigureOrigin,
): Cause[] {
  const twice = sameMeter(correction);
  const options = { distribution: 'rectangular', common: 'duts' } as const;
  return [
    standardCause('cal.dmm', common.dmm, 'relative', sensitivity * (twice ? 2 : 1), origin, options),
    standardCause('cal.tcr', common.tcr, 'relative', sensitivity, origin, options),
  ];
}

/** Whether one multimeter gave both the reference current and the voltage at the DUT. */
export function sameMeter({ dmmId, supply }: Correction): boolean {
  return dmmId !== null && supply !== null && supply.dmmId === dmmId;
}

function ageCauses(sensitivity: number, specification: MonitorSpecification, state: CertificateState): Cause[] {
  const years = Math.max(leastYears, state.years) * (state.expired ? expiredFactor : 1);
  const kelvins = state.temperatureChangeK ?? unknownTemperatureK;
  const scaled = (half: HalfWidth, factor: number): HalfWidth => ({ ...half, half: half.half * factor });
  return [
    limitCause('drift', scaled(specification.driftPerYear, years), 'relative', sensitivity, 'windows'),
    limitCause('temp', scaled(specification.tempcoPerK, kelvins), 'relative', sensitivity, 'windows'),
  ];
}
