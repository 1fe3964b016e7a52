import type { FileSource, SourceEntry } from '../source/index.ts';
import type { RunFiles, RunPlace } from '../types.ts';
import { modeOf } from './names.ts';
import { placeOf } from './place.ts';
import { runFileKind, runsOfFolder } from './run-files.ts';
import { folderOf, nameOf } from './paths.ts';
import { systemFinder } from './systems.ts';

/** A run as the tree shows it, before any of its files is read. */
export interface FoundRun {
  place: RunPlace;
  files: RunFiles;
  /** Sizes of the run's files, by path. */
  bytes: Readonly<Record<string, number>>;
  /** Names of further files in the folder. */
  others: string[];
}

/** Runs of one benchmark of one system: they are compared with each other. */
export interface RunGroup {
  runs: FoundRun[];
}

export interface TreeSurvey {
  files: number;
  bytes: number;
  groups: RunGroup[];
  /** Folders that hold a session of ours. */
  sessions: string[];
  /** Everything but the runs' bulk: for the rules about packages. */
  entries: SourceEntry[];
}

const journalName = 'journal.jsonl';

/** Walks a source once and finds the runs in it. Entries that are links or devices are only listed. */
export async function surveyTree(source: FileSource, signal?: AbortSignal): Promise<TreeSurvey> {
  const folders = new Map<string, SourceEntry[]>();
  const entries: SourceEntry[] = [];
  let files = 0;
  let bytes = 0;
  for await (const entry of source.list(signal)) {
    entries.push(entry);
    if (entry.kind !== 'file') continue;
    files += 1;
    bytes += entry.bytes;
    const folder = folderOf(entry.path);
    const siblings = folders.get(folder);
    if (siblings) siblings.push(entry);
    else folders.set(folder, [entry]);
  }
  const systemOf = systemFinder(entries);
  const sessions: string[] = [];
  const groups = new Map<string, RunGroup>();
  for (const [folder, inside] of folders) {
    if (inside.some((entry) => nameOf(entry.path) === journalName)) {
      sessions.push(folder);
      continue;
    }
    // Runs of a session of ours are judged from its journal.
    if (sessions.some((session) => session === '' || folder.startsWith(`${session}/`))) continue;
    for (const found of runsIn(folder, inside, source.context)) {
      const system = systemOf(found.place);
      const run = system === undefined ? found : { ...found, files: { ...found.files, system } };
      const { round, division, organisation, board, benchmark, model } = run.place;
      const known = benchmark === null ? [run.place.folder] : [];
      const key = [round, division, organisation, run.place.system, board, benchmark, model, ...known].join('\n');
      const group = groups.get(key);
      if (group) group.runs.push(run);
      else groups.set(key, { runs: [run] });
    }
  }
  return { files, bytes, groups: [...groups.values()], sessions, entries };
}

function runsIn(folder: string, inside: readonly SourceEntry[], context: readonly string[]): FoundRun[] {
  const names = inside.map((entry) => nameOf(entry.path));
  // A lone `log.txt` in a folder of documents is no run.
  const likely = names.filter((name) => runFileKind(name) !== undefined);
  if (likely.length === 0) return [];
  const place = placeOf(folder, context);
  const named = folder === '' ? context.at(-1) : folder.split('/').at(-1);
  const folderMode = place.mode ?? modeOf(named ?? '');
  if (isAside(folder)) return [];
  const sizes = new Map(inside.map((entry) => [entry.path, entry.bytes]));
  return runsOfFolder(folder, names, folderMode).map(({ mode, files }) => {
    const used = Object.values(files);
    return {
      place: { ...place, mode: mode ?? place.mode },
      files,
      bytes: Object.fromEntries(used.map((path) => [path, sizes.get(path) ?? 0])),
      others: names.filter((name) => runFileKind(name) === undefined),
    };
  });
}

/** Logs in a package's code and documents are nobody's results. */
function isAside(folder: string): boolean {
  return folder.split('/').some((part) => /^(?:code|systems|docs?|\.git|node_modules)$/i.test(part));
}
