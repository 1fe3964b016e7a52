import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { openVirtualProbe } from '../../rig/probe/index.ts';
import { imageOf } from './tools-rig.ts';

export const bytes = 100_000;
export const image = imageOf(bytes);
export const kills = 20;
const erased = new Uint8Array(bytes).fill(0xff);

/** Places spread over the whole of the programming, in an order that does not follow it. */
export const places = Array.from({ length: kills }, (_, index) =>
  Math.floor((((index * 7) % kills) + 0.37) * (bytes / kills)),
);

/** A process that has ended and waits to be asked how is not alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

/** Ends at the test's own deadline where it never comes. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(2);
}

/** Flashes in a process of its own, kills that when so much was programmed, and returns what it knew and what is left of the tool. */
export async function killApp(tool: 'openocd' | 'pyocd', place: number): Promise<{ state: string; flash: Uint8Array }> {
  const probe = await openVirtualProbe({ chip: 'stm32f4' });
  const folder = await mkdtemp(join(tmpdir(), 'joulebench-kill-'));
  const stateFile = join(folder, 'state');
  try {
    const script = fileURLToPath(new URL('tools-victim.ts', import.meta.url));
    const args = [script, tool, probe.stlinkPort, probe.pyocdPort, probe.serial, stateFile, bytes].map(String);
    const victim = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    victim.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until(() => probe.programmedBytes >= place || victim.exitCode !== null);
    victim.kill('SIGKILL');
    const pids = said.trim().split('\n').map(Number);
    expect(pids.length).toBeGreaterThan(1);
    await until(() => !pids.some(isAlive));
    // Nobody programs any more.
    const flash = probe.flash().subarray(0, bytes);
    await pause(20);
    expect(probe.flash().subarray(0, bytes)).toEqual(flash);
    return { state: existsSync(stateFile) ? await readFile(stateFile, 'utf8') : 'untouched', flash };
  } finally {
    await probe.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export function expectTruth({ state, flash }: { state: string; flash: Uint8Array }): void {
  if (state === 'untouched') expect(flash).toEqual(erased);
  else if (state === 'verified') expect(flash).toEqual(image);
  else expect(state).toBe('partial');
}
