import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionRecord } from '../session/index.ts';
import { exportEembc, openTrace } from '../trace/index.ts';
import { isFault } from '../../shared/fault/index.ts';
import { sealSession, storeFault, writeFileAtomic } from '../store/index.ts';
import { writeRunFiles } from '../report/index.ts';
import { sessionView } from '../report/index.ts';
import type { RunView } from '../report/index.ts';
import { certificateIds, certificatesFolder, energyExtras } from './energy-extras.ts';
import type { RenderPdf } from './pdf-renderer.ts';
import { reportName } from './report-name.ts';

/** Folder of a run's files inside the session, with forward slashes. */
export function runFolder(run: Pick<RunView, 'runId' | 'mode'> & { workload: { id: string } }): string {
  return `runs/${run.runId}-${run.workload.id}-${run.mode}`;
}

/** The text of a certificate by its id; undefined when it is not known any more. */
export type CertificateOf = (id: string) => Promise<string | undefined>;

/** Keeps the certificates behind corrected figures with the session. */
async function copyCertificates(folder: string, session: SessionRecord, certificateOf: CertificateOf): Promise<void> {
  const ids = [...new Set(session.runs.flatMap(certificateIds))];
  const target = join(folder, certificatesFolder);
  for (const id of ids) {
    const text = await certificateOf(id);
    if (text === undefined) continue;
    await mkdir(target, { recursive: true }).catch((error: unknown) => {
      throw storeFault(error, target);
    });
    await writeFileAtomic(join(target, `${id.replaceAll(/[^A-Za-z0-9._-]/g, '_')}.json`), text);
  }
}

/** The trace as other programs read it, beside ours; not where its rate does not allow it. */
async function writePublishedTrace(path: string, folder: string): Promise<void> {
  const reader = await openTrace(path);
  try {
    await exportEembc(reader, { folder, rate: 'published' });
  } catch (error) {
    if (!isFault(error, 'trace.rateNotWhole') && !isFault(error, 'trace.voltageNeeded')) throw error;
  } finally {
    await reader.close();
  }
}

/**
 * Writes the result files of every run and the report, then seals the session with a manifest of hashes. Each file is whole or absent.
 * Returns the report's path inside the session.
 */
export async function finishSession(
  folder: string,
  session: SessionRecord,
  render: RenderPdf,
  app: { name: string; version: string },
  epochMs: number,
  certificateOf: CertificateOf = () => Promise.resolve(undefined),
): Promise<string> {
  await copyCertificates(folder, session, certificateOf);
  const view = sessionView(session, await energyExtras(folder, session));
  for (const run of view.runs) {
    const target = join(folder, runFolder(run));
    try {
      await mkdir(target, { recursive: true });
    } catch (error) {
      throw storeFault(error, target);
    }
    for (const { name, text } of writeRunFiles(view, run)) await writeFileAtomic(join(target, name), text);
    if (run.energy?.trace) await writePublishedTrace(join(folder, ...run.energy.trace.file.split('/')), target);
  }
  const report = reportName(view.simulated);
  await writeFileAtomic(join(folder, report), await render(view));
  await sealSession(folder, {
    sessionId: view.sessionId,
    app,
    simulated: view.simulated,
    sealedAt: new Date(epochMs).toISOString(),
    journal: { entries: session.entries, hash: session.hash },
  });
  return report;
}
