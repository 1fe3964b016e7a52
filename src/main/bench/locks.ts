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
/** Others may let go and take at the same moment; after so many rounds something is wrong. */
const mostRounds = 20;

const newToken = (): string => randomBytes(16).toString('hex');
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/**
 * Locks on instruments as files in one folder, valid across windows, tabs and processes of this computer. Linking a finished file to a name
 * that must not exist is atomic on every file system that a home folder lies on. A lock whose process is gone is replaced only by the process that
 * holds a second lock beside it, made the same way: moving the stale one away instead would leave a moment in which a third process finds no lock at all.
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
      if (codeOf(error) === 'ENOENT') return 'absent';
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

  /** Puts a whole file in place in one step, so that nobody ever reads half a lock. */
  const putWhole = async (path: string, lock: LockFile, put: (draft: string) => Promise<void>): Promise<void> => {
    const draft = `${path}.${lock.token.slice(0, 12)}.draft`;
    await writeFile(draft, JSON.stringify(lock));
    try {
      await put(draft);
    } finally {
      await rm(draft, { force: true });
    }
  };

  /** Takes a name in the folder, if need be from a process that is gone. */
  const take = async (path: string, mine: LockFile, label: string): Promise<void> => {
    for (let round = 0; round < mostRounds; round += 1) {
      try {
        await putWhole(path, mine, (draft) => link(draft, path));
        return;
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw failed(label, error);
      }
      const current = await read(path);
      if (current === 'absent') continue;
      if (typeof current === 'object' && (await alive(current))) throw held(label, current);
      if (await takeOver(path, mine, label)) return;
    }
    throw new Fault('bench.lockFailed', { label, folder, reason: 'contention' });
  };

  /**
   * Replaces a stale lock, under a lock of its own: whoever finds that one held is told its holder, who is about to hold the instrument too.
   * @returns false when the lock is no longer stale
   */
  const takeOver = async (path: string, mine: LockFile, label: string): Promise<boolean> => {
    const guardPath = `${path}.takeover`;
    const guard = { ...mine, token: newToken() };
    await take(guardPath, guard, label);
    try {
      const current = await read(path);
      if (current === 'absent' || (typeof current === 'object' && (await alive(current)))) return false;
      await putWhole(path, mine, (draft) => rename(draft, path));
      return true;
    } catch (error) {
      // Windows replaces no file that another process is just reading: the next round does.
      if (['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error) ?? '')) return false;
      throw failed(label, error);
    } finally {
      await release(guardPath, guard.token);
    }
  };

  const held = (label: string, { program, pid, purpose }: LockFile): Fault =>
    new Fault('bench.instrumentHeld', { label, program, pid, purpose });
  const failed = (label: string, error: unknown): Fault =>
    new Fault('bench.lockFailed', { label, folder, reason: (error as Error).message }, { cause: error });

  const claim = async (lockId: string, label: string, purpose: string): Promise<InstrumentLock> => {
    const path = pathOf(lockId);
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw failed(label, error);
    }
    const started = await processes.startOf(processes.pid);
    const mine: LockFile = {
      token: newToken(),
      pid: processes.pid,
      ...(started === undefined ? {} : { started }),
      bootEpochMs: processes.bootEpochMs(),
      host,
      program,
      purpose,
      sinceEpochMs: epochMs(),
    };
    await take(path, mine, label);
    return { release: () => release(path, mine.token) };
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
