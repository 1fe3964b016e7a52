import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../../shared/canonical-json/index.ts';
import type { Signature, SignatureView, SignedReport, SignedStatement } from '../../shared/domain/signature.ts';
import type { SessionRecord } from '../session/index.ts';
import { fingerprintOf, isReportSealed, isSignedBy, readSignatures } from '../signing/index.ts';
import { hashFile, hashFiles, manifestName, signedReportName } from '../store/index.ts';
import type { Manifest } from '../store/index.ts';
import type { VerifyProblem } from './check-files.ts';

/** One signature and what became of what it covers. */
export interface SignatureCheck {
  view: SignatureView;
  publicKey: string;
  problems: VerifyProblem[];
}

export interface SignaturesCheck {
  signatures: SignatureCheck[];
  /** Those of all signatures, and those about them as a whole. */
  problems: VerifyProblem[];
  report: SignedReport | null;
  raw: readonly Signature[];
}

type SessionFiles = Manifest['files'];
type Facts = Pick<SignedStatement, 'sessionId' | 'simulated' | 'manifestSha256' | 'journal' | 'files' | 'verdicts'>;

/**
 * What a signature of a session is about, as it is now: what the person signs, and what a verification compares with.
 * @param files The files that the seal covers, with their hashes.
 */
export async function signedFacts(folder: string, session: SessionRecord, files: SessionFiles): Promise<Facts> {
  return {
    sessionId: session.opened.sessionId,
    simulated: session.opened.bench.simulated,
    manifestSha256: await bytesHash(join(folder, manifestName)),
    journal: { entries: session.entries, hash: session.hash },
    files: files.map(({ path, sha256 }) => ({ path, sha256 })),
    verdicts: session.runs.map(({ runId, opened, status, judged }) => ({
      runId,
      workload: opened.workload.id,
      mode: opened.mode,
      status,
      verdict: judged?.judgement.verdict ?? null,
      qualityTarget: judged?.judgement.qualityTarget ?? null,
    })),
  };
}

/** Checks the signatures of a session against what it holds now. Reads only. */
export async function checkSignatures(
  folder: string,
  session: SessionRecord,
  files?: SessionFiles,
): Promise<SignaturesCheck> {
  const content = await readSignatures(folder);
  const nothing: SignaturesCheck = { signatures: [], problems: [], report: null, raw: [] };
  if (content.kind === 'none') return nothing;
  if (content.kind === 'unreadable')
    return { ...nothing, problems: [{ key: 'signaturesUnreadable', values: { reason: content.reason } }] };
  const { signatures: raw, report } = content.file;
  const facts = await signedFacts(folder, session, files ?? (await hashFiles(folder)));
  const signatures = raw.map((signature) => {
    const problems = signatureProblems(signature, facts);
    return { view: viewOf(signature, problems.length === 0), publicKey: signature.publicKey, problems };
  });
  return {
    signatures,
    problems: [...signatures.flatMap(({ problems }) => problems), ...sameSigner(raw)],
    report,
    raw,
  };
}

/** For reports: the signatures of a session, each with whether it holds. */
export async function signatureViews(folder: string, session: SessionRecord): Promise<SignatureView[]> {
  return (await checkSignatures(folder, session)).signatures.map(({ view }) => view);
}

export function viewOf({ statement, publicKey }: Signature, holds: boolean): SignatureView {
  const { role, name, remark, signedAt, keyKeeping } = statement;
  const fingerprint = fingerprintOf(publicKey);
  return { role, name, statement: statement.statement, remark, signedAt, fingerprint, keyKeeping, holds };
}

function signatureProblems(signature: Signature, facts: Facts): VerifyProblem[] {
  const { statement } = signature;
  const who = { name: statement.name, role: statement.role };
  const problem = (key: string, more: VerifyProblem['values'] = {}): VerifyProblem => ({
    key,
    values: { ...who, ...more },
  });
  if (!isSignedBy(signature)) return [problem('signatureForged')];
  if (statement.sessionId !== facts.sessionId) return [problem('signatureOther', { session: statement.sessionId })];
  const problems: VerifyProblem[] = [];
  const found = new Map(facts.files.map(({ path, sha256 }) => [path, sha256]));
  for (const { path, sha256 } of statement.files) {
    const now = found.get(path);
    if (now === undefined) problems.push(problem('signatureFileMissing', { path }));
    else if (now !== sha256) problems.push(problem('signatureFileChanged', { path }));
    found.delete(path);
  }
  for (const path of found.keys()) problems.push(problem('signatureFileAdded', { path }));
  if (statement.manifestSha256 !== facts.manifestSha256) problems.push(problem('signatureSealChanged'));
  if (canonicalJson(statement.journal) !== canonicalJson(facts.journal))
    problems.push(problem('signatureJournalChanged'));
  else if (
    canonicalJson(statement.verdicts) !== canonicalJson(facts.verdicts) ||
    statement.simulated !== facts.simulated
  )
    problems.push(problem('signatureVerdictsDiffer'));
  return problems;
}

/** Two roles are two people; where they are one, a reader has to know. */
function sameSigner(signatures: readonly Signature[]): VerifyProblem[] {
  const [a, b] = signatures;
  if (!a || !b) return [];
  if (a.publicKey === b.publicKey) return [{ key: 'signatureSameKey', values: {}, remark: true }];
  if (a.statement.name === b.statement.name) return [{ key: 'signatureSameName', values: {}, remark: true }];
  return [];
}

/** The report with the signatures on it: is it there, unchanged, and sealed by one of the signers. */
export async function checkSignedReport(
  folder: string,
  session: SessionRecord,
  { report, raw }: SignaturesCheck,
): Promise<VerifyProblem[]> {
  const own = signedReportName(session.opened.bench.simulated);
  const other = signedReportName(!session.opened.bench.simulated);
  // Nothing accounts for a file of this name but a signature.
  const stray = [other, ...(report ? [] : [own])].filter((path) => existsSync(join(folder, path)));
  const problems: VerifyProblem[] = stray.map((path) => ({ key: 'fileAdded', values: { path } }));
  if (!report) {
    if (raw.length > 0) problems.push({ key: 'signedReportMissing', values: { path: own }, remark: true });
    return problems;
  }
  const values = { path: own };
  if (report.path !== own || !isReportSealed(report, raw)) return [...problems, { key: 'signedReportForged', values }];
  if (!existsSync(join(folder, own))) return [...problems, { key: 'signedReportMissing', values }];
  if ((await hashFile(join(folder, own))) !== report.sha256) problems.push({ key: 'signedReportChanged', values });
  return problems;
}

/** Hash of a small file; of nothing where it is absent, which equals no signed one. */
async function bytesHash(path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  return createHash('sha256').update(bytes).digest('hex');
}
