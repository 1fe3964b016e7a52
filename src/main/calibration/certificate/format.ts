import { createHash } from 'node:crypto';
import { certificateFormat, certificateSchema } from '../../../shared/domain/calibration.ts';
import type { Certificate, CertificateBody, CertificateProblem } from '../../../shared/domain/calibration.ts';
import { canonicalJson } from '../../../shared/canonical-json/index.ts';

/** What the chain of certificates starts from. */
export const certificateChainStart = '0'.repeat(64);

/** Largest file that is read as a certificate; a real one has a few kilobytes. */
export const largestCertificateBytes = 1024 * 1024;

/** SHA-256 of the canonical form without the member `sha256` itself. */
export function certificateHash(certificate: Omit<Certificate, 'sha256'> | Certificate): string {
  const { sha256: _own, ...rest } = certificate as Certificate;
  return createHash('sha256').update(canonicalJson(rest)).digest('hex');
}

/** Puts a certificate into the chain behind `sha256Previous`. */
export function sealCertificate(body: CertificateBody, sha256Previous: string): Certificate {
  const unsealed = { ...body, sha256Previous };
  return certificateSchema.parse({ ...unsealed, sha256: certificateHash(unsealed) });
}

/** The bytes of a certificate's file: canonical form and one line end. */
export function formatCertificate(certificate: Certificate): string {
  return `${canonicalJson(certificate)}\n`;
}

export type ParsedCertificate =
  { ok: true; certificate: Certificate } | { ok: false; reason: CertificateProblem['reason'] };

/** Reads one certificate from its text. Never throws: a newer version and every damage are told apart. */
export function parseCertificate(text: string): ParsedCertificate {
  if (text.length > largestCertificateBytes) return { ok: false, reason: 'notValid' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'notReadable' };
  }
  const schema = typeof value === 'object' && value !== null ? (value as { schema?: unknown }).schema : undefined;
  if (isNewer(schema)) return { ok: false, reason: 'newerVersion' };
  const parsed = certificateSchema.safeParse(value);
  if (!parsed.success) return { ok: false, reason: 'notValid' };
  // Over what was read, not over what the schema made of it: a member that it does not know counts too.
  return hashOf(value) === parsed.data.sha256
    ? { ok: true, certificate: parsed.data }
    : { ok: false, reason: 'changed' };
}

/** Undefined for a value that has no canonical form (a number beyond double precision, nesting beyond the stack). */
function hashOf(value: unknown): string | undefined {
  try {
    return certificateHash(value as Certificate);
  } catch {
    return undefined;
  }
}

function isNewer(schema: unknown): boolean {
  const [, own] = certificateFormat.split('/');
  const found = typeof schema === 'string' ? /^joulebench\.cert\/(\d{1,6})$/.exec(schema)?.[1] : undefined;
  return found !== undefined && Number(found) > Number(own);
}
