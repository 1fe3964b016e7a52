import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HostApi } from '../../../src/main/api/host-api.ts';
import { startDesktop } from '../../../src/main/desktop/index.ts';
import type { DesktopOptions } from '../../../src/main/desktop/index.ts';
import { bridgeChannel, createClient, LiveTopic, wallClock } from '../../../src/shared/contract/index.ts';
import type { CallOutput, Client, DesktopBridge, TopicValue, WindowLike } from '../../../src/shared/contract/index.ts';
import { defaultSettings } from '../../../src/shared/domain/settings.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { buildTarget } from '../../support/electron/build.ts';
import type { Built } from '../../support/electron/build.ts';
import { standInElectron } from '../../support/electron/index.ts';
import type { StandIn, StandInOptions } from '../../support/electron/index.ts';
import { fakeHost } from '../api/fake-host.ts';
import type { FakeHost, FakeHostOptions } from '../api/fake-host.ts';
import { makePageFolder } from '../api/page-folder.ts';
import type { PageFolder } from '../api/page-folder.ts';
import { simBench } from '../contract/fake-handlers.ts';

vi.mock('electron', async () => import('../../support/electron/message-port.ts'));

describe('the desktop app', () => {
  let preload: Built;
  let page: PageFolder;
  let home: string;
  let electron: StandIn;
  let host: FakeHost;
  let signal: () => void;
  let defect: (error: unknown, fatal: boolean) => void;

  beforeAll(async () => {
    preload = await buildTarget('preload');
  });

  afterAll(() => preload.dispose());

  beforeEach(async () => {
    page = await makePageFolder();
    home = await mkdtemp(join(tmpdir(), 'jb-home-'));
  });

  afterEach(async () => {
    expect(electron.problems.all).toEqual([]);
    await page.dispose();
    await rm(home, { recursive: true, force: true });
  });

  interface StartOptions extends StandInOptions, FakeHostOptions {
    env?: Record<string, string>;
    openHost?: () => Promise<HostApi>;
    facts?: Partial<DesktopOptions['facts']>;
  }

  function start({ env = {}, openHost, facts, ...options }: StartOptions = {}): void {
    electron = standInElectron({ runPreload: true, ...options });
    host = fakeHost({ reports: { s1: page.report }, ...options });
    startDesktop({
      electron: electron.parts,
      clock: wallClock(globalThis),
      name: 'Joulebench',
      version: '1.2.3',
      preload: join(preload.folder, 'index.cjs'),
      rendererFolder: page.folder,
      facts: { platform: 'linux', home, env, exists: () => false, writable: () => true, ...facts },
      makeFolder: (path) => void madeFolders.push(path),
      startProgram: (path) => void startedPrograms.push(path),
      openHost: openHost ?? (() => Promise.resolve(host)),
      onSignal: (leave) => (signal = leave),
      onDefect: (listener) => (defect = listener),
    });
  }
  const madeFolders: string[] = [];
  const startedPrograms: string[] = [];

  async function open(options: StartOptions = {}): Promise<void> {
    start(options);
    electron.app.makeReady();
    await vi.waitUntil(
      () => electron.app.windows.size === 1 && electron.window().webContents.getURL() !== 'about:blank',
    );
  }

  function bridge(): DesktopBridge {
    return electron.window().webContents.mainFrame.page.exposed['joulebench'] as DesktopBridge;
  }

  async function connect(): Promise<Client> {
    const { window } = electron.window().webContents.mainFrame.page;
    const channel = await bridgeChannel(window as unknown as WindowLike, bridge(), wallClock(globalThis));
    const client = createClient(channel, { clock: wallClock(globalThis) });
    await client.ready;
    return client;
  }

  it('does before ready what Electron takes only then', () => {
    start();
    expect(electron.app.calls).toEqual([
      'setPath userData',
      'requestSingleInstanceLock',
      'enableSandbox',
      'setAppUserModelId org.joulebench.app',
    ]);
    expect(electron.app.paths.get('userData')).toBe(join(home, '.config', 'joulebench', 'window'));
    expect(madeFolders).toContain(join(home, '.config', 'joulebench', 'window'));
    expect(electron.protocol.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ]);
    expect(electron.app.windows.size).toBe(0);
  });

  it('a second instance ends and starts nothing', () => {
    start({ firstInstance: false });
    expect(electron.app.ended).toBe(true);
    expect(electron.protocol.schemes).toEqual([]);
  });

  it('the first instance comes to the front when a second is started', async () => {
    await open();
    const window = electron.window();
    window.minimized = true;
    electron.app.emit('second-instance', {}, [], '/');
    expect(window.calls).toEqual(['restore', 'show', 'focus']);
  });

  it('opens its page in a window that shows itself when painted', async () => {
    await open();
    const window = electron.window();
    expect(window.webContents.getURL()).toBe('app://joulebench/');
    expect(window.options).toMatchObject({
      show: false,
      minWidth: 1024,
      minHeight: 640,
      title: 'Joulebench',
      backgroundColor: '#F6F7F9',
    });
    expect(window.calls).toEqual([]);
    window.emit('ready-to-show');
    expect(window.calls).toEqual(['show']);
  });

  it('serves the page over app:// and nothing of another host', async () => {
    await open();
    const index = await electron.protocol.fetch('app://joulebench/');
    expect(index.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await index.text()).toContain('<!doctype html>');
    expect((await electron.protocol.fetch('app://joulebench/assets/index-1.js')).headers.get('content-type')).toContain(
      'text/javascript',
    );
    expect((await electron.protocol.fetch('app://joulebench/assets/index-1.js', { method: 'POST' })).status).toBe(405);
    for (const url of [
      'app://other/',
      'app://joulebench/../secret.json',
      'app://joulebench/%2e%2e%2fsecret.json',
      'app://joulebench/nothing',
    ]) {
      expect([url, (await electron.protocol.fetch(url)).status]).toEqual([url, 404]);
    }
    const report = await electron.protocol.fetch('app://joulebench/session/s1/report.pdf', {
      headers: { range: 'bytes=9-12' },
    });
    expect([report.status, await report.text()]).toEqual([206, '0123']);
    await rm(page.report);
    expect((await electron.protocol.fetch('app://joulebench/session/s1/report.pdf')).status).toBe(404);
    await rm(join(page.folder, 'assets', 'index-1.js'));
    expect((await electron.protocol.fetch('app://joulebench/assets/index-1.js')).status).toBe(500);
  });

  it('joins the page to the host, through a reload, without doing anything twice', async () => {
    const topic = new LiveTopic<TopicValue<'bench'>>(simBench);
    await open({ topics: { bench: () => topic } });
    const seen: string[] = [];
    const follow = (client: Client): void => {
      client.subscribe(
        'bench',
        { benchId: 'virtual' },
        { onValue: ({ name }) => void seen.push(name), onFault: () => seen.push('fault') },
      );
    };
    const first = await connect();
    follow(first);
    await vi.waitUntil(() => seen.length === 1);
    topic.update([{ op: 'set', path: ['name'], value: 'While away' }]);
    await vi.waitUntil(() => seen.length === 2);
    electron.window().reload();
    await vi.waitUntil(() => topic.viewers === 0 && first.closed);
    seen.length = 0;
    const second = await connect();
    follow(second);
    await vi.waitUntil(() => seen.length === 1);
    topic.update([{ op: 'set', path: ['name'], value: 'Back' }]);
    await vi.waitUntil(() => seen.length === 2);
    expect(seen).toEqual(['While away', 'Back']);
    expect(topic.viewers).toBe(1);
    second.close();
  });

  it('closes an older port of a page that connects again, and of one that crashed', async () => {
    await open();
    const first = await connect();
    const second = await connect();
    await vi.waitUntil(() => first.closed);
    expect(second.closed).toBe(false);
    electron.window().webContents.crash('crashed');
    await vi.waitUntil(() => second.closed);
  });

  it('follows the theme of the settings', async () => {
    await open({ calls: { 'settings.get': () => Promise.resolve({ ...defaultSettings, theme: 'dark' }) } });
    expect(electron.nativeTheme.themeSource).toBe('dark');
    const client = await connect();
    await client.call('settings.set', { theme: 'light' });
    expect(electron.nativeTheme.themeSource).toBe('light');
    client.close();
  });

  it('sends what was chosen in the menu to the page', async () => {
    await open();
    const heard: unknown[] = [];
    const { window } = electron.window().webContents.mainFrame.page;
    window.addEventListener('message', ({ data }) => heard.push(data));
    const items = electron.menu.template?.flatMap(
      ({ submenu }) => (submenu as { id?: string; click?: () => void }[] | undefined) ?? [],
    );
    items?.find(({ id }) => id === 'go.run')?.click?.();
    await vi.waitUntil(() => heard.length === 1);
    expect(heard).toEqual([{ joulebench: { command: 'go.run' } }]);
    items?.find(({ id }) => id === 'help.logs')?.click?.();
    expect(electron.shell.calls).toEqual([`open ${join(home, '.local', 'state', 'joulebench', 'logs')}`]);
  });

  it('opens dialogs where the last one was left, and gives the page what was chosen', async () => {
    await open();
    const { desktop } = bridge();
    expect(await desktop.pickFolder()).toEqual({ ok: true, value: undefined });
    electron.dialog.answers = [
      { canceled: false, filePaths: ['/data/kws01'] },
      { canceled: false, filePaths: ['/models/a.tflite'] },
      { canceled: false, filePath: '/out/report.pdf' },
    ];
    expect(await desktop.pickFolder()).toEqual({ ok: true, value: '/data/kws01' });
    expect(await desktop.pickFile('model')).toEqual({ ok: true, value: '/models/a.tflite' });
    expect(await desktop.saveAs('report.pdf')).toEqual({ ok: true, value: '/out/report.pdf' });
    expect(electron.dialog.asked.map(({ options }) => options['defaultPath'])).toEqual([
      undefined,
      undefined,
      '/data/kws01',
      '/models/report.pdf',
    ]);
    expect(electron.dialog.asked.every(({ withWindow }) => withWindow)).toBe(true);
    for (const name of ['../x', 'a/b', 'C:\\x', '', 'x'.repeat(200)]) {
      expect(await desktop.saveAs(name)).toMatchObject({ ok: false, fault: { code: 'api.badInput' } });
    }
    expect(await desktop.pickFile('../etc' as never)).toMatchObject({ ok: false });
  });

  it('installs an update that is checked here again, never while something runs', async () => {
    const update: CallOutput<'update.check'> = {
      version: '1.3.0',
      currentVersion: '1.2.3',
      comparison: 'newer',
      installer: '/carried/joulebench.AppImage',
      sizeBytes: 12,
      sha512: '',
      kind: 'appimage',
      fits: true,
    };
    await open({ calls: { 'update.check': () => Promise.resolve(update) } });
    const { desktop } = bridge();
    const reason = (answer: Awaited<ReturnType<typeof desktop.installUpdate>>) =>
      answer.ok ? undefined : answer.fault.facts['reason'];
    expect(reason(await desktop.installUpdate('/carried/latest-linux.yml'))).toMatch(/not started from an AppImage/);
    host.setRunning(true);
    expect(reason(await desktop.installUpdate('/carried/latest-linux.yml'))).toMatch(/Keyword spotting/);
    host.setRunning(false);
    expect(await desktop.openLogs()).toEqual({ ok: true, value: null });
    expect(startedPrograms).toEqual([]);
    expect(await desktop.installUpdate('')).toMatchObject({ ok: false, fault: { code: 'api.badInput' } });
  });

  it('opens and shows known sessions only, and tells when the system cannot', async () => {
    await open();
    const { desktop } = bridge();
    expect(await desktop.openReport('s1')).toEqual({ ok: true, value: null });
    expect(await desktop.reveal('s1')).toEqual({ ok: true, value: null });
    expect(electron.shell.calls).toEqual([`open ${page.report}`, 'show /sessions/s1']);
    for (const id of ['../../etc/passwd', 'unknown']) {
      expect(await desktop.openReport(id)).toMatchObject({
        ok: false,
        fault: { code: 'app.sessionUnknown', facts: { sessionId: id } },
      });
      expect(await desktop.reveal(id)).toMatchObject({ ok: false, fault: { code: 'app.sessionUnknown' } });
    }
    electron.shell.answer = 'No application';
    expect(await desktop.openReport('s1')).toEqual({
      ok: false,
      fault: { code: 'app.cannotOpen', facts: { path: page.report, reason: 'No application' } },
    });
  });

  it('asks through the page before quitting, and remembers the window', async () => {
    await mkdir(join(home, '.config', 'joulebench', 'window'), { recursive: true });
    await open();
    host.setRunning(true);
    const { window } = electron.window().webContents.mainFrame.page;
    window.addEventListener('message', ({ data }) => {
      const { askQuit } = (data as { joulebench: { askQuit: { id: number } } }).joulebench;
      void bridge()
        .desktop.confirmQuit(askQuit.id, 'asking')
        .then(() => bridge().desktop.confirmQuit(askQuit.id, 'stop'));
    });
    electron.window().maximized = true;
    electron.app.quit();
    await vi.waitUntil(() => electron.app.ended);
    expect(host.events).toContain('shutdown 5');
    const stored = join(home, '.config', 'joulebench', 'window', 'window-state.json');
    expect(JSON.parse(await readFile(stored, 'utf8'))).toEqual({
      bounds: { x: 10, y: 20, width: 1000, height: 700 },
      maximized: true,
    });
    await open();
    expect(electron.window().options).toMatchObject({ x: 10, y: 20, width: 1000, height: 700 });
    electron.window().emit('ready-to-show');
    expect(electron.window().maximized).toBe(true);
  });

  it('starts afresh where the remembered window is damaged or on a screen that is gone', async () => {
    const folder = join(home, '.config', 'joulebench', 'window');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'window-state.json'), '{"bounds":{"x":"left"}}');
    await open();
    expect(electron.window().options).not.toHaveProperty('x');
    await writeFile(join(folder, 'window-state.json'), '{"bounds":{"x":5000,"y":0,"width":800,"height":600}}');
    await open();
    expect(electron.window().options).not.toHaveProperty('x');
  });

  it('leaves at a signal', async () => {
    await open();
    host.setRunning(true);
    signal();
    await vi.waitUntil(() => electron.app.ended);
    expect(host.events).toContain('shutdown 5');
  });

  it('writes down what nothing has caught, and leaves only when its state is unknown', async () => {
    await open();
    defect(new Error('forgotten promise'), false);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([electron.app.ended, host.events.at(-1)]).toEqual([false, 'error desktop.defect']);
    defect(new Error('broken'), true);
    await vi.waitUntil(() => electron.app.ended);
    expect(host.events).toContain('shutdown 5');
  });

  it('says why it could not start', async () => {
    start({ openHost: () => Promise.reject(new Fault('app.portableNotWritable', { folder: '/x' })) });
    electron.app.makeReady();
    await vi.waitUntil(() => electron.app.ended);
    expect(electron.dialog.asked[0]).toMatchObject({
      kind: 'error',
      options: { content: expect.stringContaining('/x') },
    });
    start();
    await rm(join(page.folder, 'index.html'));
    electron.app.makeReady();
    await vi.waitUntil(() => electron.app.ended);
    expect(electron.dialog.asked[0]?.options['content']).toContain('npm run build');
  });

  it('says when it cannot be portable', async () => {
    await open({ facts: { packagedExecPath: '/ro/joulebench', exists: () => true, writable: () => false } });
    await vi.waitUntil(() => electron.dialog.asked.length === 1);
    expect(electron.dialog.asked[0]?.options['message']).toContain('/ro');
  });

  it('loads the development server’s page when it is not packaged, and never when it is', async () => {
    const env = { ELECTRON_RENDERER_URL: 'http://localhost:5173' };
    await open({ isPackaged: false, env });
    expect(electron.window().webContents.getURL()).toBe('http://localhost:5173/');
    await open({ isPackaged: true, env });
    expect(electron.window().webContents.getURL()).toBe('app://joulebench/');
  });
});
