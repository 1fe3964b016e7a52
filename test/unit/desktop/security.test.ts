import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pageOrigin } from '../../../src/main/desktop/page-origin.ts';
import { createPageIpc } from '../../../src/main/desktop/page-ipc.ts';
import { lockContents, lockSession } from '../../../src/main/desktop/security.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { standInElectron } from '../../support/electron/index.ts';
import type { StandIn } from '../../support/electron/index.ts';
import { StandInFrame } from '../../support/electron/window.ts';
import type { StandInContents } from '../../support/electron/window.ts';

const ours = 'app://joulebench/';
const strangers = [
  'https://evil.example/',
  'http://joulebench/',
  'app://other/',
  'file:///etc/passwd',
  'about:blank',
  'data:text/html,x',
];

describe('what pages are denied', () => {
  let electron: StandIn;
  const log: string[] = [];

  beforeEach(async () => {
    log.length = 0;
    electron = standInElectron();
    electron.app.makeReady();
    const page = pageOrigin(true, undefined);
    lockSession(electron.parts.session.defaultSession, page, (event) => log.push(event));
    lockContents(electron.parts.app, page, (event) => log.push(event));
    await new electron.parts.BrowserWindow({}).loadURL(ours);
  });

  const contents = (): StandInContents => electron.window().webContents;

  it('navigation, by any of the three events, unless it stays on the page', () => {
    for (const kind of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
      for (const url of strangers) expect([kind, url, contents().navigate(url, kind)]).toEqual([kind, url, false]);
      expect(contents().navigate(`${ours}#/run`, kind)).toBe(true);
    }
    expect(log).toContain('desktop.navigationRefused');
  });

  it('new windows and web views, in every contents there will ever be', async () => {
    await new electron.parts.BrowserWindow({}).loadURL(ours);
    for (const { webContents } of electron.app.windows) {
      expect(webContents.windowOpenHandler?.({ url: `${ours}x` })).toEqual({ action: 'deny' });
      let prevented = false;
      webContents.emit('will-attach-webview', { preventDefault: () => (prevented = true) });
      expect(prevented).toBe(true);
    }
  });

  it('every request but the app’s own', () => {
    for (const url of [
      'https://evil.example/x',
      'http://127.0.0.1:5173/',
      'ws://127.0.0.1:1/',
      'file:///etc/passwd',
      'ftp://x/',
      'chrome://gpu',
      'x',
    ]) {
      expect([url, electron.session.allows(url)]).toEqual([url, false]);
    }
    for (const url of [
      `${ours}assets/x.js`,
      'blob:app://joulebench/1',
      'data:image/png;base64,x',
      'devtools://devtools/x',
    ]) {
      expect([url, electron.session.allows(url)]).toEqual([url, true]);
    }
  });

  it('every request but the app’s own and the development server’s', () => {
    const dev = standInElectron({ isPackaged: false });
    dev.app.makeReady();
    lockSession(dev.parts.session.defaultSession, pageOrigin(false, 'http://localhost:5173'), () => undefined);
    expect(dev.session.allows('http://localhost:5173/main.ts')).toBe(true);
    expect(dev.session.allows('ws://localhost:5173/?token=x')).toBe(true);
    expect(dev.session.allows('http://localhost:5174/')).toBe(false);
    expect(dev.session.allows('https://evil.example/')).toBe(false);
    const answers: unknown[] = [];
    const received = dev.session.handlers['headersReceived'] as unknown as (
      details: object,
      callback: (answer: unknown) => void,
    ) => void;
    received({ responseHeaders: { etag: ['x'] } }, (answer) => answers.push(answer));
    expect(answers).toEqual([
      {
        responseHeaders: {
          etag: ['x'],
          'Content-Security-Policy': [expect.stringContaining("style-src 'self' 'unsafe-inline'")],
        },
      },
    ]);
    expect(electron.session.handlers['headersReceived']).toBeUndefined();
  });

  it('every permission but writing to the clipboard from the page itself', () => {
    const { permissionRequest, permissionCheck } = electron.session.handlers;
    const request = (permission: string, isMainFrame = true): boolean => {
      let granted: boolean | undefined;
      const handler = permissionRequest as unknown as (...args: unknown[]) => void;
      handler(contents(), permission, (answer: boolean) => (granted = answer), { isMainFrame, requestingUrl: ours });
      return granted === true;
    };
    const check = permissionCheck as unknown as (...args: unknown[]) => boolean;
    const denied = [
      'media',
      'serial',
      'hid',
      'usb',
      'geolocation',
      'notifications',
      'openExternal',
      'clipboard-read',
      'fileSystem',
      'fullscreen',
      'midi',
      'unknown',
    ];
    for (const permission of denied) {
      expect([permission, request(permission), check(null, permission, ours, { isMainFrame: true })]).toEqual([
        permission,
        false,
        false,
      ]);
    }
    expect(request('clipboard-sanitized-write')).toBe(true);
    expect(request('clipboard-sanitized-write', false)).toBe(false);
    expect(check(null, 'clipboard-sanitized-write', ours, { isMainFrame: true })).toBe(true);
    expect(check(null, 'clipboard-sanitized-write', ours, { isMainFrame: false })).toBe(false);
    expect(check(null, 'clipboard-sanitized-write', 'https://evil.example/', { isMainFrame: true })).toBe(false);
  });

  it('devices, screens and downloads', () => {
    const { devicePermission, displayMedia } = electron.session.handlers;
    expect((devicePermission as unknown as (details: object) => boolean)({ deviceType: 'serial' })).toBe(false);
    let streams: unknown = 'none';
    (displayMedia as unknown as (request: object, callback: (given: unknown) => void) => void)(
      {},
      (given) => (streams = given),
    );
    expect(streams).toBeNull();
    for (const [event, answer] of [
      ['select-serial-port', ''],
      ['select-hid-device', undefined],
      ['select-usb-device', undefined],
    ] as const) {
      let prevented = false;
      const answers: unknown[] = [];
      const choose = (given?: unknown): void => void answers.push(given);
      const rest =
        event === 'select-serial-port'
          ? [[{ portId: '1' }], contents(), choose]
          : [{ deviceList: [{ deviceId: '1' }] }, choose];
      electron.session.emit(event, { preventDefault: () => (prevented = true) }, ...rest);
      expect([event, prevented, answers]).toEqual([event, true, [answer]]);
    }
    let prevented = false;
    electron.session.emit('will-download', { preventDefault: () => (prevented = true) });
    expect(prevented).toBe(true);
  });
});

describe('who main listens to', () => {
  const setUp = async (url = ours): Promise<{ electron: StandIn; heard: unknown[]; log: string[] }> => {
    const electron = standInElectron();
    electron.app.makeReady();
    const heard: unknown[] = [];
    const log: string[] = [];
    const window = new electron.parts.BrowserWindow({});
    const ipc = createPageIpc({
      ipcMain: electron.parts.ipcMain,
      contents: () => window.webContents,
      origin: 'app://joulebench',
      log: (event) => log.push(event),
    });
    ipc.answer('jb:twice', z.number(), (input) => {
      heard.push(input);
      return 2 * input;
    });
    ipc.answer('jb:fails', z.undefined(), () => Promise.reject(new Fault('app.sessionUnknown', { sessionId: 's' })));
    ipc.on('jb:tell', z.string(), (_event, input) => heard.push(input));
    await window.loadURL(url);
    return { electron, heard, log };
  };

  it('the page’s main frame, with inputs of the right form', async () => {
    const { electron, heard, log } = await setUp();
    const { mainFrame } = electron.window().webContents;
    expect(await mainFrame.invokeMain('jb:twice', [21])).toEqual({ ok: true, value: 42 });
    expect(await mainFrame.invokeMain('jb:twice', ['x'])).toMatchObject({
      ok: false,
      fault: { code: 'api.badInput', facts: { procedure: 'jb:twice' } },
    });
    expect(await mainFrame.invokeMain('jb:fails', [])).toEqual({
      ok: false,
      fault: { code: 'app.sessionUnknown', facts: { sessionId: 's' } },
    });
    mainFrame.toMain('jb:tell', ['hello']);
    mainFrame.toMain('jb:tell', [7]);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard).toEqual([21, 'hello']);
    expect(log).toEqual(['desktop.badMessage']);
  });

  it('no subframe, no frame of another origin, no frame that has navigated, no other window', async () => {
    const { electron, heard, log } = await setUp();
    const window = electron.window();
    const world = { app: electron.app, ipcMain: electron.ipcMain, problems: electron.problems, runPreload: false };
    const subframe = new StandInFrame(ours, window.webContents, world);
    const past = window.webContents.mainFrame;
    await window.loadURL(ours);
    const other = new electron.parts.BrowserWindow({});
    await other.loadURL(ours);
    const frames = [subframe, past, other.webContents.mainFrame as unknown as StandInFrame];
    for (const frame of frames) {
      expect(await frame.invokeMain('jb:twice', [1])).toMatchObject({
        ok: false,
        fault: { code: 'app.senderRefused' },
      });
      frame.toMain('jb:tell', ['x']);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(heard).toEqual([]);
    expect(log).toHaveLength(6);
  });

  it.each(strangers)('not to %s, even in the main frame', async (url) => {
    const { electron, heard } = await setUp(url);
    expect(await electron.window().webContents.mainFrame.invokeMain('jb:twice', [1])).toMatchObject({ ok: false });
    expect(heard).toEqual([]);
  });
});
