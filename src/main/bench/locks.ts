import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { LockHolder } from '../../shared/domain/bench-state.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { ProcessTable } from './process-table.ts';

const lockFileSchema = z.object({
  token: z.string(),
  pid: z.number().int(),
  /** Start of that process, where the platform tells: a number can be given to another process later. */
  started: z.string().optional(),
  /** Start of the computer: after a restart no holder is left. */
  bootEpochMs: z.number(),
  host: z.string(),
  program: z.string(),
  purpose: z.string(),
  sinceEpochMs: z.number(),
});
type LockFile = z.infer<typeof lockFileSchema>;

/** An instrument that is held; letting go twice is harmless. */
export interface InstrumentLock {
  release(): Promise<void>;
}

export interface InstrumentLocks {
  /**
   * Takes hold of an instrument for this process.
   * @throws Fault `bench.instrumentHeld` naming the holder.
   */
  claim(lockId: string, label: string, purpose: string): Promise<InstrumentLock>;
  /** Who holds it now; undefined when nobody does, or only a process that is gone. */
  holder(lockId: string): Promise<LockHolder | undefined>;
}

export interface LockEnvironment {
  folder: string;
  host: string;
  program: string;
  processes: ProcessTable;
  epochMs: () => number;
}

/** Two starts of the computer that are closer than this are the same one: the calendar clock is corrected now and then. */
const sameBootMs = 60_000;
/** Somebody else may take over a stale lock at the same moment; after so many rounds something is wrong. */
const mostRounds = 20;

/**
 * Locks on instruments as files in one folder, valid across windows, tabs and processes of this computer. Linking a finished file to a name
 * that must not exist is atomic on every file system that a home folder lies on. A lock whose process is gone is taken over by renaming it away first, so that of two
 * processes that find it stale only one wins.
 */
export function createLocks(environment: LockEnvironment): InstrumentLocks {
  const { folder, processes, host, program, epochMs } = environment;

  const pathOf = (lockId: string): string => {
    const safe = lockId.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 60);
    return join(folder, `${safe}-${createHash('sha256').update(lockId).digest('hex').slice(0, 12)}.lock`);
  };

  const read = async (path: string): Promise<LockFile | 'absent' | 'unreadable'> => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'absent';
      throw error;
    }
    try {
      return lockFileSchema.parse(JSON.parse(text));
    } catch {
      return 'unreadable';
    }
  };

  const alive = async (lock: LockFile): Promise<boolean> => {
    if (lock.host !== host) return true;
    if (Math.abs(lock.bootEpochMs - processes.bootEpochMs()) > sameBootMs) return false;
    if (!processes.isAlive(lock.pid)) return false;
    const started = await processes.startOf(lock.pid);
    return lock.started === undefined || started === undefined || started === lock.started;
  };

  const toHolder = (lock: LockFile): LockHolder => ({
    pid: lock.pid,
    host: lock.host,
    program: lock.program,
    purpose: lock.purpose,
    sinceEpochMs: lock.sinceEpochMs,
    ours: lock.pid === processes.pid && lock.host === host,
  });

  /** Moves a stale lock out of the way; what was moved by mistake (somebody was faster) is put back. */
  const clear = async (path: string, stale: LockFile | 'unreadable'): Promise<void> => {
    const aside = `${path}.${randomBytes(6).toString('hex')}.stale`;
    try {
      await rename(path, aside);
    } catch {
      return;
    }
    const moved = await read(aside);
    const sameOne =
      typeof moved === 'object' && typeof stale === 'object' ? moved.token === stale.token : moved === stale;
    if (sameOne) await rm(aside, { force: true });
    else await rename(aside, path).catch(() => undefined);
  };

  /** Makes the file with its content in one step, so that nobody ever reads half a lock; fails when it exists. */
  const createWhole = async (path: string, text: string, token: string): Promise<void> => {
    const draft = `${path}.${token.slice(0, 12)}.draft`;
    await writeFile(draft, text);
    try {
      await link(draft, path);
    } finally {
      await rm(draft, { force: true });
    }
  };

  const claim = async (lockId: string, label: string, purpose: string): Promise<InstrumentLock> => {
    const path = pathOf(lockId);
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw new Fault('bench.lockFailed', { label, folder, reason: (error as Error).message }, { cause: error });
    }
    const started = await processes.startOf(processes.pid);
    const mine: LockFile = {
      token: randomBytes(16).toString('hex'),
      pid: processes.pid,
      ...(started === undefined ? {} : { started }),
      bootEpochMs: processes.bootEpochMs(),
      host,
      program,
      purpose,
      sinceEpochMs: epochMs(),
    };
    for (let round = 0; round < mostRounds; round += 1) {
      try {
        await createWhole(path, JSON.stringify(mine), mine.token);
        return { release: () => release(path, mine.token) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
          throw new Fault('bench.lockFailed', { label, folder, reason: (error as Error).message }, { cause: error });
        }
      }
      const current = await read(path);
      if (current === 'absent') continue;
      if (typeof current === 'object' && (await alive(current))) {
        throw new Fault('bench.instrumentHeld', {
          label,
          program: current.program,
          pid: current.pid,
          purpose: current.purpose,
        });
      }
      await clear(path, current);
    }
    throw new Fault('bench.lockFailed', { label, folder, reason: 'contention' });
  };

  const release = async (path: string, token: string): Promise<void> => {
    const current = await read(path);
    if (typeof current === 'object' && current.token === token) await rm(path, { force: true });
  };

  return {
    claim,
    async holder(lockId) {
      const lock = await read(pathOf(lockId));
      return typeof lock === 'object' && (await alive(lock)) ? toHolder(lock) : undefined;
    },
  };
}
