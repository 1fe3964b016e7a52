import type { EntryEvidence, PackageEvidence, SystemEvidence } from '../../rules/index.ts';
import { fileLimits } from '../../rules/index.ts';
import { openSystem } from '../read/index.ts';
import type { FileSource, SourceEntry } from '../source/index.ts';
import { folderOf, nameOf, roundOf, systemFinder } from '../tree/index.ts';
import type { FoundRun } from '../tree/index.ts';
import type { RunOutcome } from '../types.ts';
import { declaredEvidence } from './declared-evidence.ts';
import type { FoundPackage } from './find-packages.ts';

const mappingName = 'model_mapping.json';
/** Files that hold a model, or by their names make one. */
const modelFile =
  /\.(?:tflite|onnx|h5|keras|pb|pth?|npz|vmfb)$|calib|quanti|train|convert|export|weights|model.*\.(?:h|c|cc|cpp)$/i;

export interface PackageOptions {
  round: string | null;
  personal: PackageEvidence['personal'];
  /** Outcomes of all runs of the audit. */
  runs: readonly RunOutcome[];
  signal?: AbortSignal | undefined;
}

/** What the rules about packages need to know. Reads descriptions, checklists and other texts, the mapping file and models. */
export async function packageEvidence(
  source: FileSource,
  found: FoundPackage,
  options: PackageOptions,
): Promise<PackageEvidence> {
  const { entries, folder, place } = found;
  const { round, personal, runs, signal } = options;
  const base = folder === '' ? '' : `${folder}/`;
  const files = entries.filter(({ kind }) => kind === 'file');
  const code = files.filter(({ path }) => path.toLowerCase().startsWith(`${base}code/`.toLowerCase()));
  const documents = files.filter((entry) => !code.includes(entry));
  const mapping = files.find(({ path }) => path === `${base}${mappingName}`);
  const systems = await systemsOf(source, found, signal);
  const checklists = documents.filter(
    ({ path }) => /check[-_ ]?list/i.test(nameOf(path)) && !nameOf(path).startsWith('.'),
  );
  const declared = await declaredEvidence({
    source,
    documents: documents.filter(({ path }) => !path.toLowerCase().startsWith(`${base}results/`.toLowerCase())),
    code,
    entries,
    checklists: checklists.map(({ path }) => path),
    systems,
    runs: runs.filter((run) => run.folder.startsWith(base)),
    signal,
  });
  return {
    ...declared,
    folder: folder === '' ? '.' : folder,
    round: round ?? place.round,
    division: place.division,
    organisation: place.organisation,
    systems,
    folders: entries
      .filter(({ path, kind }) => kind === 'folder' && folderOf(path) === folder)
      .map(({ path }) => nameOf(path)),
    links: entries.filter(({ kind }) => kind === 'link').map(({ path }) => path),
    ...leftovers(entries),
    oddNames: entries.filter(({ path }) => isOdd(nameOf(path))).map(({ path }) => path),
    largeFiles: files
      .filter(({ bytes }) => bytes >= fileLimits.remark)
      .map(({ path, bytes }) => ({ file: path, bytes })),
    checklists: checklists.map(({ path }) => ({ file: path, round: roundOf(nameOf(path)) ?? null })),
    hookUps: documents.filter(({ path }) => /hook[-_ ]?up/i.test(nameOf(path))).map(({ path }) => path),
    code: {
      files: code.length,
      readmes: code.filter(({ path }) => /^readme/i.test(nameOf(path))).length,
      models: code.filter(({ path }) => modelFile.test(nameOf(path))).length,
    },
    mappedFolders: mapping ? [...(await openSystem(source, mapping.path, signal)).fields.keys()] : null,
    personal: personal.filter(({ ref }) => ref.file.startsWith(base)),
  };
}

function isOdd(name: string): boolean {
  return name.startsWith('.') || name.includes(' ') || name === '__MACOSX';
}

function leftovers(entries: readonly SourceEntry[]): Pick<PackageEvidence, 'caches' | 'emptyFolders'> {
  const filled = new Set(entries.map(({ path }) => folderOf(path)));
  const folders = entries.filter(({ kind }) => kind === 'folder').map(({ path }) => path);
  return {
    caches: folders.filter((path) => nameOf(path) === '__pycache__'),
    emptyFolders: folders.filter((path) => !filled.has(path)),
  };
}

async function systemsOf(
  source: FileSource,
  { entries, folder, runs }: FoundPackage,
  signal?: AbortSignal,
): Promise<SystemEvidence[]> {
  const base = folder === '' ? '' : `${folder}/`;
  const results = entries.find(
    ({ path, kind }) => kind === 'folder' && path.toLowerCase() === `${base}results`.toLowerCase(),
  );
  if (!results) return [];
  const systemOf = systemFinder(entries);
  const systems: SystemEvidence[] = [];
  for (const { path, kind } of entries) {
    if (kind !== 'folder' || folderOf(path) !== results.path) continue;
    const system = nameOf(path);
    const own = runs.filter((run) => run.place.folder.startsWith(`${path}/`));
    const boards = [...new Set(own.map((run) => run.place.board))];
    const place = own[0]?.place ?? { folder: path, system, board: null };
    const file = systemOf({ folder: place.folder, system, board: boards[0] ?? null }) ?? null;
    const read = file === null ? null : await openSystem(source, file, signal);
    systems.push({
      system,
      folder: path,
      file,
      exact: file === `${base}systems/${system}.json`,
      broken: read?.broken ?? null,
      duplicates: read?.duplicates ?? [],
      fields: read?.fields ?? new Map(),
      entries: entriesOf(own, path),
    });
  }
  return systems;
}

/** Runs of one benchmark folder; each model of the open division and each board is an entry of its own. */
function entriesOf(runs: readonly FoundRun[], systemFolder: string): EntryEvidence[] {
  const found = new Map<string, EntryEvidence & { modes: EntryEvidence['modes'][number][] }>();
  for (const { place } of runs) {
    const { board, benchmark, benchmarkFolder, model, mode } = place;
    const inside = place.folder.slice(systemFolder.length + 1).split('/');
    const name = benchmark === null ? (inside[0] ?? '') : (benchmarkFolder ?? benchmark);
    const folder = [systemFolder, board, name, model].filter((part) => part !== null && part !== '').join('/');
    const entry = found.get(folder) ?? { name, folder, benchmark, direct: board === null, modes: [] };
    if (mode !== null && !entry.modes.includes(mode)) entry.modes.push(mode);
    found.set(folder, entry);
  }
  return [...found.values()];
}
