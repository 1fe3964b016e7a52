import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { signatureFormat } from '../../shared/domain/signature.ts';
import type { Signature } from '../../shared/domain/signature.ts';
import { foldSession } from '../session/index.ts';
import { writeSignatures } from '../signing/index.ts';
import { readSession, signedReportName, storeFault, writeFileAtomic } from '../store/index.ts';
import { checkSignatures, checkSignedReport } from './signatures.ts';
import type { SignaturesCheck } from './signatures.ts';

/**
 * Takes signatures over from another copy of the same session, as it comes back from a reviewer: those that hold, in roles that nobody has
 * signed here. The report with the signatures on it comes along where it shows exactly them; else it has to be made anew.
 * @returns whether anything was taken.
 * @throws Faults of area `store`.
 */
export async function takeSignatures(folder: string, other: string): Promise<boolean> {
  const mine = await check(folder);
  const theirs = await check(other);
  if (!mine || !theirs) return false;
  const held = holding(mine);
  const fresh = holding(theirs).filter(({ statement }) => !held.some((one) => one.statement.role === statement.role));
  if (fresh.length === 0) return false;
  const signatures = [...held, ...fresh].sort((a, b) => a.statement.role.localeCompare(b.statement.role));
  const simulated = signatures[0]?.statement.simulated ?? false;
  const report = sameSet(signatures, theirs.raw) && theirs.reportHolds ? theirs.report : null;
  await writeSignatures(folder, { format: signatureFormat, signatures, report: null });
  const path = join(folder, signedReportName(simulated));
  if (report) {
    await writeFileAtomic(path, await readFile(join(other, signedReportName(simulated))));
    await writeSignatures(folder, { format: signatureFormat, signatures, report });
  } else {
    // It shows other signatures than there are now.
    await rm(path, { force: true }).catch((error: unknown) => {
      throw storeFault(error, path);
    });
  }
  return true;
}

interface Checked extends SignaturesCheck {
  reportHolds: boolean;
}

async function check(folder: string): Promise<Checked | undefined> {
  const session = foldSession((await readSession(folder)).entries);
  if (!session) return undefined;
  const checked = await checkSignatures(folder, session);
  const problems = await checkSignedReport(folder, session, checked);
  return { ...checked, reportHolds: checked.report !== null && problems.length === 0 };
}

function holding({ raw, signatures }: SignaturesCheck): Signature[] {
  return raw.filter((_signature, i) => signatures[i]?.view.holds === true);
}

function sameSet(a: readonly Signature[], b: readonly Signature[]): boolean {
  return a.length === b.length && a.every((one, i) => one.signature === b[i]?.signature);
}
