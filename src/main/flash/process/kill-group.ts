import { spawnSync } from 'node:child_process';

export type EndSignal = 'SIGTERM' | 'SIGKILL';

/** How a group of processes is ended; a parameter, so that it is tested for every platform. */
export interface KillWorld {
  platform: NodeJS.Platform;
  kill: (pid: number, signal: EndSignal) => void;
  /** Runs a program and waits for it. */
  run: (command: string, args: readonly string[]) => void;
}

export function systemKill(platform: NodeJS.Platform): KillWorld {
  return {
    platform,
    kill: (pid, signal) => {
      process.kill(pid, signal);
    },
    run: (command, args) => {
      spawnSync(command, args, { stdio: 'ignore', windowsHide: true });
    },
  };
}

/**
 * Ends a tool and everything that it started. On POSIX the tool leads a group of its own; Windows has no groups and no gentle end of a
 * program without a window: there its tree is ended at once. That nobody is left to be ended is no fault.
 */
export function killGroup(pid: number, signal: EndSignal, { platform, kill, run }: KillWorld): void {
  if (platform === 'win32') {
    run('taskkill', ['/PID', String(pid), '/T', '/F']);
    return;
  }
  try {
    kill(-pid, signal);
  } catch {
    // ESRCH: gone. EPERM: of nobody's business any more (its number went to somebody else).
  }
}
