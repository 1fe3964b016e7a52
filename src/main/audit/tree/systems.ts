import type { SourceEntry } from '../source/index.ts';
import type { RunPlace } from '../types.ts';
import { folderOf, nameOf } from './paths.ts';

/**
 * Finds the system description of a run. By the rules it is `systems/<system>.json`; of the older rounds half of them stand in a
 * subfolder or are named differently, so the nearest name is taken.
 */
export function systemFinder(
  entries: readonly SourceEntry[],
): (place: Pick<RunPlace, 'folder' | 'system' | 'board'>) => string | undefined {
  const byOrganisation = new Map<string, string[]>();
  for (const { path, kind } of entries) {
    if (kind !== 'file' || !path.toLowerCase().endsWith('.json')) continue;
    const parts = path.split('/');
    const at = parts.findIndex((part) => part.toLowerCase() === 'systems');
    if (at < 0) continue;
    const organisation = parts.slice(0, at).join('/');
    byOrganisation.set(organisation, [...(byOrganisation.get(organisation) ?? []), path]);
  }
  return (place) => {
    if (place.system === null) return undefined;
    const parts = place.folder.split('/');
    const results = parts.findLastIndex((part) => part.toLowerCase() === 'results');
    if (results < 0) return undefined;
    const candidates = byOrganisation.get(parts.slice(0, results).join('/')) ?? [];
    const ranked = candidates
      .map((path) => ({ path, rank: rankOf(path, place) }))
      .filter(({ rank }) => rank > 0)
      .sort((a, b) => b.rank - a.rank);
    return ranked[0]?.path ?? (candidates.length === 1 ? candidates[0] : undefined);
  };
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** How well a file's name fits a run's system and board; 0 for not at all. */
function rankOf(path: string, { system, board }: Pick<RunPlace, 'system' | 'board'>): number {
  const name = nameOf(path).slice(0, -'.json'.length);
  if (name === system) return 100;
  const found = plain(name) + plain(nameOf(folderOf(path)));
  const [wanted, wantedBoard] = [plain(system ?? ''), plain(board ?? '')];
  const own = wanted !== '' && (found.includes(wanted) || wanted.includes(plain(name)));
  const boards = wantedBoard !== '' && found.includes(wantedBoard);
  return (own ? 10 : 0) + (boards ? 5 : 0);
}
