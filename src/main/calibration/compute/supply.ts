import type { Certificate, CurrentReading } from '../../../shared/domain/calibration.ts';
import type { MonitorSpecification } from '../../../shared/domain/energy.ts';
import { fitRelativeUncertainty } from '../../analysis/index.ts';
import type { DmmReference, MeasuredLoad } from './gain.ts';
import { gainPoint, isClipped } from './gain.ts';
import type { Computed } from './paths.ts';

export interface SupplyInput {
  board: string;
  dmm: DmmReference;
  /** As the meter showed them at the DUT's pins, in V. */
  idleV: number;
  activeV: number;
  idle: CurrentReading;
  active: CurrentReading;
  setVoltageV: number;
  /** The instrument's own reading of its supply; null where it has none. */
  instrumentV: number | null;
  limits: { minV: number; maxV: number } | null;
  acceptance: { instrumentRel: number; activeShare: number };
}

/**
 * Voltage at the DUT (uncertainty, section 9.7): the energy-weighted mean is that of the active state in practice; half the change to idle enters
 * for the share of time that the window is not active.
 */
export function computeSupply(input: SupplyInput): Computed<NonNullable<Certificate['supply']>> {
  const { board, dmm, idleV, activeV, instrumentV, limits, acceptance } = input;
  const changeA = input.active.meanA - input.idle.meanA;
  const sourceOhm = Math.abs(changeA) > 1e-4 ? (idleV - activeV) / changeA : null;
  const meterU = Math.hypot(dmm.gainRel * activeV, dmm.digitsV) / Math.sqrt(3);
  const stateU = ((Math.abs(idleV - activeV) / 2) * (1 - acceptance.activeShare)) / Math.sqrt(3);
  const uV = Math.hypot(meterU, stateU);
  const failures: string[] = [];
  if (instrumentV !== null && Math.abs(instrumentV / idleV - 1) > acceptance.instrumentRel)
    failures.push('instrumentVoltage');
  // Guarded acceptance: one-sided 95 % (uncertainty, section 7).
  const guardV = 1.645 * uV;
  if (limits && (activeV - guardV < limits.minV || idleV + guardV > limits.maxV)) failures.push('supplyLimits');
  const remarks: string[] = [];
  if (!limits) remarks.push('noLimits');
  if (sourceOhm !== null && sourceOhm < -0.05) remarks.push('sourceNegative');
  return {
    value: { board, idleV, activeV, voltageV: activeV, uRel: uV / activeV, sourceOhm, instrumentV },
    remarks,
    failures,
  };
}

/** The open output (uncertainty, section 9.1): the offset of the range that answered, and of no other. */
export function computeZero(
  reading: CurrentReading,
  specification: MonitorSpecification,
  acceptance: { offsetHalves: number; rangeShare: number },
): Computed<NonNullable<Certificate['zero']>> {
  const spec = specification.ranges.find(({ range }) => range === reading.range) ?? specification.ranges[0];
  const half = spec?.offsetA.half ?? 0;
  const failures: string[] = [];
  if (isClipped(reading)) failures.push('clippedAtZero');
  if (Math.abs(reading.meanA) > acceptance.offsetHalves * half) failures.push('offset');
  if (reading.rangeShare < acceptance.rangeShare) failures.push('rangeMixed');
  return {
    value: { range: reading.range, offsetA: reading.meanA, uA: reading.standardErrorA },
    remarks: specification.ranges.length > 1 ? ['zeroOneRange'] : [],
    failures,
  };
}

/**
 * One load against the gain certificate ("verify only", uncertainty, sections 9.3 and 3.10): the corrected current must agree with the reference
 * within the expanded uncertainty of certificate and reading.
 */
export function verifyGain(
  measured: MeasuredLoad,
  dmm: DmmReference,
  certificate: Certificate,
): { certificateId: string; error: number; allowed: number } | undefined {
  const point = gainPoint(measured, { dmm, ohmsRel: null, nonlinearityRel: 0 });
  const range = certificate.ranges.find(
    (entry) => entry.range === measured.load.range && point.referenceA <= 1.2 * entry.spanA[1],
  );
  if (!range || point.referenceA <= 0) return undefined;
  const correctedA = (point.readingA - range.offsetA) / range.slope;
  const u = Math.hypot(
    fitRelativeUncertainty(range, point.referenceA),
    point.standardUncertaintyA / point.referenceA,
    // Certificate and check may have used two meters and two sets of resistors.
    range.commonRel.dmm,
    range.commonRel.tcr,
    dmm.gainRel / Math.sqrt(3),
  );
  return { certificateId: certificate.id, error: correctedA / point.referenceA - 1, allowed: 2 * u };
}
