import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { createMemoryIndex } from './memory-index.ts';
import { createSqliteIndex, createTables, indexVersion } from './sqlite-index.ts';
import type { SessionIndex } from './types.ts';

export interface IndexPlace {
  /** Path of the database. */
  file: string;
  /** What the index is of and made by; another one's index is thrown away. */
  owner: string;
}

/** Where the index of a sessions folder lies: one a folder, so that two programs with different folders leave each other alone. */
export function indexFile(cacheFolder: string, sessionsFolder: string): string {
  const hash = createHash('sha256').update(sessionsFolder).digest('hex').slice(0, 12);
  return join(cacheFolder, `sessions-${hash}.sqlite`);
}

/**
 * Opens the index of the sessions, or makes it: one that is missing, damaged, of another version or of another owner starts empty.
 * Without SQLite in this runtime, or where no file can be written, it is kept in memory.
 */
export async function openSessionIndex(place: IndexPlace): Promise<SessionIndex> {
  const sqlite = await loadSqlite();
  if (!sqlite) return createMemoryIndex();
  const { file } = place;
  try {
    mkdirSync(dirname(file), { recursive: true });
    try {
      return openFile(sqlite.DatabaseSync, place);
    } catch {
      removeIndex(file);
      return openFile(sqlite.DatabaseSync, place);
    }
  } catch {
    return createMemoryIndex();
  }
}

/** Deletes an index; the next one starts empty. */
export function removeIndex(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true });
}

/** Throws where the file is no sound index of this version and owner. */
function openFile(Database: typeof DatabaseSync, { file, owner }: IndexPlace): SessionIndex {
  const database = new Database(file);
  try {
    // Two programs may look into the same index: a reader never waits for a writer, a writer waits its turn.
    database.exec('PRAGMA busy_timeout = 3000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    const isNew = database.prepare('SELECT COUNT(*) AS n FROM sqlite_schema').get()?.['n'] === 0;
    if (isNew) {
      database.exec('BEGIN IMMEDIATE');
      createTables(database);
      database.exec('CREATE TABLE owner (owner TEXT NOT NULL)');
      database.prepare('INSERT INTO owner VALUES (?)').run(owner);
      database.exec('COMMIT');
    } else {
      const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
      const owned = database.prepare('SELECT owner FROM owner').get()?.['owner'];
      const sound = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
      if (version !== indexVersion || owned !== owner || sound !== 'ok') throw new Error('not our index');
    }
    return createSqliteIndex(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Node's SQLite; undefined in a runtime that was built without. Some versions call it experimental on the terminal: nobody needs to read that. */
async function loadSqlite(): Promise<{ DatabaseSync: typeof DatabaseSync } | undefined> {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    const type = typeof rest[0] === 'string' ? rest[0] : (rest[0] as { type?: string } | undefined)?.type;
    if (type === 'ExperimentalWarning') return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  }) as typeof process.emitWarning;
  try {
    return await import('node:sqlite');
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
