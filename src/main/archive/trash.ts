import { lstat, mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { SessionLoad } from '../../shared/domain/session-handover.ts';
import { Fault } from '../../shared/fault/index.ts';
import { journalName, storeFault } from '../store/index.ts';
import { filesOf } from './handover/files-of.ts';
import { indexSession } from './index-session.ts';

/** Deleted sessions wait here, inside the sessions folder, so that no disk has to be crossed. */
export const trashName = '.trash';

/** `20261124-133005-000~NAME`: when it was deleted, in UTC, and what it was called. */
const trashedPattern = /^(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})-(\d{3})~(.+)$/;

export interface TrashedSession {
  /** Name in the trash. */
  trashed: string;
  /** Name of the session. */
  name: string;
  deletedAtMs: number;
}

export function trashedName(name: string, epochMs: number): string {
  const [day = '', time = ''] = new Date(epochMs).toISOString().replaceAll('-', '').replaceAll(':', '').split('T');
  return `${day}-${time.slice(0, 6)}-${time.slice(7, 10)}~${name}`;
}

/** Undefined for what was not put there by `moveToTrash`. */
export function readTrashedName(trashed: string): TrashedSession | undefined {
  const [, year, month, day, hour, minute, second, ms, name] = trashedPattern.exec(trashed) ?? [];
  const deletedAtMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  return name === undefined || Number.isNaN(deletedAtMs) ? undefined : { trashed, name, deletedAtMs };
}

/**
 * The folder of a session that may be moved or deleted: a real folder directly below the sessions folder with a journal in it, and no link.
 * @throws Fault `session.outside`, `app.sessionUnknown`.
 */
export async function ownFolder(root: string, name: string): Promise<string> {
  if (name !== basename(name) || name.startsWith('.') || /[\\/:]/.test(name)) {
    throw new Fault('app.sessionUnknown', { sessionId: name });
  }
  const folder = join(root, name);
  const facts = await lstat(folder).catch(() => undefined);
  if (!facts || !existsSync(join(folder, journalName))) throw new Fault('app.sessionUnknown', { sessionId: name });
  const inside =
    !facts.isSymbolicLink() && facts.isDirectory() && (await realpath(folder)) === join(await realpath(root), name);
  if (!inside) throw new Fault('session.outside', { sessionId: name });
  return folder;
}

/** A session that another program may be measuring: not finished, and its journal grew lately. */
const quietMs = 120_000;

/**
 * Moves a session into the trash of its sessions folder.
 * @returns its name there
 * @throws Fault `session.running` while it is measured, `session.outside`, `app.sessionUnknown`, or of area `store`.
 */
export async function moveToTrash(root: string, name: string, epochMs: number): Promise<string> {
  const folder = await ownFolder(root, name);
  const journal = await stat(join(folder, journalName));
  const finished = existsSync(join(folder, 'manifest.json'));
  if (!finished && Math.abs(epochMs - journal.mtimeMs) < quietMs)
    throw new Fault('session.running', { sessionId: name });
  const trash = join(root, trashName);
  try {
    await mkdir(trash, { recursive: true });
    if ((await lstat(trash)).isSymbolicLink()) throw new Fault('session.outside', { sessionId: trashName });
    for (let later = 0; ; later += 1) {
      const trashed = trashedName(name, epochMs + later);
      if (existsSync(join(trash, trashed))) continue;
      await rename(folder, join(trash, trashed));
      return trashed;
    }
  } catch (error) {
    throw storeFault(error, folder);
  }
}

/**
 * Takes a session out of the trash again.
 * @returns its name
 * @throws Fault `app.sessionUnknown` when it is not there (any more), `store.exists` when its place was taken.
 */
export async function restoreFromTrash(root: string, trashed: string): Promise<string> {
  const known = trashed === basename(trashed) ? readTrashedName(trashed) : undefined;
  const from = join(root, trashName, trashed);
  if (!known || !existsSync(from)) throw new Fault('app.sessionUnknown', { sessionId: trashed });
  const folder = join(root, known.name);
  if (existsSync(folder)) throw new Fault('store.exists', { path: folder });
  try {
    await rename(from, folder);
  } catch (error) {
    throw storeFault(error, folder);
  }
  return known.name;
}

/** What is in the trash, oldest first. */
export async function listTrash(root: string): Promise<TrashedSession[]> {
  const entries = await readdir(join(root, trashName), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => readTrashedName(entry.name) ?? [])
    .sort((a, b) => a.deletedAtMs - b.deletedAtMs);
}

/** Deletes something in the trash for good. */
export async function destroyTrashed(root: string, { trashed }: TrashedSession): Promise<void> {
  const path = join(root, trashName, basename(trashed));
  try {
    await rm(path, { recursive: true });
  } catch (error) {
    throw storeFault(error, path);
  }
}

/** Bytes of all files of a folder. */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const file of await filesOf(folder)) bytes += (await lstat(file)).size;
  return bytes;
}

/** What would be lost with these sessions. @throws Fault `app.sessionUnknown`, `session.outside`. */
export async function weighSessions(root: string, names: readonly string[]): Promise<SessionLoad> {
  const load = { sessions: names.length, runs: 0, bytes: 0, real: 0, unfinished: 0 };
  for (const name of names) {
    const folder = await ownFolder(root, name);
    const session = await indexSession(folder);
    load.runs += session?.runs.length ?? 0;
    load.bytes += await folderBytes(folder);
    if (session && !session.simulated) load.real += 1;
    if (session?.state === 'open') load.unfinished += 1;
  }
  return load;
}
