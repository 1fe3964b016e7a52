import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, readFile, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ImportedSession, ImportPlan, ImportResult } from '../../../shared/domain/session-handover.ts';
import { Fault } from '../../../shared/fault/index.ts';
import {
  hashFiles,
  journalName,
  manifestName,
  readManifest,
  readRemovedTraces,
  readSession,
  storeFault,
} from '../../store/index.ts';
import { foldSession } from '../../session/index.ts';
import { takeSignatures } from '../take-signatures.ts';
import { moveToTrash } from '../trash.ts';
import { checkFiles } from '../check-files.ts';
import { draftFolder, dropImport } from './drafts.ts';
import { isSessionName } from './entry-name.ts';
import { unzipSessions, unzipTree } from './unzip.ts';

/** Left free on the disk by an import. */
const reserveBytes = 200_000_000;

/**
 * Unpacks or copies the sessions of a zip file or folder into a hidden draft and checks every one: all files against the manifest, the
 * journal's chain. Nothing is among the sessions yet.
 * @param importId a fresh random word
 * @throws faults of areas `import` and `store`; nothing is left behind then.
 */
export async function prepareImport(root: string, source: string, importId: string): Promise<ImportPlan> {
  const draft = draftFolder(root, importId);
  try {
    await mkdir(root, { recursive: true });
    await mkdir(draft);
  } catch (error) {
    throw storeFault(error, draft);
  }
  try {
    const limits = await limitsOf(draft);
    const facts = await stat(source).catch((error: unknown) => {
      throw storeFault(error, source);
    });
    const count = facts.isDirectory() ? await copySessions(source, draft) : await unzipSessions(source, draft, limits);
    const sessions: ImportedSession[] = [];
    for (let k = 0; k < count; k += 1) {
      const name = await checkSession(join(draft, String(k)));
      if (sessions.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
        throw new Fault('import.refusedEntry', { entry: name, reason: 'twice' });
      }
      await rename(join(draft, String(k)), join(draft, name));
      sessions.push({ name, known: await knownAs(root, join(draft, name), name) });
    }
    return { importId, sessions };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Puts the checked sessions of a draft among the sessions. One that is there already stays, or, where `replace` is set, goes to the trash.
 * @throws Fault `import.gone` for a draft that is not there (any more).
 */
export async function placeImport(
  root: string,
  importId: string,
  replace: boolean,
  epochMs: number,
): Promise<ImportResult> {
  const draft = draftFolder(root, importId);
  const names = await readdir(draft).catch(() => {
    throw new Fault('import.gone', {});
  });
  const result: ImportResult = { imported: [], replaced: [], skipped: [], signed: [] };
  for (const name of names.sort()) {
    const target = join(root, name);
    const known = await knownAs(root, join(draft, name), name);
    if (known === 'same' || (known === 'other' && !replace)) {
      // The same session may come back from a reviewer with their signature.
      const signed = known === 'same' && (await takeSignatures(target, join(draft, name)));
      (signed ? result.signed : result.skipped).push(name);
      continue;
    }
    try {
      if (known === 'other') await moveToTrash(root, name, epochMs);
      await rename(join(draft, name), target);
    } catch (error) {
      throw storeFault(error, target);
    }
    (known === 'other' ? result.replaced : result.imported).push(name);
  }
  await dropImport(root, importId);
  return result;
}

/**
 * Unpacks every file of a zip file into a new folder, with the same care as an import.
 * @throws faults of areas `import` and `store`; nothing is left behind then.
 */
export async function unpackTree(zip: string, folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    throw storeFault(error, folder);
  }
  try {
    await unzipTree(zip, folder, await limitsOf(folder));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function limitsOf(folder: string): Promise<{ bytes: number }> {
  const { bavail, bsize } = await statfs(folder);
  return { bytes: Math.max(0, bavail * bsize - reserveBytes) };
}

/** A folder is a session, or holds some. Links are not followed. */
async function copySessions(source: string, draft: string): Promise<number> {
  const folders = existsSync(join(source, journalName)) ? [source] : await sessionFoldersOf(source);
  if (folders.length === 0) throw new Fault('import.noSession', {});
  for (const [k, folder] of folders.entries()) {
    try {
      await cp(folder, join(draft, String(k)), {
        recursive: true,
        errorOnExist: true,
        filter: async (path) => {
          const facts = await lstat(path);
          return facts.isDirectory() || (facts.isFile() && !path.endsWith('.draft'));
        },
      });
    } catch (error) {
      throw storeFault(error, folder);
    }
  }
  return folders.length;
}

async function sessionFoldersOf(source: string): Promise<string[]> {
  const entries = await readdir(source, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => join(source, entry.name))
    .filter((folder) => existsSync(join(folder, journalName)))
    .sort();
}

/**
 * Whether a session is whole. An unfinished one has no manifest: its journal's chain must hold.
 * @returns the name it gets
 */
async function checkSession(folder: string): Promise<string> {
  const content = await readSession(folder);
  const session = foldSession(content.entries);
  const name = session?.opened.sessionId ?? '';
  const refuse = (problem: string, file = ''): never => {
    throw new Fault('import.doesNotHold', {
      session: name === '' ? basename(folder) : name.slice(0, 160),
      problem,
      file,
    });
  };
  if (!session) return refuse('noOpening');
  if (!isSessionName(name)) return refuse('name');
  if (content.damage) return refuse('journalDamaged');
  const manifest = await readManifest(folder);
  if (!manifest) return name;
  if (manifest.sessionId !== name) return refuse('journalDiffers');
  if (manifest.journal.entries !== content.entries.length || manifest.journal.hash !== content.hash)
    return refuse('journalDiffers');
  const [problem] = checkFiles(await hashFiles(folder), manifest, await readRemovedTraces(folder)).filter(
    ({ remark }) => !remark,
  );
  if (problem) return refuse(problem.key, String(problem.values['path'] ?? ''));
  return name;
}

/** Whether a session of that name is there: the same to the letter of its seal, or another. */
async function knownAs(root: string, folder: string, name: string): Promise<ImportedSession['known']> {
  const existing = join(root, name);
  if (!existsSync(existing)) return 'no';
  const [mine, theirs] = await Promise.all(
    [folder, existing].map(async (one) => {
      const sealed = await readFile(join(one, manifestName)).catch(() => undefined);
      return sealed ?? (await readFile(join(one, journalName)).catch(() => undefined));
    }),
  );
  return mine && theirs && mine.equals(theirs) ? 'same' : 'other';
}
