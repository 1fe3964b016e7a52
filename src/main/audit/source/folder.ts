import { constants } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { Fault } from '../../../shared/fault/index.ts';
import { sourceLimits } from './types.ts';
import type { FileSource, SourceEntry } from './types.ts';

const pieceBytes = 262_144;
/** Without waiting for the other end of a pipe that somebody put in the place of a file; Windows has no such thing. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * A folder on the disk as a source. Links are listed and not followed, so a loop cannot catch the walk and nothing outside the
 * folder is read.
 * @throws Fault `audit.noFolder`.
 */
export async function folderSource(folder: string): Promise<FileSource> {
  const root = await rootOf(folder);
  return {
    context: root.split(/[\\/]/).filter((part) => part !== ''),
    list: (signal) => listFolder(root, signal),
    read: (path, range, signal) => readFile(root, path, range, signal),
  };
}

async function rootOf(folder: string): Promise<string> {
  try {
    const root = await realpath(resolve(folder));
    if ((await stat(root)).isDirectory()) return root;
  } catch (cause) {
    throw new Fault('audit.noFolder', { path: folder, reason: reasonOf(cause) }, { cause });
  }
  throw new Fault('audit.noFolder', { path: folder, reason: 'ENOTDIR' });
}

async function* listFolder(root: string, signal?: AbortSignal): AsyncGenerator<SourceEntry> {
  let entries = 0;
  // Folders still to be read, the next one last: an explicit stack, so that depth costs no call frames.
  const stack: SourceEntry[] = [{ path: '', kind: 'folder', bytes: 0 }];
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    signal?.throwIfAborted();
    if (entry.path !== '') {
      entries += 1;
      if (entries > sourceLimits.entries) throw tooMuch(root, 'entries', sourceLimits.entries);
      yield entry;
    }
    if (entry.kind !== 'folder') continue;
    const children = await orGone(entry.path, () => childrenOf(root, entry.path));
    if (!children) continue;
    for (let k = children.length - 1; k >= 0; k -= 1) stack.push(children[k] as SourceEntry);
  }
}

async function childrenOf(root: string, path: string): Promise<SourceEntry[]> {
  if (path.length > sourceLimits.pathCharacters) throw tooMuch(path, 'path', sourceLimits.pathCharacters);
  if (path.split('/').length > sourceLimits.depth) throw tooMuch(path, 'depth', sourceLimits.depth);
  const found = await orUnreadable(path, () => readdir(join(root, path), { withFileTypes: true }));
  if (found.length > sourceLimits.entries) throw tooMuch(path, 'entries', sourceLimits.entries);
  found.sort((a, b) => (a.name < b.name ? -1 : 1));
  const children: SourceEntry[] = [];
  for (const entry of found) {
    const child = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isSymbolicLink()) children.push({ path: child, kind: 'link', bytes: 0 });
    else if (entry.isDirectory()) children.push({ path: child, kind: 'folder', bytes: 0 });
    else if (!entry.isFile()) children.push({ path: child, kind: 'other', bytes: 0 });
    else {
      const facts = await orGone(child, () => orUnreadable(child, () => stat(join(root, child))));
      if (facts) children.push({ path: child, kind: 'file', bytes: facts.size });
      // A name that is no text: it is seen, and cannot be opened by what it was read as.
      else if (child.includes('\ufffd')) children.push({ path: child, kind: 'other', bytes: 0 });
    }
  }
  return children;
}

async function* readFile(
  root: string,
  path: string,
  range: { start?: number; end?: number } = {},
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const place = await placeOf(root, path);
  const file = await orUnreadable(path, () => open(place, openFlags));
  try {
    const facts = await orUnreadable(path, () => file.stat());
    if (!facts.isFile()) throw new Fault('audit.unreadable', { path, reason: 'ENOTFILE' });
    if (facts.size > sourceLimits.fileBytes) throw tooMuch(path, 'fileBytes', sourceLimits.fileBytes);
    const { start = 0, end = facts.size } = range;
    for (let at = start; at < Math.min(end, facts.size);) {
      signal?.throwIfAborted();
      const piece = new Uint8Array(Math.min(pieceBytes, end - at, facts.size - at));
      const { bytesRead } = await orUnreadable(path, () => file.read(piece, 0, piece.length, at));
      if (bytesRead === 0) throw new Fault('audit.unreadable', { path, reason: 'EOF' });
      yield piece.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** The place of a path on the disk; refuses one that leads out of the root, by itself or through a link that was put there since. */
async function placeOf(root: string, path: string): Promise<string> {
  const wanted = join(root, path);
  const place = await orUnreadable(path, () => realpath(wanted));
  const inside = relative(root, place);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside))
    throw new Fault('audit.outside', { path });
  return place;
}

function tooMuch(path: string, limit: string, value: number): Fault<'audit.tooMuch'> {
  return new Fault('audit.tooMuch', { path: path.slice(0, 200), limit, value });
}

async function orUnreadable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Fault('audit.unreadable', { path, reason: reasonOf(cause) }, { cause });
  }
}

/** What was taken away while the tree was listed is not there; undefined then. The root itself has to be. */
async function orGone<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (path !== '' && error instanceof Fault && (error.facts as { reason?: unknown }).reason === 'ENOENT')
      return undefined;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : String(error));
}
