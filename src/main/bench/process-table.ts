import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';

/** What the locks ask about processes. */
export interface ProcessTable {
  readonly pid: number;
  isAlive(pid: number): boolean;
  /** A text that differs between two processes that had the same number; undefined where the platform does not tell. */
  startOf(pid: number): Promise<string | undefined>;
  bootEpochMs(): number;
}

export function systemProcesses(platform: NodeJS.Platform): ProcessTable {
  const bootEpochMs = Math.round(Date.now() - uptime() * 1000);
  return {
    pid: process.pid,
    isAlive(pid) {
      try {
        process.kill(pid, 0);
        return true;
      } catch (error) {
        // EPERM: it is there and belongs to somebody else.
        return (error as NodeJS.ErrnoException).code === 'EPERM';
      }
    },
    async startOf(pid) {
      if (platform !== 'linux') return undefined;
      try {
        const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
        // Field 22; the name in field 2 may hold blanks, so count from its closing bracket.
        return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
      } catch {
        return undefined;
      }
    },
    bootEpochMs: () => bootEpochMs,
  };
}
