import { canonicalJson } from '../../shared/canonical-json/index.ts';
import { reportSealDomain, signatureDomain } from '../../shared/domain/signature.ts';
import type { Signature, SignedReport, SignedStatement } from '../../shared/domain/signature.ts';
import { verifyBytes } from './ed25519.ts';

/** What signs: the key stays with whoever opened it. */
export interface Signer {
  publicKey: string;
  sign(bytes: Uint8Array): string;
}

/** The bytes that a signature is over: the domain, a line feed, the statement in its one canonical form (UTF-8). */
export function signedBytes(statement: SignedStatement): Uint8Array {
  return Buffer.from(`${signatureDomain}\n${canonicalJson(statement)}`, 'utf8');
}

export function signStatement(statement: SignedStatement, { publicKey, sign }: Signer): Signature {
  return { statement, publicKey, signature: sign(signedBytes(statement)) };
}

/** Whether the statement is the one that was signed. Says nothing about whether it is true of a session. */
export function isSignedBy({ statement, publicKey, signature }: Signature): boolean {
  return verifyBytes(publicKey, signedBytes(statement), signature);
}

type ReportFacts = Omit<SignedReport, 'publicKey' | 'signature'> & { signatures: readonly string[] };

/** The bytes that tie a report to the signatures that stand on it. */
function reportBytes(facts: ReportFacts): Uint8Array {
  return Buffer.from(`${reportSealDomain}\n${canonicalJson(facts)}`, 'utf8');
}

export function sealReport(
  report: Omit<SignedReport, 'publicKey' | 'signature'>,
  signatures: readonly Signature[],
  { publicKey, sign }: Signer,
): SignedReport {
  const facts = { ...report, signatures: signatures.map(({ signature }) => signature) };
  return { ...report, publicKey, signature: sign(reportBytes(facts)) };
}

/** Whether one of the signers sealed this report, with these signatures on it. */
export function isReportSealed(report: SignedReport, signatures: readonly Signature[]): boolean {
  const { publicKey, signature, ...rest } = report;
  if (!signatures.some((one) => one.publicKey === publicKey)) return false;
  const facts = { ...rest, signatures: signatures.map((one) => one.signature) };
  return verifyBytes(publicKey, reportBytes(facts), signature);
}
