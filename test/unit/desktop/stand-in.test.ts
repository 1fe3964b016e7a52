import { describe, expect, it } from 'vitest';
import { electronClone } from '../../support/electron/clone.ts';
import { bridgeCopy } from '../../support/electron/context-bridge.ts';
import { standInElectron } from '../../support/electron/index.ts';
import type { StandIn, StandInOptions } from '../../support/electron/index.ts';
import {
  coreOf,
  MessageChannelMain,
  PagePort,
  PortCore,
  portForPage,
  prepare,
} from '../../support/electron/message-port.ts';

// Each test is one documented rule of Electron (section F of the shell's specification): where the stand-in is wrong, the
// tests of the app prove nothing.

const ready = (options: StandInOptions = {}): StandIn => {
  const electron = standInElectron(options);
  electron.app.makeReady();
  return electron;
};
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const scheme = { scheme: 'app', privileges: { standard: true } };

describe('before and after ready', () => {
  it('registerSchemesAsPrivileged after ready throws', () => {
    expect(() => ready().protocol.registerSchemesAsPrivileged([scheme])).toThrow(
      /should be called before app is ready/,
    );
  });

  it('registerSchemesAsPrivileged twice is a problem', () => {
    const { protocol, problems } = standInElectron();
    protocol.registerSchemesAsPrivileged([scheme]);
    protocol.registerSchemesAsPrivileged([scheme]);
    expect(problems.all).toEqual(['registerSchemesAsPrivileged twice']);
  });

  it('protocol.handle, windows, sessions, screens and utility processes before ready throw', () => {
    const { parts, protocol, utilityProcess } = standInElectron();
    expect(() => protocol.handle('app', () => undefined)).toThrow(/after app is ready/);
    expect(() => new parts.BrowserWindow({})).toThrow(/before app is ready/);
    expect(() => parts.session.defaultSession).toThrow(/before app is ready/);
    expect(() => parts.screen.getAllDisplays()).toThrow(/before app is ready/);
    expect(() => utilityProcess.fork('x.js')).toThrow(/before app is ready/);
  });

  it('the sandbox for all and the data folder are settled before ready', () => {
    const { app, problems } = ready();
    expect(() => app.enableSandbox()).toThrow(/before app is ready/);
    app.setPath('userData', '/x');
    expect(problems.all).toContain('setPath userData after ready');
  });
});

describe('safeStorage', () => {
  it('is there after ready, names its backend once it was set up, and decrypts only its own', async () => {
    const before = standInElectron();
    expect(await before.safeStorage.isAsyncEncryptionAvailable()).toBe(false);
    await expect(before.safeStorage.encryptStringAsync('x')).rejects.toThrow('not available');
    const { safeStorage } = ready();
    expect(safeStorage.getSelectedStorageBackend()).toBe('unknown');
    const sealed = await safeStorage.encryptStringAsync('x');
    expect(safeStorage.getSelectedStorageBackend()).toBe('gnome_libsecret');
    expect(await safeStorage.decryptStringAsync(sealed)).toEqual({ result: 'x', shouldReEncrypt: false });
    await expect(ready().safeStorage.decryptStringAsync(sealed)).rejects.toThrow('Error while decrypting');
  });
});

describe('protocol.handle', () => {
  it('twice for one scheme throws', () => {
    const { protocol } = ready();
    protocol.handle('app', () => new Response());
    expect(() => protocol.handle('app', () => new Response())).toThrow('Failed to register protocol: app');
  });

  it('answers ERR_UNEXPECTED for what is no Response or throws, ERR_FAILED for Response.error()', async () => {
    for (const [handler, code] of [
      [() => 'text', 'ERR_UNEXPECTED'],
      [() => Promise.reject(new Error('x')), 'ERR_UNEXPECTED'],
      [() => Response.error(), 'ERR_FAILED'],
    ] as const) {
      const { protocol } = ready();
      protocol.handle('app', handler);
      await expect(protocol.fetch('app://x/')).rejects.toThrow(code);
    }
  });
});

describe('ipcMain', () => {
  it('handle twice or with no function throws', () => {
    const { ipcMain } = ready();
    ipcMain.handle('x', () => 1);
    expect(() => ipcMain.handle('x', () => 2)).toThrow("Attempted to register a second handler for 'x'");
    expect(() => ipcMain.handle('y', 5 as never)).toThrow(TypeError);
  });

  it('of an error that a handler throws only the text arrives', async () => {
    const { ipcMain } = ready();
    ipcMain.handle('x', () => Promise.reject(Object.assign(new RangeError('too far'), { code: 'E', facts: {} })));
    const error: unknown = await ipcMain.invoke('x', {}, []).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'Error', message: "Error invoking remote method 'x': RangeError: too far" });
    expect(error).not.toHaveProperty('code');
    await expect(ipcMain.invoke('none', {}, [])).rejects.toThrow(
      "Error invoking remote method 'none': Error: No handler registered for 'none'",
    );
  });

  it('sees the frame that sent, another one for a subframe, and none once it has navigated', async () => {
    const electron = ready();
    const window = new electron.parts.BrowserWindow({});
    await window.loadURL('app://joulebench/');
    const first = electron.window().webContents.mainFrame;
    const seen: unknown[] = [];
    electron.ipcMain.on('x', (event: { senderFrame: unknown }) => seen.push(event.senderFrame));
    first.toMain('x', []);
    await turn();
    first.toMain('x', []);
    await window.loadURL('app://joulebench/');
    await turn();
    expect(seen).toEqual([first, null]);
    expect(electron.window().webContents.mainFrame).not.toBe(first);
  });
});

describe('messages', () => {
  it('are cloned at once: later changes are not seen', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const heard: unknown[] = [];
    port2.on('message', ({ data }) => heard.push(data));
    port2.start();
    const message = { list: [1] };
    port1.postMessage(message);
    message.list.push(2);
    await turn();
    expect(heard).toEqual([{ list: [1] }]);
    port1.close();
  });

  it.each([
    ['a function', (): unknown => ({ f: () => 1 })],
    ['a symbol', (): unknown => Symbol('x')],
    ['a promise', (): unknown => Promise.resolve(1)],
    ['a Vue-like proxy', (): unknown => new Proxy({ a: 1 }, {})],
    ['a WeakMap', (): unknown => new WeakMap()],
    ['shared memory', (): unknown => [new SharedArrayBuffer(1)]],
    ['a view of shared memory', (): unknown => new Uint8Array(new SharedArrayBuffer(1))],
    ['a Blob', (): unknown => new Map([[1, new Blob(['x'])]])],
    ['a wasm module', (): unknown => new Set([new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))])],
    ['a port outside the list', (): unknown => ({ p: new MessageChannel().port1 })],
  ])('holding %s are refused', (_what, make) => {
    expect(() => electronClone(make(), 'main')).toThrow(new Error('An object could not be cloned.'));
    expect(() => electronClone(make(), 'page')).toThrow(DOMException);
  });

  it('carry buffers, typed arrays, maps, sets, dates, big integers and errors as copies', () => {
    const value = {
      b: Uint8Array.of(1).buffer,
      f: Float32Array.of(1),
      m: new Map([[1, 2]]),
      s: new Set([1]),
      d: new Date(0),
      n: 1n,
    };
    expect(electronClone(value, 'main')).toEqual(value);
    expect(value.b.byteLength).toBe(1);
  });

  it('carry class instances as plain data and a Buffer with its whole pool', () => {
    class Point {
      x = 1;

      get double(): number {
        return 2 * this.x;
      }
    }
    expect(electronClone(new Point(), 'main')).toStrictEqual({ x: 1 });
    const view = new Uint8Array(new ArrayBuffer(64), 8, 2);
    expect((electronClone(view, 'main') as Uint8Array).buffer.byteLength).toBe(64);
  });
});

describe('transfer lists', () => {
  it('in main hold ports only', () => {
    const { port1 } = new MessageChannelMain();
    expect(() => port1.postMessage({}, [new ArrayBuffer(1)])).toThrow(
      new TypeError('Port at index 0 is not a valid port'),
    );
    expect(() => port1.postMessage({}, [{}])).toThrow('Port at index 0 is not a valid port');
  });

  it('refuse a port twice, one that was used, and the channel’s own end', () => {
    const { port1, port2 } = new MessageChannelMain();
    const other = new MessageChannelMain();
    expect(() => port1.postMessage({}, [port1])).toThrow(/contains the source port/);
    expect(() => port1.postMessage({}, [other.port1, other.port1])).toThrow(/duplicate/);
    port1.postMessage({}, [other.port1]);
    expect(() => port1.postMessage({}, [other.port1])).toThrow(/already neutered/);
    port2.close();
  });

  it('leave the sender with a dead port', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const page = portForPage(port1);
    const heard: unknown[] = [];
    port2.on('message', ({ data }) => heard.push(data));
    port2.start();
    port1.postMessage('from the old place');
    page.postMessage('from the page');
    await turn();
    expect(heard).toEqual(['from the page']);
    port2.close();
  });

  it('of a page with an ArrayBuffer deliver null and take the buffer away', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const page = portForPage(port1);
    const heard: unknown[] = [];
    port2.on('message', ({ data }) => heard.push(data));
    port2.start();
    const buffer = new ArrayBuffer(8);
    page.postMessage({ buffer }, [buffer]);
    await turn();
    expect(heard).toEqual([null]);
    expect(buffer.byteLength).toBe(0);
    port2.close();
  });
});

describe('ports', () => {
  it('queue until start()', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const heard: unknown[] = [];
    port1.postMessage(1);
    port2.on('message', ({ data }) => heard.push(data));
    port1.postMessage(2);
    await turn();
    expect(heard).toEqual([]);
    port2.start();
    await turn();
    expect(heard).toEqual([1, 2]);
    port1.close();
  });

  it('of a page start by onmessage, not by addEventListener', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const page = portForPage(port1);
    const heard: unknown[] = [];
    page.addEventListener('message', (event) => heard.push((event as MessageEvent).data));
    port2.postMessage(1);
    await turn();
    expect(heard).toEqual([]);
    page.onmessage = () => undefined;
    await turn();
    expect(heard).toEqual([1]);
    port2.close();
  });

  it('tell both ends when one closes; what is posted afterwards is dropped', async () => {
    const { port1, port2 } = new MessageChannelMain();
    const closed: string[] = [];
    port1.on('close', () => closed.push('own'));
    port2.on('close', () => closed.push('other'));
    port1.close();
    await turn();
    expect(closed.sort()).toEqual(['other', 'own']);
    expect(() => port1.postMessage(1)).not.toThrow();
    expect(() => port2.postMessage(1)).not.toThrow();
  });

  it('reach a page only by a window message', () => {
    const { port1, port2 } = new MessageChannelMain();
    const port = new PagePort(new PortCore(coreOf(port1).medium, 'page'));
    expect(() => bridgeCopy({ port })).toThrow(/MessagePort/);
    expect(() => (bridgeCopy(() => port) as () => unknown)()).toThrow(/MessagePort/);
    expect(prepare({}, [port], 'page').ports).toHaveLength(1);
    port2.close();
  });

  it('parentPort.postMessage takes no transfer list', () => {
    const { utilityProcess, problems } = ready();
    const child = utilityProcess.fork('host.js');
    const heard: unknown[] = [];
    child.on('message', (message) => heard.push(message));
    child.parentPort(problems).postMessage({ a: 1 });
    expect([heard, problems.all]).toEqual([[{ a: 1 }], []]);
    child.parentPort(problems).postMessage({}, []);
    expect(problems.all).toHaveLength(1);
  });
});

describe('the context bridge', () => {
  it('copies, freezes, and drops prototypes, symbols and what errors carry', async () => {
    class Point {
      x = 1;

      double(): number {
        return 2;
      }
    }
    const source = { point: new Point(), [Symbol('s')]: 1, list: [1] };
    const copy = bridgeCopy(source) as typeof source;
    expect(Object.isFrozen(copy) && Object.isFrozen(copy.list)).toBe(true);
    expect(Object.getOwnPropertySymbols(copy)).toEqual([]);
    expect(copy.point).not.toHaveProperty('double');
    source.list.push(2);
    expect(copy.list).toEqual([1]);
    const fail = bridgeCopy(() =>
      Promise.reject(Object.assign(new Error('x'), { code: 'E' })),
    ) as () => Promise<unknown>;
    const error: unknown = await fail().catch((reason: unknown) => reason);
    expect([(error as Error).message, Object.hasOwn(error as object, 'code')]).toEqual(['x', false]);
    let deep: object = {};
    for (let level = 0; level < 1001; level += 1) deep = { deep };
    expect(() => bridgeCopy(deep)).toThrow(/1000/);
  });
});

describe('quitting', () => {
  it('emits before-quit, the windows’ close, will-quit and quit, in this order', () => {
    const electron = ready();
    const order = recordQuit(electron);
    electron.app.quit();
    expect(order).toEqual(['before-quit', 'close', 'will-quit', 'quit']);
  });

  it('emits window-all-closed only when a person closes the last window', () => {
    const electron = ready();
    const order = recordQuit(electron);
    electron.window().close();
    expect(order).toEqual(['close', 'window-all-closed']);
  });

  it.each(['before-quit', 'close', 'will-quit'])('is stopped by who prevents %s', (name) => {
    const electron = ready();
    const order = recordQuit(electron);
    const emitter = name === 'close' ? electron.window() : electron.app;
    emitter.on(name, (event: { preventDefault(): void }) => event.preventDefault());
    electron.app.quit();
    expect(order).not.toContain('quit');
    expect(electron.app.ended).toBe(false);
  });
});

describe('the rest', () => {
  it('an unknown web preference is a problem', () => {
    const electron = ready();
    new electron.parts.BrowserWindow({ webPreferences: { contextIsolatoin: true } as object });
    expect(electron.problems.all).toEqual(['unknown web preference contextIsolatoin']);
  });

  it('a second instance gets no lock', () => {
    expect(standInElectron({ firstInstance: false }).app.requestSingleInstanceLock()).toBe(false);
  });

  it('a child’s end is told by the child and by the app', () => {
    const { app, utilityProcess } = ready();
    const told: unknown[] = [];
    app.on('child-process-gone', (_event, details: { reason: string }) => told.push(details.reason));
    const child = utilityProcess.fork('host.js');
    child.on('exit', (code: number) => told.push(code));
    child.die(1);
    expect(told).toEqual([1, 'crashed']);
  });

  it('a reload leaves the frame behind and tells of the navigation', async () => {
    const electron = ready();
    const window = new electron.parts.BrowserWindow({});
    await window.loadURL('app://joulebench/');
    const before = electron.window().webContents.mainFrame;
    const told: unknown[] = [];
    electron.window().webContents.on('did-start-navigation', ({ isMainFrame }) => told.push(isMainFrame));
    window.reload();
    expect([told, before.gone]).toEqual([[true], true]);
  });
});

function recordQuit(electron: StandIn): string[] {
  const order: string[] = [];
  new electron.parts.BrowserWindow({});
  electron.window().on('close', () => order.push('close'));
  for (const name of ['before-quit', 'window-all-closed', 'will-quit', 'quit'])
    electron.app.on(name, () => order.push(name));
  return order;
}
