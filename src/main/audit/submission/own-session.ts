import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnergySetup } from '../../../shared/domain/energy.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { foldSession } from '../../session/index.ts';
import type { RunRecord, SessionRecord } from '../../session/index.ts';
import { readSession } from '../../store/index.ts';
import type { RunOutcome } from '../types.ts';
import type { MaterialOptions } from './tools.ts';
import type { SourcePlace } from './place.ts';
import type { MaterialFile, MaterialRun } from './types.ts';

/** Files of a run of ours that go into a package: those of the older runner's form, in which they are written. */
const ownFiles = ['log.txt', 'results.txt', 'script.async', 'trace1-energy.bin', 'trace1-timestamps.json'];

/** Where a session lies in a source: `inside` is `.` for the source itself. */
export interface SessionPlace extends SourcePlace {
  inside: string;
}

/**
 * The runs of a session of ours, and the people that it names.
 * @param outcomes of the runs, as an audit found them
 * @throws Fault `package.doesNotHold`, `package.notCompleted`, `package.noBenchmark`, `package.noFiles`, `package.noRun`, or of area `store`.
 */
export async function ownRuns(
  place: SessionPlace,
  outcomes: readonly RunOutcome[],
  { system, sessions }: Pick<MaterialOptions, 'system' | 'sessions'>,
): Promise<{ runs: MaterialRun[]; people: string[] }> {
  const { chosen, inside } = place;
  const source = inside === '.' ? place.source : `${place.source}/${inside}`;
  const folder = join(place.folder, ...inside.split('/'));
  const content = await readSession(folder);
  const session = foldSession(content.entries);
  if (!session) throw new Fault('store.notASession', { path: source });
  const records = session.runs.filter(({ runId }) => chosen === null || chosen.has(runId));
  for (const run of chosen ?? [])
    if (!records.some(({ runId }) => runId === run))
      throw new Fault('package.noRun', { source, run, known: session.runs.map(({ runId }) => runId) });
  // What a broken journal says of its end tells nothing.
  if (!content.damage) checkEnded(records, source);
  // A session that does not hold as a whole gives no run: what was changed in it is not known.
  const problems = await sessions.verify(folder);
  if (problems.length > 0) throw new Fault('package.doesNotHold', { source, problems });
  const runs: MaterialRun[] = [];
  for (const record of records)
    runs.push(await materialOf(session, record, { source, folder, system, sessions, outcomes }));
  const declared = records.map(({ opened }) => opened.energy?.scope.declaredBy ?? '');
  return { runs, people: [...new Set([session.opened.operator, ...declared])].filter((name) => name !== '') };
}

function checkEnded(records: readonly RunRecord[], source: string): void {
  const [open] = records.filter(({ status }) => status !== 'completed');
  if (open) throw new Fault('package.notCompleted', { source, run: open.runId });
  if (records.length === 0) throw new Fault('package.notCompleted', { source, run: '-' });
}

async function materialOf(
  session: SessionRecord,
  record: RunRecord,
  at: {
    source: string;
    folder: string;
    system: string;
    sessions: MaterialOptions['sessions'];
    outcomes: readonly RunOutcome[];
  },
): Promise<MaterialRun> {
  const { source, system } = at;
  const { opened, runId } = record;
  const { workload, mode, energy, artefacts } = opened;
  const benchmark = workload.resultsFolder;
  if (benchmark === null) throw new Fault('package.noBenchmark', { source, workload: workload.id });
  const folder = join(at.folder, ...at.sessions.runFolder({ runId, mode, workload }).split('/'));
  const files = await presentFiles(folder, ownFiles);
  if (files.length === 0) throw new Fault('package.noFiles', { source, run: runId });
  const outcome = at.outcomes.find((one) => one.folder.endsWith(`#${runId}`));
  const memory = artefacts.firmware?.memory;
  const certificates = energy ? await at.sessions.certificates(at.folder, record) : [];
  return {
    system,
    own: true,
    source,
    run: runId,
    benchmark,
    mode,
    files,
    runner: 'joulebench',
    figures: outcome?.recomputed ?? {},
    simulated: session.opened.bench.simulated || simulatedMonitor(energy),
    measuredAt: session.openedAt,
    ...(energy ? { energy, certificates } : {}),
    ...(memory ? { memory } : {}),
  };
}

function simulatedMonitor(energy: EnergySetup | undefined | null): boolean {
  return energy?.monitor.simulated === true;
}

async function presentFiles(folder: string, names: readonly string[]): Promise<MaterialFile[]> {
  const files: MaterialFile[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) files.push({ name, path, redact: !name.endsWith('.bin') });
  }
  return files;
}
