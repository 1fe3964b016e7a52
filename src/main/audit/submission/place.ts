import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Fault } from '../../../shared/fault/index.ts';
import { journalName, storeFault } from '../../store/index.ts';
import type { MaterialOptions } from './tools.ts';

/** Where a source lies. */
export interface SourcePlace {
  /** As the caller named it, without the choice of runs. */
  source: string;
  folder: string;
  /** Ids of the runs that were chosen; null for all. */
  chosen: ReadonlySet<string> | null;
}

/** How deep sessions are looked for: a folder of sessions, or one of such folders. */
const deepest = 3;

/**
 * Finds what a source names; a zip file is unpacked.
 * @throws Fault `audit.noFolder`, or of areas `import` and `store`.
 */
export async function openPlace(
  named: string,
  { sessions, scratch }: Pick<MaterialOptions, 'sessions' | 'scratch'>,
): Promise<SourcePlace> {
  const { source, chosen } = await splitChoice(named);
  const facts = await stat(source).catch((error: unknown) => {
    throw new Fault('audit.noFolder', { path: source, reason: (error as NodeJS.ErrnoException).code ?? '' });
  });
  if (facts.isDirectory()) return { source, folder: source, chosen };
  const target = await mkdtemp(join(scratch, 'zip-')).catch((error: unknown) => {
    throw storeFault(error, scratch);
  });
  // Named after the file: what a folder is called tells the benchmark or mode of loose results.
  const folder = join(target, basename(source).replace(/\.zip$/i, '') || 'unpacked');
  await sessions.unpack(source, folder);
  return { source, folder, chosen };
}

/** `SESSION#r1,r3`; a folder that is called so itself goes first. */
async function splitChoice(named: string): Promise<Pick<SourcePlace, 'source' | 'chosen'>> {
  const found = /^(.+)#(r\d+(?:,r\d+)*)$/.exec(named);
  if (!found?.[1] || !found[2]) return { source: named, chosen: null };
  if (await stat(named).catch(() => undefined)) return { source: named, chosen: null };
  return { source: found[1], chosen: new Set(found[2].split(',')) };
}

/** Folders with a journal, relative with `/`; `.` for the folder itself. Links and hidden folders are left alone. */
export async function sessionFolders(root: string): Promise<string[]> {
  const found: string[] = [];
  const look = async (inside: string, depth: number): Promise<void> => {
    const entries = await readdir(join(root, inside), { withFileTypes: true }).catch((error: unknown) => {
      throw storeFault(error, join(root, inside));
    });
    if (entries.some((entry) => entry.isFile() && entry.name === journalName)) {
      found.push(inside);
      return;
    }
    if (depth === deepest) return;
    for (const entry of entries) {
      if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
      await look(inside === '.' ? entry.name : `${inside}/${entry.name}`, depth + 1);
    }
  };
  await look('.', 0);
  return found.sort();
}
