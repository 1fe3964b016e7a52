import type { ProcedureId } from '../../../shared/domain/calibration.ts';
import type { Tone } from '../../components/tone.ts';
import type { CertificateSummary } from '../../stores/index.ts';

export type Validity = 'never' | CertificateSummary['state'];

export interface ProcedureValidity {
  validity: Validity;
  /** The newest certificate of the procedure. */
  latest: CertificateSummary | undefined;
}

/** Days before a certificate expires from which on it is said. */
const soonDays = 30;

/** How a procedure stands: by its newest certificate of that kind of bench, for certificates of a simulation say nothing about a real instrument. */
export function validityOf(
  procedure: ProcedureId,
  certificates: readonly CertificateSummary[],
  simulated: boolean,
): ProcedureValidity {
  const [latest] = certificates
    .filter((one) => one.procedure === procedure && one.simulated === simulated)
    .toSorted((a, b) => b.dateUtc.localeCompare(a.dateUtc));
  return { validity: latest?.state ?? 'never', latest };
}

export function validityTone(validity: Validity): Tone {
  if (validity === 'valid') return 'ok';
  if (validity === 'expired') return 'warn';
  return validity === 'failed' || validity === 'future' ? 'bad' : 'muted';
}

/** Whether a figure may be corrected with a certificate; an expired one makes a remark. */
export function isApplicable({ state }: CertificateSummary): boolean {
  return state === 'valid' || state === 'expired';
}

/** Whether a valid certificate expires within a month of `nowMs`. */
export function expiresSoon({ expiresUtc, state }: CertificateSummary, nowMs: number): boolean {
  return state === 'valid' && Date.parse(expiresUtc) - nowMs < soonDays * 86_400_000;
}
