import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bridgeChannel, onBridgeMessage } from '../../../src/shared/contract/index.ts';
import type { BridgeMessage, DesktopBridge, WindowLike } from '../../../src/shared/contract/index.ts';
import { buildTarget } from '../../support/electron/build.ts';
import type { Built } from '../../support/electron/build.ts';
import { standInElectron } from '../../support/electron/index.ts';
import type { StandIn } from '../../support/electron/index.ts';
import { MessageChannelMain } from '../../support/electron/message-port.ts';
import { preloadParameters } from '../../support/electron/page.ts';
import { ManualClock } from '../../support/manual-clock.ts';

describe('the built preload', () => {
  let built: Built;
  let file: string;
  let electron: StandIn;
  let bridge: DesktopBridge;

  beforeAll(async () => {
    built = await buildTarget('preload');
    file = join(built.folder, 'index.cjs');
  });

  afterAll(() => built.dispose());

  beforeEach(async () => {
    electron = standInElectron({ runPreload: true });
    electron.app.makeReady();
    const window = new electron.parts.BrowserWindow({
      webPreferences: { preload: file, additionalArguments: ['--joulebench-version=1.2.3'] },
    });
    await window.loadURL('app://joulebench/');
    bridge = page().exposed['joulebench'] as DesktopBridge;
  });

  const page = (): ReturnType<StandIn['window']>['webContents']['mainFrame']['page'] =>
    electron.window().webContents.mainFrame.page;

  it('is one file', async () => {
    expect(await readdir(built.folder)).toEqual(['index.cjs']);
  });

  it('compiles as the body of a function with the eight parameters of a sandboxed preload', async () => {
    const text = await readFile(file, 'utf8');
    expect(() => compileFunction(text, preloadParameters)).not.toThrow();
    expect(() => compileFunction(`import { contextBridge } from 'electron';`, preloadParameters)).toThrow(
      /import statement/,
    );
  });

  it('requires Electron and nothing else', async () => {
    const text = await readFile(file, 'utf8');
    expect([...text.matchAll(/require\(["'`]([^"'`]*)["'`]\)/g)].map((match) => match[1])).toEqual(['electron']);
    expect(text).not.toMatch(/\bimport\s*\(|__dirname|__filename|\beval\b|new Function/);
  });

  it('offers these names and no others', () => {
    expect(Object.keys(page().exposed)).toEqual(['joulebench']);
    expect(Object.keys(bridge).sort()).toEqual(['connect', 'desktop', 'pathForFile', 'platform', 'version']);
    expect(Object.keys(bridge.desktop).sort()).toEqual([
      'confirmQuit',
      'installUpdate',
      'openLogs',
      'openReport',
      'pickFile',
      'pickFolder',
      'reveal',
      'saveAs',
    ]);
    expect(bridge.version).toBe('1.2.3');
    expect(bridge.platform).toBe(process.platform);
    expect(Object.isFrozen(bridge) && Object.isFrozen(bridge.desktop)).toBe(true);
  });

  it('offers no way to send, listen, open, run or read anything else', () => {
    const names = [...Object.keys(bridge), ...Object.keys(bridge.desktop)].join(' ');
    expect(names).not.toMatch(
      /\b(send|on|once|invoke|ipcRenderer|require|process|open[A-Z]?External|exec|readFile|fs|shell|eval|remote)\b/,
    );
    for (const value of [...Object.values(bridge), ...Object.values(bridge.desktop)]) {
      expect(['string', 'function', 'object']).toContain(typeof value);
    }
  });

  it('takes the page’s port to it, once for each request', async () => {
    const requests: string[] = [];
    electron.ipcMain.on(
      'jb:connect',
      (event: { senderFrame: { postMessage(...args: unknown[]): void } }, nonce: string) => {
        requests.push(nonce);
        event.senderFrame.postMessage('jb:port', { id: 'stale', nonce: 'another' }, [new MessageChannelMain().port1]);
        const { port1, port2 } = new MessageChannelMain();
        port2.on('message', ({ data }) => port2.postMessage({ echo: data as unknown }));
        port2.start();
        event.senderFrame.postMessage('jb:port', { id: 'window-1', nonce }, [port1]);
      },
    );
    const heard: unknown[] = [];
    for (let load = 0; load < 2; load += 1) {
      const channel = await bridgeChannel(page().window as unknown as WindowLike, bridge, new ManualClock());
      channel.onMessage((message) => heard.push(message));
      channel.post({ hello: load });
      await vi.waitUntil(() => heard.length === load + 1);
      channel.close();
    }
    expect(heard).toEqual([{ echo: { hello: 0 } }, { echo: { hello: 1 } }]);
    expect(new Set(requests).size).toBe(2);
    expect(requests[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('passes on commands and the question before quitting', async () => {
    const heard: BridgeMessage[] = [];
    onBridgeMessage(page().window as unknown as WindowLike, (message) => heard.push(message));
    electron.window().webContents.send('jb:page', { command: 'go.run' });
    electron.window().webContents.send('jb:page', { askQuit: { id: 3, titles: ['Run'] } });
    electron.window().webContents.send('jb:other', { command: 'nothing' });
    await vi.waitUntil(() => heard.length === 2);
    expect(heard).toEqual([{ command: 'go.run' }, { askQuit: { id: 3, titles: ['Run'] } }]);
  });

  it('asks main by one channel a call, and brings the answer as data', async () => {
    const asked: unknown[] = [];
    const channels = [
      'jb:pick-folder',
      'jb:pick-file',
      'jb:save-as',
      'jb:reveal',
      'jb:open-report',
      'jb:open-logs',
      'jb:install-update',
      'jb:confirm-quit',
    ];
    for (const channel of channels) {
      electron.ipcMain.handle(channel, (_event, input) => {
        asked.push([channel, input]);
        return { ok: false, fault: { code: 'app.sessionUnknown', facts: { sessionId: 's' } } };
      });
    }
    const { desktop } = bridge;
    const answers = [
      await desktop.pickFolder(),
      await desktop.pickFile('model'),
      await desktop.saveAs('report.pdf'),
      await desktop.reveal('s'),
      await desktop.openReport('s'),
      await desktop.openLogs(),
      await desktop.installUpdate('/x/latest.yml'),
      await desktop.confirmQuit(1, 'stay'),
    ];
    expect(asked).toEqual([
      ['jb:pick-folder', undefined],
      ['jb:pick-file', 'model'],
      ['jb:save-as', 'report.pdf'],
      ['jb:reveal', 's'],
      ['jb:open-report', 's'],
      ['jb:open-logs', undefined],
      ['jb:install-update', '/x/latest.yml'],
      ['jb:confirm-quit', { id: 1, answer: 'stay' }],
    ]);
    for (const answer of answers)
      expect(answer).toEqual({ ok: false, fault: { code: 'app.sessionUnknown', facts: { sessionId: 's' } } });
  });

  it('takes real files only', () => {
    expect(bridge.pathForFile(new File(['x'], 'made.txt'))).toBe('');
    expect(() => bridge.pathForFile({ path: '/etc/passwd' })).toThrow(/not of type 'File'/);
  });
});
