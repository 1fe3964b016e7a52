import type {
  Certificate,
  CertificateState,
  CertificateSummary,
  ProcedureId,
} from '../../../shared/domain/calibration.ts';
import type { Correction } from '../../../shared/domain/energy.ts';
import { Fault } from '../../../shared/fault/index.ts';

/** The instrument and the way of measuring that a certificate must fit. */
export interface CertificateUse {
  instrument: { model: string; serial: string; firmware: string; constantsSha256: string | null };
  /** Quantity of the samples. */
  mode: 'current' | 'energy' | 'power';
  filter: 'none' | 'spike';
  voltageV: number;
  /** A certificate of a simulation is never applied to hardware, nor the other way round. */
  simulated: boolean;
  /** Board whose supply was measured; supply certificates are for one board. */
  board?: string | undefined;
  /** When it is to be applied: none from the future is. */
  nowMs: number;
}

export interface ApplicableCertificate {
  certificate: Certificate;
  state: 'valid' | 'expired';
}

/** Largest relative difference of the set voltage (uncertainty, section 9.8). */
const voltageTolerance = 0.05;

/** A simulated bench's clock runs ahead, and clocks of computers differ; a day is neither. */
const clockToleranceMs = 86_400_000;

/** How a certificate stands at an instant. */
export function certificateState(certificate: Certificate, nowMs: number): CertificateState {
  if (certificate.result === 'fail') return 'failed';
  if (Date.parse(certificate.dateUtc) > nowMs + clockToleranceMs) return 'future';
  return nowMs < Date.parse(certificate.expiresUtc) ? 'valid' : 'expired';
}

/**
 * Why a certificate cannot be applied to this use, or undefined when it can: `failed`, `future`, `simulated`, `instrument`, `firmware`,
 * `constants`, `mode`, `filter`, `voltage`, `board` (uncertainty, section 9.8, "Applying").
 */
export function certificateMismatch(certificate: Certificate, use: CertificateUse): string | undefined {
  const { instrument } = certificate;
  const state = certificateState(certificate, use.nowMs);
  if (state === 'failed' || state === 'future') return state;
  if (certificate.simulated !== use.simulated) return 'simulated';
  // A DUT's clock and line have no monitor, and no correction of energy either.
  if (certificate.procedure === 'dut-clock' || certificate.procedure === 'uart-integrity') return undefined;
  if (instrument.model !== use.instrument.model || instrument.serial !== use.instrument.serial) return 'instrument';
  if (certificate.procedure === 'timestamp-path') return undefined;
  if (instrument.firmware !== use.instrument.firmware) return 'firmware';
  if (instrument.constantsSha256 !== use.instrument.constantsSha256) return 'constants';
  const { setVoltageV } = certificate;
  if (setVoltageV !== null && Math.abs(setVoltageV / use.voltageV - 1) > voltageTolerance) return 'voltage';
  if (certificate.procedure === 'supply-voltage')
    return use.board === undefined || certificate.supply?.board === use.board ? undefined : 'board';
  if (certificate.mode !== null && certificate.mode !== use.mode) return 'mode';
  if (certificate.filter !== null && certificate.filter !== use.filter) return 'filter';
  return undefined;
}

/** The certificate of each procedure that fits: the newest valid one; where none is valid, the newest expired one, to be remarked on. */
export function applicableCertificates(
  certificates: readonly Certificate[],
  use: CertificateUse,
): ReadonlyMap<ProcedureId, ApplicableCertificate> {
  const found = new Map<ProcedureId, ApplicableCertificate>();
  for (const certificate of certificates) {
    if (certificateMismatch(certificate, use) !== undefined) continue;
    const state = certificateState(certificate, use.nowMs);
    if (state !== 'valid' && state !== 'expired') continue;
    const before = found.get(certificate.procedure);
    if (!before || isBetter({ certificate, state }, before)) found.set(certificate.procedure, { certificate, state });
  }
  return found;
}

function isBetter(a: ApplicableCertificate, b: ApplicableCertificate): boolean {
  if (a.state !== b.state) return a.state === 'valid';
  return Date.parse(a.certificate.dateUtc) >= Date.parse(b.certificate.dateUtc);
}

/** Procedures whose certificates correct a figure; the others say something about a line or a DUT. */
const corrections: readonly ProcedureId[] = ['monitor-gain', 'monitor-zero', 'supply-voltage', 'timestamp-path'];

/**
 * What the chosen certificates correct a figure with. The gain certificate is what makes a correction; zero, supply and clock are added where
 * given. @throws Fault `calibration.certificateMismatch` when there is no gain certificate among them, when there are two of a kind, or one
 * does not fit `use` or corrects nothing.
 */
export function correctionFrom(certificates: readonly Certificate[], use: CertificateUse): Correction {
  for (const certificate of certificates) {
    const corrects = corrections.includes(certificate.procedure);
    const reason = corrects ? certificateMismatch(certificate, use) : 'notACorrection';
    if (reason !== undefined)
      throw new Fault('calibration.certificateMismatch', { certificate: certificate.id, reason });
  }
  const only = (procedure: ProcedureId): Certificate | undefined => {
    const [first, second] = certificates.filter((certificate) => certificate.procedure === procedure);
    if (second) throw new Fault('calibration.certificateMismatch', { certificate: second.id, reason: 'twice' });
    return first;
  };
  const gain = only('monitor-gain');
  if (!gain || gain.setVoltageV === null) {
    throw new Fault('calibration.certificateMismatch', { certificate: certificates[0]?.id ?? '-', reason: 'noGain' });
  }
  const supply = only('supply-voltage');
  const path = only('timestamp-path');
  const zero = only('monitor-zero');
  const zeroRange = gain.ranges.find(({ range }) => range === zero?.zero?.range);
  if (zero && !zeroRange)
    throw new Fault('calibration.certificateMismatch', { certificate: zero.id, reason: 'zeroRange' });
  const { start, end } = gain.ambientC;
  return {
    certificateId: gain.id,
    issuedAt: gain.dateUtc,
    expiresAt: gain.expiresUtc,
    temperatureC: start === null || end === null ? (start ?? end) : (start + end) / 2,
    setVoltageV: gain.setVoltageV,
    ranges: gain.ranges.map((entry) => correctedRange(entry, zero?.zero ?? null)),
    dmmId: dmmId(gain),
    supply: supply?.supply
      ? {
          certificateId: supply.id,
          expiresAt: supply.expiresUtc,
          voltageV: supply.supply.voltageV,
          uRel: supply.supply.uRel,
          dmmId: dmmId(supply) ?? supply.id,
        }
      : null,
    clock: path?.timestamp
      ? { certificateId: path.id, expiresAt: path.expiresUtc, c: path.timestamp.c, uRel: path.timestamp.uC }
      : null,
    zero: zero && zeroRange ? { certificateId: zero.id, expiresAt: zero.expiresUtc, range: zeroRange.range } : null,
  };
}

/** A fitted range; the offset that was read later with an open output takes the place of the fit's, and knows nothing of its slope. */
function correctedRange(
  { range, spanA, offsetA, slope, cov, commonRel }: Certificate['ranges'][number],
  zero: Certificate['zero'],
): Correction['ranges'][number] {
  const fitted = { range, spanA, offsetA, slope, cov, commonRel };
  if (zero?.range !== range) return fitted;
  return { ...fitted, offsetA: zero.offsetA, cov: [zero.uA ** 2, 0, cov[2]] };
}

/** Identity of the multimeter behind a certificate: the same one for current and voltage counts twice (uncertainty, section 4.2). */
function dmmId(certificate: Certificate): string | null {
  const dmm = certificate.references.find((reference) => reference.kind === 'dmm');
  return dmm ? `${dmm.model} ${dmm.serial}`.trim() : null;
}

export function summariseCertificate(certificate: Certificate, nowMs: number): CertificateSummary {
  const { id, procedure, dateUtc, expiresUtc, operator, simulated, remarks, instrument } = certificate;
  return {
    id,
    procedure,
    model: instrument.model,
    serial: instrument.serial,
    dateUtc,
    expiresUtc,
    operator,
    simulated,
    state: certificateState(certificate, nowMs),
    remarks,
  };
}
