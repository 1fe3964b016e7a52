import type { RunPlace } from '../types.ts';
import { benchmarkOf, divisionOf, modeOf, roundOf } from './names.ts';

/**
 * Where a run folder stands, from the names of the folders around it:
 * `[round/]division/organisation/results/system/[board/]benchmark/[model/]mode`, as far as they are there. Folders above the audited
 * one count too, so that a single round, organisation or run can be audited.
 * @param path of the folder in the source; '' for its root.
 * @param context names of the root and of the folders above it.
 */
export function placeOf(path: string, context: readonly string[]): RunPlace {
  const inside = path === '' ? [] : path.split('/');
  const parts = [...context, ...inside];
  // The last one: an organisation's own folder may be called so too.
  const results = parts.findLastIndex((part) => part.toLowerCase() === 'results');
  const place: RunPlace = {
    folder: path === '' ? '.' : path,
    round: null,
    division: null,
    organisation: null,
    system: null,
    board: null,
    benchmark: null,
    benchmarkFolder: null,
    model: null,
    mode: null,
    modeFolder: null,
  };
  inner(results >= 0 ? parts.slice(results + 1) : parts, place, results >= 0);
  if (results >= 0) outer(parts.slice(0, results), place);
  return place;
}

/** `system/[board/]benchmark/[model/]mode`; without a `results` folder above, only what the names themselves tell. */
function inner(parts: readonly string[], place: RunPlace, anchored: boolean): void {
  const modeAt = parts.findLastIndex((part) => modeOf(part) !== undefined);
  const last = modeAt >= 0 ? modeAt : parts.length;
  const modeFolder = modeAt >= 0 ? (parts[modeAt] as string) : undefined;
  const mode = modeFolder === undefined ? undefined : modeOf(modeFolder);
  if (mode !== undefined && modeFolder !== undefined) {
    place.mode = mode;
    place.modeFolder = modeFolder === mode ? null : modeFolder;
  }
  const from = anchored ? 1 : 0;
  const before = parts.slice(0, last);
  // The outermost name that is one: below it the model's may repeat it (`ic/ic_int8` does not, `ad/AD08` does not, `kws/kws` does).
  const at = before.findIndex((part, k) => k >= from && benchmarkOf(part) !== undefined);
  const folder = at >= 0 ? before[at] : undefined;
  if (folder !== undefined) {
    const benchmark = benchmarkOf(folder) as string;
    place.benchmark = benchmark;
    place.benchmarkFolder = folder === benchmark ? null : folder;
    const model = before.slice(at + 1).join('/');
    if (model !== '') place.model = model;
  }
  if (anchored) {
    place.system = parts[0] ?? null;
    const board = (at >= 0 ? before.slice(1, at) : before.slice(1)).join('/');
    if (board !== '' && at >= 0) place.board = board;
  }
}

/** `[round/]division/organisation` above `results`. */
function outer(parts: readonly string[], place: RunPlace): void {
  const divisionAt = parts.findLastIndex((part) => divisionOf(part) !== undefined);
  if (divisionAt >= 0) {
    place.division = divisionOf(parts[divisionAt] as string) ?? null;
    if (divisionAt + 1 < parts.length) place.organisation = parts[divisionAt + 1] as string;
  } else if (parts.length > 0) place.organisation = parts[parts.length - 1] as string;
  place.round = parts.map(roundOf).findLast((round) => round !== undefined) ?? null;
}
