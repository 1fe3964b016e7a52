import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionRecord } from '../session/index.ts';
import { sealSession, storeFault, writeFileAtomic } from '../store/index.ts';
import { writeRunFiles } from '../report/index.ts';
import { sessionView } from '../report/index.ts';
import type { RunView } from '../report/index.ts';
import type { RenderPdf } from './pdf-renderer.ts';

/** Folder of a run's files inside the session, with forward slashes. */
export function runFolder(run: Pick<RunView, 'runId' | 'mode'> & { workload: { id: string } }): string {
  return `runs/${run.runId}-${run.workload.id}-${run.mode}`;
}

/** Name of the report inside the session; a simulated one says so. */
export function reportName(simulated: boolean): string {
  return simulated ? 'report-SIMULATED.pdf' : 'report.pdf';
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
): Promise<string> {
  const view = sessionView(session);
  for (const run of view.runs) {
    const target = join(folder, runFolder(run));
    try {
      await mkdir(target, { recursive: true });
    } catch (error) {
      throw storeFault(error, target);
    }
    for (const { name, text } of writeRunFiles(view, run)) await writeFileAtomic(join(target, name), text);
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
