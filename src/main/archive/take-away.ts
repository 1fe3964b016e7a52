import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TakeAway, TakeAwayKind } from '../../shared/domain/report-page.ts';
import type { SessionRecord } from '../session/index.ts';
import { storeFault } from '../store/index.ts';
import { exportCsv, openTrace } from '../trace/index.ts';
import { runFolder } from './finish.ts';

/** A file of a session for a person, with how it is written. */
export interface TakeAwayFile extends TakeAway {
  name: string;
  mediaType: string;
  write(path: string): Promise<void>;
}

const fileKinds: readonly [string, TakeAwayKind, string][] = [
  ['results.txt', 'resultsTxt', 'text/plain'],
  ['results.json', 'resultsJson', 'application/json'],
  ['windows.csv', 'windowsCsv', 'text/csv'],
  ['inputs.csv', 'inputsCsv', 'text/csv'],
  ['energy.json', 'energyJson', 'application/json'],
  ['log.txt', 'log', 'text/plain'],
  ['script.async', 'script', 'text/plain'],
];

/** Everything that can be taken out of a session file by file. Names begin with the session's, which says SIMULATED where it is. */
export async function takeAways(folder: string, session: SessionRecord): Promise<TakeAwayFile[]> {
  const files: TakeAwayFile[] = [];
  for (const { runId, opened, trace } of session.runs) {
    const { mode, workload } = opened;
    const start = `${session.opened.sessionId}-${runId}-${mode}`;
    const inside = runFolder({ runId, mode, workload });
    for (const [file, kind, mediaType] of fileKinds) {
      const path = join(folder, ...inside.split('/'), file);
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile()) continue;
      files.push({
        id: `${runId}:${kind}`,
        kind,
        runId,
        sizeBytes: found.size,
        name: `${start}-${file}`,
        mediaType,
        write: (to) => copied(path, to),
      });
    }
    if (trace) {
      const path = join(folder, ...trace.file.split('/'));
      files.push({
        id: `${runId}:traceCsv`,
        kind: 'traceCsv',
        runId,
        sizeBytes: null,
        name: `${start}-trace.csv`,
        mediaType: 'text/csv',
        write: (to) => writeTrace(path, to, opened.energy?.supply.voltageV),
      });
    }
  }
  return files;
}

async function copied(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    throw storeFault(error, from);
  }
}

async function writeTrace(path: string, to: string, voltageV: number | undefined): Promise<void> {
  const reader = await openTrace(path);
  try {
    await exportCsv(reader, to, voltageV === undefined ? {} : { voltageV });
  } finally {
    await reader.close();
  }
}
