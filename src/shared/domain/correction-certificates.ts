import { epochMsOf } from '../clock/index.ts';
import type { Correction } from './energy.ts';

/** A certificate behind a correction, and until when it holds; null where an older journal does not say. */
export interface CorrectionCertificate {
  id: string;
  expiresAt: string | null;
}

/** All certificates behind a correction: that of the gain, then those of zero, supply and clock where they were chosen. */
export function correctionCertificates(correction: Correction | null | undefined): CorrectionCertificate[] {
  if (!correction) return [];
  const parts = [correction.zero, correction.supply, correction.clock];
  return [
    { id: correction.certificateId, expiresAt: correction.expiresAt },
    ...parts.flatMap((part) => (part ? [{ id: part.certificateId, expiresAt: part.expiresAt ?? null }] : [])),
  ];
}

/** Ids of those that had expired at an instant; to the second, as files have their times. */
export function expiredCertificates(correction: Correction | null | undefined, atEpochMs: number): string[] {
  const secondOf = (epochMs: number): number => Math.floor(epochMs / 1000);
  return correctionCertificates(correction)
    .filter(({ expiresAt }) => expiresAt !== null && secondOf(epochMsOf(expiresAt)) < secondOf(atEpochMs))
    .map(({ id }) => id);
}
