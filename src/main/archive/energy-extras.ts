import { correctionCertificates } from '../../shared/domain/correction-certificates.ts';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateSchema } from '../../shared/domain/calibration.ts';
import { traceColumnsView, traceRequests } from '../report/index.ts';
import type { CertificateView, ColumnsRequest, EnergyExtras, TraceColumnsView } from '../report/index.ts';
import { runFigures } from '../session/index.ts';
import type { RunRecord, SessionRecord } from '../session/index.ts';
import { openTrace } from '../trace/index.ts';
import type { TraceReader } from '../trace/index.ts';

/** Folder of the certificates that figures of a session were corrected with; copies, so that the session explains itself. */
export const certificatesFolder = 'certificates';

/**
 * What the pages of energy runs show of traces and certificates. What cannot be read is left out: a session whose trace was lost still
 * has its report, and a verification says what is missing.
 */
export async function energyExtras(folder: string, session: SessionRecord): Promise<Map<string, EnergyExtras>> {
  const energyRuns = session.runs.filter((run) => run.opened.mode === 'energy');
  if (energyRuns.length === 0) return new Map();
  const certificates = await sessionCertificates(folder);
  const extras = new Map<string, EnergyExtras>();
  for (const run of energyRuns) extras.set(run.runId, await extrasOf(folder, run, certificates));
  return extras;
}

async function extrasOf(
  folder: string,
  run: RunRecord,
  certificates: readonly CertificateView[],
): Promise<EnergyExtras> {
  const used = new Set(certificateIds(run));
  const own = certificates.filter(({ id }) => used.has(id));
  const { trace } = run;
  const nothing: EnergyExtras = { columns: null, startZoom: null, certificates: own };
  if (!trace) return nothing;
  let reader: TraceReader;
  try {
    reader = await openTrace(join(folder, ...trace.file.split('/')));
  } catch {
    return nothing;
  }
  try {
    const { whole, startZoom } = traceRequests(trace, runFigures(run).energy ?? null);
    return {
      columns: whole && (await columnsOf(reader, whole)),
      startZoom: startZoom && (await columnsOf(reader, startZoom)),
      certificates: own,
    };
  } catch {
    return nothing;
  } finally {
    await reader.close();
  }
}

async function columnsOf(reader: TraceReader, { first, end, columns }: ColumnsRequest): Promise<TraceColumnsView> {
  const { quantity, sampleRateHz, voltageV } = reader.header;
  return traceColumnsView(await reader.columns(first, end, columns), {
    quantity,
    sampleRateHz,
    voltageV: voltageV ?? 1,
  });
}

/** Certificates behind the corrected figure of a run. */
export function certificateIds({ opened }: RunRecord): string[] {
  return correctionCertificates(opened.energy?.correction).map(({ id }) => id);
}

/** The copies in a session's folder; a file that is none is passed over here and found by its hash in a verification. */
export async function sessionCertificates(folder: string): Promise<CertificateView[]> {
  const target = join(folder, certificatesFolder);
  const names = await readdir(target).catch(() => []);
  const certificates: CertificateView[] = [];
  for (const name of names.filter((candidate) => candidate.endsWith('.json')).sort()) {
    try {
      const parsed = certificateSchema.safeParse(JSON.parse(await readFile(join(target, name), 'utf8')));
      if (parsed.success) certificates.push(parsed.data);
    } catch {
      continue;
    }
  }
  return certificates;
}
