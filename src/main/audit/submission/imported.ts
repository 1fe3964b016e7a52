import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../../shared/fault/index.ts';
import { storeFault } from '../../store/index.ts';
import { workloadOfBenchmark } from '../tree/index.ts';
import type { RunOutcome } from '../types.ts';
import type { SourcePlace } from './place.ts';
import type { MaterialRun } from './types.ts';

/**
 * Runs of a folder with results of an official runner.
 * @throws Fault `package.severalSystems`, `package.unknownRun`, or of area `store`.
 */
export async function importedRuns(
  place: SourcePlace,
  outcomes: readonly RunOutcome[],
  system: string,
): Promise<MaterialRun[]> {
  checkOneSystem(outcomes);
  const runs: MaterialRun[] = [];
  for (const outcome of outcomes) runs.push(await importedRun(place, outcome, { all: outcomes, system }));
  return runs;
}

async function importedRun(
  { source, folder: root }: SourcePlace,
  outcome: RunOutcome,
  { all, system }: { all: readonly RunOutcome[]; system: string },
): Promise<MaterialRun> {
  const { folder, benchmark, mode, runner, published, simulated } = outcome;
  if (benchmark === null || mode === null || !Object.hasOwn(workloadOfBenchmark, benchmark))
    throw new Fault('package.unknownRun', { source, folder });
  const own = runner === 'joulebench';
  // Folders of the first round hold several modes: their files tell by their names which they belong to.
  const alone = all.filter((other) => other.folder === folder).length === 1;
  const { system: _system, ...known } = outcome.files;
  const paths = alone ? await filesIn(root, folder) : Object.values(known);
  return {
    system,
    own,
    source,
    run: folder,
    benchmark,
    mode,
    files: paths.map((path) => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      path: join(root, ...path.split('/')),
      redact: own && !/\.(?:bin|png)$/i.test(path),
    })),
    runner,
    figures: published,
    simulated,
  };
}

/** Plain files of a folder; links are left alone. */
async function filesIn(root: string, folder: string): Promise<string[]> {
  const path = folder === '.' ? root : join(root, ...folder.split('/'));
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
