import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Why pseudo terminals cannot be used here, in the words of the committed list of expected skips; else undefined. */
export const noPtyReason =
  process.platform !== 'win32' && spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0
    ? undefined
    : 'socat absent: install the package socat to test serial ports on pseudo terminals';

export interface Pty {
  path: string;
  /** Pulls the plug: the terminal is gone. */
  unplug(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A pseudo terminal whose other side is the given socat address, for instance `tcp:127.0.0.1:7000`.
 * @param at path of the terminal, so that the same one can be plugged in again
 */
export async function openPty(address: string, at?: string): Promise<Pty> {
  const folder = await mkdtemp(join(tmpdir(), 'joulebench-pty-'));
  const path = at ?? join(folder, 'dut');
  const child: ChildProcess = spawn('socat', [`PTY,raw,echo=0,link=${path}`, address], { stdio: 'ignore' });
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill();
      await once(child, 'exit');
    }
  };
  for (let tries = 0; !existsSync(path); tries += 1) {
    if (tries > 500 || child.exitCode !== null) throw new Error(`socat made no terminal for ${address}`);
    await pause(10);
  }
  return {
    path,
    unplug: end,
    close: async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
