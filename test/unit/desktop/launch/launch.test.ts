import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronBinary } from '../../../../src/main/desktop/launch/electron-binary.ts';
import { fetchElectron } from '../../../../src/main/desktop/launch/fetch-electron.ts';
import type { FetchParts } from '../../../../src/main/desktop/launch/fetch-electron.ts';
import { launch } from '../../../../src/main/desktop/launch/launch.ts';
import type { LaunchParts } from '../../../../src/main/desktop/launch/launch.ts';
import { sandboxPossible, windowObstacle } from '../../../../src/main/desktop/launch/linux-checks.ts';
import type { LinuxFacts } from '../../../../src/main/desktop/launch/linux-checks.ts';
import { createText } from '../../../../src/shared/text/index.ts';
import { projectRoot } from '../../../support/electron/build.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

describe('electronBinary', () => {
  const installed: Record<string, string> = {
    '/nm/electron/dist/version': '45.4.1',
    '/nm/electron/path.txt': 'electron',
    '/nm/electron/dist/electron': '',
    '/other/electron': '',
  };
  const find = (
    files: Record<string, string>,
    env: Record<string, string> = {},
    platform: NodeJS.Platform = 'linux',
  ): string | undefined =>
    electronBinary({
      platform,
      env,
      packageFolder: platform === 'win32' ? 'C:\\nm\\electron' : '/nm/electron',
      version: '45.4.1',
      read: (path) => files[path],
      exists: (path) => path in files,
    });

  it('is found when all three files say so', () => {
    expect(find(installed)).toBe('/nm/electron/dist/electron');
    expect(find({ ...installed, '/nm/electron/dist/version': 'v45.4.1\n' })).toBe('/nm/electron/dist/electron');
  });

  it.each(Object.keys(installed).slice(0, 3))('is not there without %s', (path) => {
    const { [path]: _gone, ...rest } = installed;
    expect(find(rest)).toBeUndefined();
  });

  it('is not that of another version or platform', () => {
    expect(find({ ...installed, '/nm/electron/dist/version': '44.0.0' })).toBeUndefined();
    expect(find({ ...installed, '/nm/electron/path.txt': 'electron.exe' })).toBeUndefined();
  });

  it('is the override’s if the file is there', () => {
    expect(find(installed, { ELECTRON_OVERRIDE_DIST_PATH: '/other' })).toBe('/other/electron');
    expect(find(installed, { ELECTRON_OVERRIDE_DIST_PATH: '/empty' })).toBeUndefined();
  });

  it('has its own name on Windows and macOS', () => {
    const windows = {
      'C:\\nm\\electron\\dist\\version': '45.4.1',
      'C:\\nm\\electron\\path.txt': 'electron.exe',
      'C:\\nm\\electron\\dist\\electron.exe': '',
    };
    expect(find(windows, {}, 'win32')).toBe('C:\\nm\\electron\\dist\\electron.exe');
    const program = 'Electron.app/Contents/MacOS/Electron';
    const mac = {
      '/nm/electron/dist/version': '45.4.1',
      '/nm/electron/path.txt': program,
      [`/nm/electron/dist/${program}`]: '',
    };
    expect(find(mac, {}, 'darwin')).toBe(`/nm/electron/dist/${program}`);
  });
});

describe('what Linux must allow', () => {
  const facts = (files: Record<string, string>, helper?: { uid: number; mode: number }): LinuxFacts => ({
    env: { DISPLAY: ':0' },
    uid: 1000,
    read: (path) => files[path],
    stat: (path) => (path === '/e/chrome-sandbox' ? helper : undefined),
  });
  const restricted = { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1\n' };

  it('a screen and an ordinary user', () => {
    expect(windowObstacle(facts({}))).toBeUndefined();
    expect(windowObstacle({ ...facts({}), env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeUndefined();
    expect(windowObstacle({ ...facts({}), env: {} })).toBe('noDisplay');
    expect(windowObstacle({ ...facts({}), env: { DISPLAY: '' } })).toBe('noDisplay');
    expect(windowObstacle({ ...facts({}), uid: 0 })).toBe('root');
  });

  it('user namespaces, or the helper with root’s rights', () => {
    expect(sandboxPossible('/e/electron', facts({}))).toBe(true);
    expect(sandboxPossible('/e/electron', facts(restricted, { uid: 0, mode: 0o104755 }))).toBe(true);
    expect(sandboxPossible('/e/electron', facts(restricted, { uid: 0, mode: 0o100755 }))).toBe(false);
    expect(sandboxPossible('/e/electron', facts(restricted, { uid: 1000, mode: 0o104755 }))).toBe(false);
    for (const path of ['/proc/sys/kernel/unprivileged_userns_clone', '/proc/sys/user/max_user_namespaces']) {
      expect(sandboxPossible('/e/electron', facts({ [path]: '0\n' }))).toBe(false);
      expect(sandboxPossible('/e/electron', facts({ [path]: '1\n' }))).toBe(true);
    }
  });
});

describe('fetchElectron', () => {
  const hanging: FetchParts['download'] = (signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  const parts = (clock: ManualClock, change: Partial<FetchParts>): FetchParts => ({
    clock,
    download: () => Promise.resolve(),
    unpack: () => Promise.resolve(),
    onPercent: () => undefined,
    ...change,
  });

  it('gives a silent server two seconds', async () => {
    const clock = new ManualClock();
    const fetched = fetchElectron(parts(clock, { download: hanging }));
    await clock.advance(2);
    expect(await fetched).toMatchObject({ ok: false, reason: 'silentServer' });
    expect(clock.pending).toBe(0);
  });

  it('gives a download that stalls twenty', async () => {
    const clock = new ManualClock();
    const fetched = fetchElectron(
      parts(clock, {
        download: (signal, onProgress) => {
          onProgress({ transferred: 10, total: 100 });
          return hanging(signal, onProgress);
        },
      }),
    );
    await clock.advance(19);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await fetched).toMatchObject({ ok: false, reason: 'silentServer' });
  });

  it('shows each whole percent once, then unpacks', async () => {
    const clock = new ManualClock();
    const shown: number[] = [];
    let unpacked = false;
    const fetched = fetchElectron(
      parts(clock, {
        download: (_signal, onProgress) => {
          for (const transferred of [1, 2, 500, 505, 1000]) onProgress({ transferred, total: 1000 });
          onProgress({ transferred: 1000, total: null });
          return Promise.resolve();
        },
        unpack: () => Promise.resolve(void (unpacked = true)),
        onPercent: (percent) => shown.push(percent),
      }),
    );
    expect(await fetched).toEqual({ ok: true });
    expect([shown, unpacked, clock.pending]).toEqual([[0, 50, 100], true, 0]);
  });

  it('tells what went wrong', async () => {
    const clock = new ManualClock();
    expect(await fetchElectron(parts(clock, { download: () => Promise.reject(new Error('404')) }))).toEqual({
      ok: false,
      reason: 'noBinary',
      detail: '404',
    });
    expect(
      await fetchElectron(parts(clock, { unpack: () => Promise.reject(new Error('install.js: 1')) })),
    ).toMatchObject({ ok: false, reason: 'noBinary' });
  });
});

describe('launch', () => {
  interface Ran {
    code: number;
    ran: string[];
    said: string[];
  }

  async function run(change: Partial<LaunchParts> = {}): Promise<Ran> {
    const ran: string[] = [];
    const said: string[] = [];
    const { t } = createText();
    const code = await launch({
      args: [],
      version: '45.4.1',
      clock: new ManualClock(),
      binary: () => '/e/electron',
      fetch: () => Promise.resolve({ ok: true }),
      obstacle: () => undefined,
      sandboxPossible: () => true,
      runElectron: (program) => Promise.resolve((ran.push(program), 0)),
      runBrowser: () => Promise.resolve((ran.push('browser'), 7)),
      say: (key, values) => void said.push(t(key, values)),
      t,
      ...change,
    });
    return { code, ran, said };
  }

  it('opens the window and says nothing', async () => {
    expect(await run()).toEqual({ code: 0, ran: ['/e/electron'], said: [] });
  });

  it('opens the browser when asked, without looking for Electron', async () => {
    const never = (): never => {
      throw new Error('looked');
    };
    expect(await run({ args: ['--browser'], binary: never, fetch: never, obstacle: never })).toEqual({
      code: 7,
      ran: ['browser'],
      said: [],
    });
  });

  it('fetches Electron when it is not there', async () => {
    let there = false;
    const fetch = (): Promise<{ ok: true }> => Promise.resolve((there = true) && { ok: true });
    expect((await run({ binary: () => (there ? '/e/electron' : undefined), fetch })).ran).toEqual(['/e/electron']);
  });

  it.each<[string, Partial<LaunchParts>, RegExp]>([
    ['there is no screen', { obstacle: () => 'noDisplay' }, /DISPLAY/],
    ['it would run as root', { obstacle: () => 'root' }, /root/],
    [
      'the server is silent',
      { binary: () => undefined, fetch: () => Promise.resolve({ ok: false, reason: 'silentServer', detail: '' }) },
      /45\.4\.1 does not answer/,
    ],
    [
      'there is no network',
      {
        binary: () => undefined,
        fetch: () => Promise.resolve({ ok: false, reason: 'noBinary', detail: 'fetch failed' }),
      },
      /45\.4\.1.*fetch failed/,
    ],
    ['nothing came of fetching', { binary: () => undefined }, /45\.4\.1/],
    ['there can be no sandbox', { sandboxPossible: () => false }, /sandbox/],
    ['it ends at once', { runElectron: () => Promise.resolve(133) }, /133/],
  ])('says in one line why and opens the browser when %s', async (_why, change, words) => {
    const { code, ran, said } = await run(change);
    expect([code, ran, said.length]).toEqual([7, ['browser'], 1]);
    expect(said[0]).toMatch(words);
    expect(said[0]).toMatch(/^Desktop window not available \(.+\); opening the same app in the browser\.$/);
    expect(said[0]).not.toContain('\n');
  });

  it('gives the exit code of a window that failed later', async () => {
    const clock = new ManualClock();
    const runElectron = async (): Promise<number> => {
      await clock.advance(3);
      return 5;
    };
    expect(await run({ clock, runElectron })).toEqual({ code: 5, ran: [], said: [] });
  });
});

describe('src/main/start.mjs', () => {
  it('loads in plain Node, and never asks the electron package for its program', async () => {
    // Under a hook that fails if it is asked: asking would start a download without a time limit.
    const script = join(projectRoot, 'test', 'support', 'electron', 'run-start.mjs');
    const child = spawn(process.execPath, [script], { env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' } });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    child.stderr.on('data', (part: Buffer) => (text += part.toString()));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(text).not.toContain('Downloading');
    expect([code, text]).toEqual([0, expect.stringMatching(/electron not asked\n$/)]);
  });
});
