import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/main/bench/index.ts';
import { guardAddress, guardOwner, newGuardAddress } from '../../../../src/main/flash/process/guard-address.ts';
import { guardedStart } from '../../../../src/main/flash/process/index.ts';
import { killGroup } from '../../../../src/main/flash/process/kill-group.ts';
import { removeOldSockets } from '../../../../src/main/flash/process/old-sockets.ts';
import { guardCommand } from '../../../../src/main/flash/process/start-tool.ts';

const clock = systemClock();
const { platform } = process;
const never = new AbortController().signal;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(10);
}

/** A tool that starts a child of its own, says both numbers and waits for ever, deaf to gentle signals. */
const family = `
  const { spawn } = require('node:child_process');
  process.on('SIGTERM', () => undefined);
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
  console.log(JSON.stringify([process.pid, child.pid]));
  setInterval(() => 0, 1000);
`;

async function run(source: string): Promise<{ out: string; err: string; end: unknown }> {
  let [out, err] = ['', ''];
  const tool = await guardedStart({ clock, platform })(
    { tool: 'T', path: process.execPath, args: ['-e', source], cwd: tmpdir(), env: { EXTRA: 'gr\u00fcn' } },
    { onOut: (text) => (out += text), onErr: (text) => (err += text) },
    never,
  );
  return { end: await tool.ended, out, err };
}

async function startFamily(): Promise<{ tool: Awaited<ReturnType<ReturnType<typeof guardedStart>>>; pids: number[] }> {
  const said = Promise.withResolvers<number[]>();
  const tool = await guardedStart({ clock, platform })(
    { tool: 'T', path: process.execPath, args: ['-e', family], cwd: tmpdir() },
    { onOut: (text) => said.resolve(JSON.parse(text) as number[]), onErr: () => undefined },
    never,
  );
  return { tool, pids: await said.promise };
}

describe('a tool under its guard', () => {
  it('passes on both streams, the environment and the end', async () => {
    const { out, err, end } = await run(
      'console.log(process.env.EXTRA, "\u00e4"); console.error("bad"); process.exit(7)',
    );
    expect(out).toBe('gr\u00fcn \u00e4\n');
    expect(err).toBe('bad\n');
    expect(end).toEqual({ code: 7, signal: null });
  });

  it('does not hand the guard\u2019s own variables to the tool', async () => {
    const { out } = await run('console.log(process.env.ELECTRON_RUN_AS_NODE)');
    expect(out).toBe('undefined\n');
  });

  it('that cannot be started is a fault with the reason', async () => {
    const starting = guardedStart({ clock, platform })(
      { tool: 'OpenOCD', path: '/nowhere/openocd', args: [], cwd: tmpdir() },
      { onOut: () => undefined, onErr: () => undefined },
      never,
    );
    await expect(starting).rejects.toMatchObject({
      code: 'flash.toolNotStarted',
      facts: { tool: 'OpenOCD', reason: 'ENOENT' },
    });
  });

  it('is not started for somebody who has gone', async () => {
    const reason = new Error('stopped');
    const starting = guardedStart({ clock, platform })(
      { tool: 'T', path: process.execPath, args: [], cwd: tmpdir() },
      { onOut: () => undefined, onErr: () => undefined },
      AbortSignal.abort(reason),
    );
    await expect(starting).rejects.toBe(reason);
  });

  it('a guard that cannot be started is a fault', async () => {
    const starting = guardedStart({ clock, platform, execPath: '/nowhere/node' })(
      { tool: 'T', path: process.execPath, args: [], cwd: tmpdir() },
      { onOut: () => undefined, onErr: () => undefined },
      never,
    );
    await expect(starting).rejects.toMatchObject({ code: 'flash.toolNotStarted' });
  });

  it('is ended with its children', async () => {
    const { tool, pids } = await startFamily();
    tool.kill('SIGKILL');
    expect((await tool.ended).signal).toBe('SIGKILL');
    for (const pid of pids) await gone(pid);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });

  it('a child that it leaves behind is ended too', async () => {
    const { out } = await run(
      `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
       console.log(child.pid); child.unref(); setTimeout(() => process.exit(0), 50);`,
    );
    await gone(Number(out));
    expect(isAlive(Number(out))).toBe(false);
  });

  it('does not outlive an app that is killed', async () => {
    const victim = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `
          import { guardedStart } from ${JSON.stringify(new URL('../../../../src/main/flash/process/index.ts', import.meta.url).href)};
          import { systemClock } from ${JSON.stringify(new URL('../../../../src/main/bench/index.ts', import.meta.url).href)};
          const start = guardedStart({ clock: systemClock(), platform: process.platform });
          await start(
            { tool: 'T', path: process.execPath, args: ['-e', ${JSON.stringify(family)}], cwd: '/' },
            { onOut: (text) => process.stdout.write(text), onErr: () => undefined },
            new AbortController().signal,
          );
          setInterval(() => 0, 1000);
        `,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [text] = (await once(victim.stdout, 'data')) as [Buffer];
    const pids = JSON.parse(text.toString()) as number[];
    expect(pids.map(isAlive)).toEqual([true, true]);
    victim.kill('SIGKILL');
    for (const pid of pids) await gone(pid);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });

  it('is ended from here when its guard is killed', async () => {
    const guards: number[] = [];
    const said = Promise.withResolvers<number[]>();
    const start = guardedStart({
      clock,
      platform,
      spawnGuard: (command, args, options) => {
        const guard = spawn(command, args, options);
        guards.push(guard.pid ?? 0);
        return guard;
      },
    });
    const tool = await start(
      { tool: 'T', path: process.execPath, args: ['-e', family], cwd: tmpdir() },
      { onOut: (text) => said.resolve(JSON.parse(text) as number[]), onErr: () => undefined },
      never,
    );
    const pids = await said.promise;
    process.kill(guards[0] ?? 0, 'SIGKILL');
    expect(await tool.ended).toEqual({ code: null, signal: 'SIGKILL' });
    for (const pid of pids) await gone(pid);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });
});

describe('how a guard is started', () => {
  const env = { SystemRoot: 'C:\\Windows', NODE_OPTIONS: '--inspect', ELECTRON_RUN_AS_NODE: '1', KEPT: 'yes' };

  it('from the sources: as a script, in a group of its own, away from any folder', () => {
    const how = guardCommand('/run/a.sock', { platform: 'linux', execPath: '/usr/bin/node', packaged: false, env });
    expect(how.command).toBe('/usr/bin/node');
    expect(how.args[0]).toMatch(/guard-child\.(ts|js)$/);
    expect(how.args[1]).toBe('--tool-guard=/run/a.sock');
    expect(how.options).toMatchObject({ detached: true, windowsHide: true, stdio: 'ignore', cwd: '/' });
    expect(how.options.env).toEqual({ SystemRoot: 'C:\\Windows', KEPT: 'yes', ELECTRON_RUN_AS_NODE: '1' });
  });

  it('packaged, on Windows: the app itself with the argument', () => {
    const how = guardCommand('\\\\.\\pipe\\a', { platform: 'win32', execPath: 'J.exe', packaged: true, env });
    expect(how.args).toEqual(['--tool-guard=\\\\.\\pipe\\a']);
    expect(how.options.cwd).toBe('C:\\Windows');
    expect(how.options.env).toEqual({ SystemRoot: 'C:\\Windows', KEPT: 'yes' });
  });

  it('knows its address again', () => {
    expect(newGuardAddress('win32')).toMatch(/^\\\\\.\\pipe\\joulebench-tool-\d+-[0-9a-f]{24}$/);
    expect(newGuardAddress('linux', '/t', 41)).toMatch(/^\/t\/joulebench-tool-41-[0-9a-f]{24}\.sock$/);
    expect(guardOwner(basename(newGuardAddress('linux', '/t', 41)))).toBe(41);
    expect(
      ['x.sock', 'joulebench-tool-41.sock', 'joulebench-tool-0-' + 'a'.repeat(24) + '.sock'].map(guardOwner),
    ).toEqual([undefined, undefined, undefined]);
    expect(guardAddress(['node', 'x', '--tool-guard=/t/a'])).toBe('/t/a');
    expect(guardAddress(['node', 'x'])).toBeUndefined();
  });
});

describe('sockets that a killed program left', () => {
  it('go with the next start; those of living programs and other files stay', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jb-sockets-'));
    const dead = basename(newGuardAddress('linux', folder, 41));
    const living = basename(newGuardAddress('linux', folder, 42));
    for (const name of [dead, living, 'joulebench-tool-notes.txt']) writeFileSync(join(folder, name), '');
    await removeOldSockets(folder, (pid) => pid === 42);
    expect(readdirSync(folder).sort()).toEqual([living, 'joulebench-tool-notes.txt'].sort());
    await removeOldSockets(join(folder, 'nothing'));

    // Nobody has that number: the system's own answer counts.
    writeFileSync(join(folder, basename(newGuardAddress('linux', folder, 4_000_000))), '');
    writeFileSync(join(folder, basename(newGuardAddress('linux', folder))), '');
    const start = guardedStart({ clock, platform: 'linux', socketFolder: folder, execPath: '/nowhere/node' });
    await start(
      { tool: 'T', path: process.execPath, args: [], cwd: tmpdir() },
      { onOut: () => undefined, onErr: () => undefined },
      never,
    ).catch(() => undefined);
    const left = readdirSync(folder).map(guardOwner);
    expect(left).not.toContain(4_000_000);
    expect(left).toContain(process.pid);
    rmSync(folder, { recursive: true });
  });
});

describe('ending a group', () => {
  it('on POSIX by the group\u2019s number; that it is gone is no fault', () => {
    const killed: unknown[] = [];
    const kill = (pid: number, signal: string): void => {
      killed.push([pid, signal]);
      throw new Error('ESRCH');
    };
    killGroup(41, 'SIGTERM', { platform: 'linux', kill, run: () => killed.push('run') });
    expect(killed).toEqual([[-41, 'SIGTERM']]);
  });

  it('on Windows its tree, at once', () => {
    const ran: unknown[] = [];
    const run = (command: string, args: readonly string[]): void => void ran.push([command, ...args]);
    killGroup(41, 'SIGTERM', { platform: 'win32', kill: () => ran.push('kill'), run });
    expect(ran).toEqual([['taskkill', '/PID', '41', '/T', '/F']]);
  });
});
