import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Signature, SignatureView, SignerRole } from '../../shared/domain/signature.ts';
import { signatureFormat } from '../../shared/domain/signature.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { Text } from '../../shared/text/index.ts';
import { sessionView } from '../report/index.ts';
import type { Paper } from '../report/index.ts';
import { foldSession } from '../session/index.ts';
import { readSignatures, sealReport, signStatement, writeSignatures } from '../signing/index.ts';
import type { KeyRing, OwnKey } from '../signing/index.ts';
import { hashFiles, readManifest, readSession, signedReportName, writeFileAtomic } from '../store/index.ts';
import { energyExtras } from './energy-extras.ts';
import type { RenderPdf } from './pdf-renderer.ts';
import { signedFacts, viewOf } from './signatures.ts';
import { verifySession } from './verify.ts';

export interface SignRequest {
  folder: string;
  role: SignerRole;
  name: string;
  remark: string;
  passphrase?: string | undefined;
  /** Puts a signature in the place of another one of this role. */
  replace?: boolean | undefined;
}

export interface SignDependencies {
  app: { name: string; version: string };
  keys: KeyRing;
  render: RenderPdf;
  /** What `render` makes now. */
  paper(): Paper;
  text(): Text;
  epochMs(): number;
}

export interface SignResult {
  signature: SignatureView;
  key: OwnKey;
  /** The key was made with this signature. */
  keyMade: boolean;
  /** The same key has signed in the other role: two roles, one person. */
  sameKey: boolean;
  /** Path of the report with the signatures on it. */
  report: string;
}

export type SignSession = (request: SignRequest) => Promise<SignResult>;

/**
 * Signs closed sessions that hold, and makes their reports with the signatures on them. The signature is on the disk before the report is
 * made: a report that cannot be made loses nobody's signature. One signature of a session at a time, or one of two would be lost.
 * The result throws faults of the areas `signing`, `store` and `report`.
 */
export function createSigner(dependencies: SignDependencies): SignSession {
  const busy = new Map<string, Promise<unknown>>();
  return (request) => {
    const work = (busy.get(request.folder) ?? Promise.resolve()).then(() => sign(request, dependencies));
    const settled = work
      .catch(() => undefined)
      .finally(() => {
        if (busy.get(request.folder) === settled) busy.delete(request.folder);
      });
    busy.set(request.folder, settled);
    return work;
  };
}

async function sign(request: SignRequest, dependencies: SignDependencies): Promise<SignResult> {
  const { app, keys, render, epochMs } = dependencies;
  const text = dependencies.text();
  const { folder, role, name, remark } = request;
  const session = foldSession((await readSession(folder)).entries);
  if (!session) throw new Fault('store.notASession', { path: folder });
  const { sessionId } = session.opened;
  if (!session.closed || !(await readManifest(folder))) throw new Fault('signing.notClosed', { sessionId });

  const checked = await verifySession(folder, app.version);
  const earlier = checked.signatures.find(({ view }) => view.role === role);
  if (earlier?.view.holds && !request.replace) throw new Fault('signing.roleSigned', { role, name: earlier.view.name });
  // A signature that this one replaces, and the report that is made anew, need not hold.
  const replaced = new Set(earlier?.problems);
  const against = checked.problems.filter(
    (problem) =>
      !problem.remark &&
      !replaced.has(problem) &&
      !(checked.signatures.length > 0 && problem.key.startsWith('signedReport')),
  );
  const [first] = against;
  if (first) {
    const words = text.t(`verify.${first.key}`, first.values);
    throw new Fault('signing.doesNotHold', { sessionId, problems: against.length, first: words });
  }

  const key = await keys.open(name, request.passphrase);
  const signature = signStatement(
    {
      format: signatureFormat,
      app,
      ...(await signedFacts(folder, session, await hashFiles(folder))),
      role,
      name,
      statement: text.t(`signing.statement.${role}`),
      remark,
      keyKeeping: key.own.keeping,
      signedAt: new Date(epochMs()).toISOString(),
    },
    key,
  );
  const content = await readSignatures(folder);
  const others = content.kind === 'file' ? content.file.signatures.filter((one) => one.statement.role !== role) : [];
  const signatures = [...others, signature].sort(byRole);
  await writeSignatures(folder, { format: signatureFormat, signatures, report: null });

  const view = { ...sessionView(session, await energyExtras(folder, session)), signatures: signatures.map(holding) };
  const paper = dependencies.paper();
  const bytes = await render(view);
  const path = signedReportName(view.simulated);
  await writeFileAtomic(join(folder, path), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const report = sealReport({ path, bytes: bytes.byteLength, sha256, paper }, signatures, key);
  await writeSignatures(folder, { format: signatureFormat, signatures, report });
  const sameKey = others.some(({ publicKey }) => publicKey === key.publicKey);
  return { signature: holding(signature), key: key.own, keyMade: key.made, sameKey, report: join(folder, path) };
}

/** Those that do not hold keep a session from being signed. */
function holding(signature: Signature): SignatureView {
  return viewOf(signature, true);
}

function byRole(a: Signature, b: Signature): number {
  return a.statement.role.localeCompare(b.statement.role);
}
