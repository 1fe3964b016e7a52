import type { Mode } from '../../../shared/domain/workload.ts';
import type { RunFiles } from '../types.ts';
import { modeOf } from './names.ts';

type Kind = 'log' | 'results' | 'script' | 'resultsJson' | 'trace' | 'timestamps';

const kinds: readonly (readonly [Kind, RegExp])[] = [
  ['log', /^(?:(\w+?)_)?log\.txt$/i],
  ['results', /^(?:(\w+?)_)?results?\.txt$/i],
  ['script', /^(?:(\w+?)_)?script\.async$/i],
  ['resultsJson', /^(?:(\w+?)_)?results\.json$/i],
  ['trace', /^(?:(\w+?)_)?trace\d*-?_?energy\.bin$/i],
  ['timestamps', /^(?:(\w+?)_)?trace\d*-?_?timestamps\.json$/i],
];

/** What a file of a run is by its name, and the mode in front of it (`performance_log.txt`); undefined for any other file. */
export function runFileKind(
  name: string,
): { kind: Kind; prefix: string | undefined; mode: Mode | undefined } | undefined {
  for (const [kind, pattern] of kinds) {
    const found = pattern.exec(name);
    if (found) return { kind, prefix: found[1], mode: found[1] === undefined ? undefined : modeOf(found[1]) };
  }
  return undefined;
}

/**
 * Files of the runs in one folder: one run, or one for each mode where file names carry it and the folder's name does not
 * (round v0.5).
 * @param names of the files in the folder.
 */
export function runsOfFolder(
  folder: string,
  names: readonly string[],
  folderMode: Mode | undefined,
): { mode: Mode | undefined; files: RunFiles }[] {
  const found = names.flatMap((name) => {
    const kind = runFileKind(name);
    return kind ? [{ name, ...kind }] : [];
  });
  const modes = folderMode ? [folderMode] : [...new Set(found.map(({ mode }) => mode))];
  // Names without a mode beside names with one belong to whichever run lacks the file.
  const wanted = modes.some((mode) => mode !== undefined) ? modes.filter((mode) => mode !== undefined) : [undefined];
  return wanted.flatMap((mode) => {
    const files: RunFiles = {};
    const ordered = found.toSorted((a, b) => rank(a, mode) - rank(b, mode));
    for (const { kind, name, mode: named } of ordered) {
      if (named !== undefined && mode !== undefined && named !== mode) continue;
      files[kind] ??= folder === '' ? name : `${folder}/${name}`;
    }
    return Object.keys(files).length > 0 ? [{ mode, files }] : [];
  });
}

/** The plain name first, then the one with this mode. */
function rank(
  { prefix, mode }: { prefix: string | undefined; mode: Mode | undefined },
  wanted: Mode | undefined,
): number {
  if (prefix === undefined) return 0;
  return mode !== undefined && mode === wanted ? 1 : 2;
}
