import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../../shared/fault/index.ts';
import type { Mode } from '../../../shared/domain/workload.ts';
import { redactor } from '../../../shared/redact/index.ts';
import { foldSession } from '../../session/index.ts';
import type { RunRecord } from '../../session/index.ts';
import { journalName, readSession, storeFault } from '../../store/index.ts';
import { auditFolder } from '../pool/index.ts';
import { workloadOfBenchmark } from '../tree/index.ts';
import type { RunOutcome } from '../types.ts';
import type { MaterialFile, MaterialRun } from './types.ts';

/** Files of a run of ours that go into a package: those of the older runner's form, in which they are written. */
const ownFiles = ['log.txt', 'results.txt', 'script.async', 'trace1-energy.bin', 'trace1-timestamps.json'];

export interface MaterialOptions {
  round: string;
  /** Folder of a run inside our session, with `/`. */
  runFolder(run: { runId: string; mode: Mode; workload: { id: string } }): string;
  /** Home folder of whoever calls; nothing below it is named in what we write. */
  home: string;
  signal?: AbortSignal | undefined;
}

/** What one source gives for a package. */
export interface Material {
  runs: MaterialRun[];
  /** The same runs as the audit of the source found them. */
  outcomes: RunOutcome[];
  /** Takes personal words out of a text of this source. */
  redact: (text: string) => string;
}

/**
 * Reads a session of ours, or a folder with results of an official runner.
 * @throws Fault of the areas `audit`, `package` and `store`.
 */
export async function readMaterial(source: string, options: MaterialOptions): Promise<Material> {
  const { round, signal, home } = options;
  const { runs: outcomes } = await auditFolder({ kind: 'folder', path: source }, { scope: 'runs', round, signal });
  const own = await stat(join(source, journalName)).catch(() => undefined);
  if (own?.isFile()) return ownMaterial(source, outcomes, options);
  checkOneSystem(outcomes);
  const runs: MaterialRun[] = [];
  for (const outcome of outcomes) runs.push(await importedRun(source, outcome, outcomes));
  return { runs, outcomes, redact: redactor({ home, user: '', computer: '', folders: {}, people: [] }) };
}

async function ownMaterial(
  source: string,
  outcomes: RunOutcome[],
  { runFolder, home }: MaterialOptions,
): Promise<Material> {
  const session = foldSession((await readSession(source)).entries);
  if (!session) throw new Fault('store.notASession', { path: source });
  const runs: MaterialRun[] = [];
  for (const record of session.runs) {
    const { opened, runId, status } = record;
    const { workload, mode, energy, artefacts } = opened;
    if (status !== 'completed') throw new Fault('package.notCompleted', { source, run: runId });
    const benchmark = workload.resultsFolder;
    if (benchmark === null) throw new Fault('package.noBenchmark', { source, workload: workload.id });
    const folder = join(source, ...runFolder({ runId, mode, workload }).split('/'));
    const files = await presentFiles(folder, ownFiles);
    if (files.length === 0) throw new Fault('package.noFiles', { source, run: runId });
    const outcome = outcomes.find((one) => one.folder.endsWith(`#${runId}`));
    const memory = artefacts.firmware?.memory;
    runs.push({
      own: true,
      source,
      run: runId,
      benchmark,
      mode,
      files,
      runner: 'joulebench',
      figures: outcome?.recomputed ?? {},
      simulated: session.opened.bench.simulated || simulatedMonitor(record),
      ...(energy ? { energy } : {}),
      ...(memory ? { memory } : {}),
    });
  }
  const people = [session.opened.operator];
  return { runs, outcomes, redact: redactor({ home, user: '', computer: '', folders: {}, people }) };
}

function simulatedMonitor({ opened }: RunRecord): boolean {
  return opened.energy?.monitor.simulated === true;
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

async function importedRun(source: string, outcome: RunOutcome, all: readonly RunOutcome[]): Promise<MaterialRun> {
  const { folder, benchmark, mode, runner, published, simulated } = outcome;
  if (benchmark === null || mode === null || !Object.hasOwn(workloadOfBenchmark, benchmark))
    throw new Fault('package.unknownRun', { source, folder });
  const own = runner === 'joulebench';
  // Folders of the first round hold several modes: their files tell by their names which they belong to.
  const alone = all.filter((other) => other.folder === folder).length === 1;
  const { system: _system, ...known } = outcome.files;
  const paths = alone ? await filesIn(source, folder) : Object.values(known);
  return {
    own,
    source,
    run: folder,
    benchmark,
    mode,
    files: paths.map((path) => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      path: join(source, ...path.split('/')),
      redact: own && !/\.(?:bin|png)$/i.test(path),
    })),
    runner,
    figures: published,
    simulated,
  };
}

/** Plain files of a folder; links are left alone. */
async function filesIn(source: string, folder: string): Promise<string[]> {
  const path = folder === '.' ? source : join(source, ...folder.split('/'));
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ name }) => (folder === '.' ? name : `${folder}/${name}`))
      .sort();
  } catch (error) {
    throw storeFault(error, path);
  }
}

function checkOneSystem(outcomes: readonly RunOutcome[]): void {
  const systems = [...new Set(outcomes.map(({ system, board }) => [system, board].filter(Boolean).join('/')))];
  if (systems.length > 1) throw new Fault('package.severalSystems', { systems: systems.slice(0, 20) });
}
