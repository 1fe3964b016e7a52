import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSupplyWatch, systemClock } from '../../../src/main/bench/index.ts';
import { newWatchAddress, watchAddress } from '../../../src/main/bench/supply-watch-address.ts';
import { watchCommand } from '../../../src/main/bench/supply-watch.ts';
import { noPtyReason, openPty } from '../../rig/dut/index.ts';
import type { Pty } from '../../rig/dut/index.ts';

if (noPtyReason) console.warn(`skipped: ${noPtyReason}`);

const clock = systemClock();
const { platform } = process;
const panicText = '\r\npwr off\r\nstop\r\npwr off\r\n';
const panicOf = (path: string | null): { path: string | null; baud: number; bytes: Uint8Array } => ({
  path,
  baud: 115_200,
  bytes: Buffer.from(panicText),
});

/** A program that arms a watchdog and then waits to be killed. */
const victimSource = `
  import { startSupplyWatch, systemClock } from ${JSON.stringify(new URL('../../../src/main/bench/index.ts', import.meta.url).href)};
  const [path, text] = process.argv.slice(1);
  const panic = { path, baud: 115200, bytes: Buffer.from(text) };
  const watch = await startSupplyWatch(panic, { clock: systemClock(), label: 'LPM01A', platform: process.platform });
  console.log(watch.pid);
  setInterval(() => undefined, 1000);
`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(20);
}

describe('where there is no port', () => {
  it('there is nothing to watch', async () => {
    expect(await startSupplyWatch(panicOf(null), { clock, label: 'virtual', platform })).toBeUndefined();
  });

  it('a watchdog that cannot start is a fault', async () => {
    const starting = startSupplyWatch(panicOf('COM5'), {
      clock,
      label: 'LPM01A',
      platform,
      execPath: '/no/such/program',
    });
    await expect(starting).rejects.toMatchObject({ code: 'emon.noSupplyWatch', facts: { instrument: 'LPM01A' } });
    const ending = startSupplyWatch(panicOf(''), { clock, label: 'LPM01A', platform });
    await expect(ending).rejects.toMatchObject({ code: 'emon.noSupplyWatch' });
  });

  it.each([
    ['linux', {}, '/'],
    ['darwin', {}, '/'],
    ['win32', { SystemRoot: 'D:\\Windows' }, 'D:\\Windows'],
    ['win32', {}, 'C:\\'],
  ] as const)('on %s it is started apart from its parent, as plain Node', (system, env, cwd) => {
    const plain = watchCommand('address', { platform: system, env, execPath: 'joulebench.exe' });
    expect(plain.command).toBe('joulebench.exe');
    expect(plain.args[0]).toMatch(/supply-watch-child\.ts$/);
    expect(plain.args.slice(1)).toEqual(['--supply-watch=address']);
    expect(plain.options).toMatchObject({ detached: true, windowsHide: true, cwd, env: { ELECTRON_RUN_AS_NODE: '1' } });
  });

  it('the packaged app runs no script: it is told by its argument alone', () => {
    const env = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect', HOME: '/home/x' };
    const packaged = watchCommand('address', { platform: 'linux', env, execPath: 'joulebench', packaged: true });
    expect(packaged.args).toEqual(['--supply-watch=address']);
    expect(packaged.options.env).toEqual({ HOME: '/home/x' });
    expect(watchAddress(['joulebench', ...packaged.args])).toBe('address');
    expect(watchAddress(['joulebench', 'run', '--supply'])).toBeUndefined();
  });

  it('the address is a new one each time, of the kind that the system has', () => {
    expect(newWatchAddress('win32')).toMatch(/^\\\\\.\\pipe\\joulebench-watch-[0-9a-f]{24}$/);
    expect(newWatchAddress('linux', '/tmp')).toMatch(/^\/tmp\/joulebench-watch-[0-9a-f]{24}\.sock$/);
    expect(newWatchAddress('darwin')).not.toBe(newWatchAddress('darwin'));
  });

  it('a child that has nobody to watch goes', async () => {
    const child = spawn(process.execPath, watchCommand('/no/such/parent', { platform }).args, { stdio: 'ignore' });
    expect((await once(child, 'exit'))[0]).toBe(0);
  });
});

describe.skipIf(noPtyReason)('on a pseudo terminal', () => {
  let server: Server;
  let received: string;
  let pty: Pty;
  let folder: string;
  const victims: ChildProcess[] = [];

  beforeEach(async () => {
    received = '';
    folder = await mkdtemp(join(tmpdir(), 'joulebench-watch-'));
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    pty = await openPty(`tcp:127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(async () => {
    for (const victim of victims.splice(0)) victim.kill('SIGKILL');
    await pty.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function victimOf(path: string): Promise<{ victim: ChildProcess; watchPid: number }> {
    const victim = spawn(process.execPath, ['--input-type=module', '-e', victimSource, path, panicText], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    victims.push(victim);
    const [line] = (await once(victim.stdout!, 'data')) as [Buffer];
    return { victim, watchPid: Number(line.toString()) };
  }

  it('a parent that is killed leaves the supply off', async () => {
    const { victim, watchPid } = await victimOf(pty.path);
    expect(isAlive(watchPid)).toBe(true);
    // What ends a terminal's programs must not end the watchdog before it has acted.
    process.kill(watchPid, 'SIGINT');
    process.kill(watchPid, 'SIGTERM');
    await pause(100);
    expect(received).toBe('');
    victim.kill('SIGKILL');
    await until(() => received.length >= 2 * panicText.length);
    expect(received).toBe(panicText.repeat(2));
    await until(() => !isAlive(watchPid));
  });

  it('a port that cannot be opened at once is tried again', async () => {
    const path = join(folder, 'port');
    const { victim, watchPid } = await victimOf(path);
    victim.kill('SIGKILL');
    await once(victim, 'exit');
    await pause(300);
    expect(received).toBe('');
    await symlink(pty.path, path);
    await until(() => received.length >= panicText.length);
    expect(received.startsWith(panicText)).toBe(true);
    await until(() => !isAlive(watchPid));
  });

  it('a port that is gone for good does not keep it', async () => {
    const { victim, watchPid } = await victimOf(join(folder, 'none'));
    victim.kill('SIGKILL');
    await until(() => !isAlive(watchPid));
    expect(received).toBe('');
  });

  it('a disarmed one goes and leaves the port alone', async () => {
    const watch = await startSupplyWatch(panicOf(pty.path), { clock, label: 'LPM01A', platform });
    const pid = watch?.pid ?? 0;
    expect(isAlive(pid)).toBe(true);
    await watch?.disarm();
    await watch?.disarm();
    expect(isAlive(pid)).toBe(false);
    expect(received).toBe('');
  });

  it('one that is to act does so while its parent lives', async () => {
    const watch = await startSupplyWatch(panicOf(pty.path), { clock, label: 'LPM01A', platform });
    const pid = watch?.pid ?? 0;
    await watch?.act();
    await watch?.disarm();
    expect(isAlive(pid)).toBe(false);
    await until(() => received.length >= 2 * panicText.length);
    expect(received).toBe(panicText.repeat(2));
  });
});
