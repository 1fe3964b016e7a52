import type { FoundRun } from '../tree/index.ts';
import { folderOf, nameOf, placeOf } from '../tree/index.ts';
import type { TreeSurvey } from '../tree/index.ts';
import type { SourceEntry } from '../source/index.ts';
import type { RunPlace } from '../types.ts';

/** One organisation's part of a submission in the tree. */
export interface FoundPackage {
  /** Path of its folder; '' where the audited folder is it. */
  folder: string;
  place: RunPlace;
  /** Everything below its folder. */
  entries: SourceEntry[];
  runs: FoundRun[];
}

/**
 * The organisations of a tree: folders that hold `results` or `systems`. Below `code` nobody is one, and inside `results` neither.
 */
export function findPackages({ entries, groups }: TreeSurvey, context: readonly string[]): FoundPackage[] {
  const folders = new Set<string>();
  for (const { path, kind } of entries) {
    if (kind !== 'folder' || !/^(?:results|systems)$/i.test(nameOf(path))) continue;
    const outer = folderOf(path).toLowerCase().split('/');
    if (outer.some((part) => ['code', 'results', 'systems'].includes(part))) continue;
    folders.add(folderOf(path));
  }
  const packages = new Map(
    [...folders].map((folder): [string, FoundPackage] => {
      const place = placeOf(folder === '' ? 'results/-' : `${folder}/results/-`, context);
      return [folder, { folder, place, entries: [], runs: [] }];
    }),
  );
  for (const entry of entries) packageAbove(entry.path, packages)?.entries.push(entry);
  for (const { runs } of groups) for (const run of runs) packageAbove(run.place.folder, packages)?.runs.push(run);
  return [...packages.values()];
}

function packageAbove(path: string, packages: ReadonlyMap<string, FoundPackage>): FoundPackage | undefined {
  for (let folder = path; folder.includes('/');) {
    folder = folderOf(folder);
    const found = packages.get(folder);
    if (found) return found;
  }
  return path === '' ? undefined : packages.get('');
}
