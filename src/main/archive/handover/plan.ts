import { Fault } from '../../../shared/fault/index.ts';
import { journalName } from '../../store/index.ts';
import { nameKey, nameProblem } from './entry-name.ts';

/** What is known of an entry of a zip file before a byte of it is unpacked. */
export interface ZipEntryFacts {
  /** As it stands in the file. */
  name: string;
  directory: boolean;
  encrypted: boolean;
  /** Type and permissions of Unix, where the file was made on one; 0 where unknown. */
  unixMode: number;
  packedBytes: number;
  bytes: number;
}

export interface PlannedFile<T> {
  entry: T;
  /** Number of the session in the file. */
  session: number;
  /** Path inside the session, with `/`. */
  path: string;
}

export interface ZipLimits {
  /** Most bytes after unpacking: what is free on the disk, less a reserve. */
  bytes: number;
}

const mostEntries = 200_000;
/** Journals shrink to a tenth and a trace of zeros to less; a thousandth is made to fill disks. Small files may do as they like. */
const largestRatio = 250;
const smallBytes = 50_000_000;
/** Folders in folders of a tree that is no session: a published round has a dozen at most. */
const deepestTree = 40;

const typeMask = 0o170000;
const regular = 0o100000;
const directory = 0o040000;

/**
 * Decides what is unpacked: the files below every folder with a journal, wherever in the zip it lies; other files are passed over. Nothing
 * is unpacked when one entry is not fit for it.
 * @throws Fault `import.refusedEntry`, `import.tooLarge`, `import.noSession`.
 */
export function planUnpacking<T extends ZipEntryFacts>(entries: readonly T[], limits: ZipLimits): PlannedFile<T>[] {
  const files = checkedFiles(entries);
  const roots = files
    .filter(({ name }) => name === journalName || name.endsWith(`/${journalName}`))
    .map(({ name }) => name.slice(0, -journalName.length));
  if (roots.length === 0) throw new Fault('import.noSession', {});
  const nested = roots.find((root) => roots.some((other) => other !== root && root.startsWith(other)));
  if (nested !== undefined)
    throw new Fault('import.refusedEntry', { entry: `${nested}${journalName}`, reason: 'nested' });
  const planned = files.flatMap((entry) => {
    const session = roots.findIndex((root) => entry.name.startsWith(root));
    return session < 0 ? [] : [{ entry, session, path: entry.name.slice((roots[session] ?? '').length) }];
  });
  checkSize(
    planned.map(({ entry }) => entry),
    limits,
  );
  return planned;
}

/**
 * Decides that every file of a tree is unpacked where it stands; such trees may be deeper than a session.
 * @throws Fault `import.refusedEntry`, `import.tooLarge`.
 */
export function planTree<T extends ZipEntryFacts>(
  entries: readonly T[],
  limits: ZipLimits,
): { entry: T; path: string }[] {
  const files = checkedFiles(entries, deepestTree);
  checkSize(files, limits);
  return files.map((entry) => ({ entry, path: entry.name }));
}

/** The files of a zip, when every entry is fit to be unpacked and no two would be one file. */
function checkedFiles<T extends ZipEntryFacts>(entries: readonly T[], deepest?: number): T[] {
  if (entries.length > mostEntries) throw new Fault('import.tooLarge', { bytes: entries.length, limit: mostEntries });
  const files = entries.filter((entry) => !isDirectory(entry));
  for (const entry of entries) checkEntry(entry, deepest);
  const seen = new Set<string>();
  for (const { name } of files) {
    const key = nameKey(name);
    if (seen.has(key)) throw new Fault('import.refusedEntry', { entry: name.slice(0, 200), reason: 'twice' });
    seen.add(key);
  }
  // A file and a folder of one name, on a platform that tells capitals apart or not.
  for (const { name } of files) {
    for (const parent of parentsOf(nameKey(name))) {
      if (seen.has(parent)) throw new Fault('import.refusedEntry', { entry: name.slice(0, 200), reason: 'twice' });
    }
  }
  return files;
}

function isDirectory({ directory: marked, name }: ZipEntryFacts): boolean {
  return marked || name.endsWith('/');
}

function checkEntry(entry: ZipEntryFacts, deepest?: number): void {
  const refuse = (reason: string): never => {
    throw new Fault('import.refusedEntry', { entry: entry.name.slice(0, 200), reason });
  };
  const problem = nameProblem(isDirectory(entry) ? entry.name.replace(/\/$/, '') : entry.name, deepest);
  if (problem !== undefined) refuse(problem);
  if (entry.encrypted) refuse('encrypted');
  const type = entry.unixMode & typeMask;
  if (type !== 0 && type !== (isDirectory(entry) ? directory : regular)) refuse('link');
}

function parentsOf(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_part, at) => parts.slice(0, at + 1).join('/'));
}

function checkSize(entries: readonly ZipEntryFacts[], limits: ZipLimits): void {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packedBytes, 0);
  if (!(bytes <= limits.bytes)) throw new Fault('import.tooLarge', { bytes, limit: limits.bytes });
  if (bytes > smallBytes && bytes > packed * largestRatio) {
    throw new Fault('import.tooLarge', { bytes, limit: Math.max(smallBytes, packed * largestRatio) });
  }
}
