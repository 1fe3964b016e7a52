import { EventEmitter } from 'node:events';
import { PreventableEvent } from './app.ts';
import type { StandInApp } from './app.ts';
import { electronClone } from './clone.ts';
import type { StandInIpcMain } from './ipc-main.ts';
import { prepare } from './message-port.ts';
import type { MessagePortMain } from './message-port.ts';
import { StandInPage } from './page.ts';
import type { Problems } from './problems.ts';

export interface World {
  app: StandInApp;
  ipcMain: StandInIpcMain;
  problems: Problems;
  /** Runs the window's preload file; off for tests of main alone. */
  runPreload: boolean;
}

/** The keys of `webPreferences` that this app may set; a misspelt one would be ignored by Electron without a word. */
const knownPreferences = new Set([
  'preload',
  'additionalArguments',
  'nodeIntegration',
  'nodeIntegrationInWorker',
  'nodeIntegrationInSubFrames',
  'contextIsolation',
  'sandbox',
  'webviewTag',
  'spellcheck',
  'devTools',
]);

let nextId = 1;

/** `WebFrameMain`: one document; a navigation leaves it behind. */
export class StandInFrame {
  readonly url: string;
  readonly page: StandInPage;
  gone = false;
  readonly #contents: StandInContents;
  readonly #world: World;

  constructor(url: string, contents: StandInContents, world: World) {
    this.url = url;
    this.#contents = contents;
    this.#world = world;
    this.page = new StandInPage(this);
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const { data } = prepare(message, transfer, 'main');
    if (!this.gone) this.page.deliver(channel, [data], transfer);
  }

  /** A message of the page. The frame may be gone by the time main hears of it. */
  toMain(channel: string, args: readonly unknown[]): void {
    setImmediate(() => this.#world.ipcMain.emit(channel, this.#event(), ...args));
  }

  async invokeMain(channel: string, args: readonly unknown[]): Promise<unknown> {
    await new Promise((resolve) => setImmediate(resolve));
    return electronClone(await this.#world.ipcMain.invoke(channel, this.#event(), args), 'main');
  }

  #event(): { sender: StandInContents; senderFrame: StandInFrame | null } {
    return { sender: this.#contents, senderFrame: this.gone ? null : this };
  }
}

/** `webContents`. */
export class StandInContents extends EventEmitter {
  readonly id = nextId++;
  mainFrame: StandInFrame;
  windowOpenHandler: ((details: { url: string }) => { action: string }) | undefined;
  crashed = false;
  destroyed = false;
  readonly #world: World;
  readonly #preferences: Record<string, unknown>;

  constructor(world: World, preferences: Record<string, unknown>) {
    super();
    this.#world = world;
    this.#preferences = preferences;
    this.mainFrame = new StandInFrame('about:blank', this, world);
    world.app.emit('web-contents-created', {}, this);
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }

  /** A load by main: `will-navigate` is not emitted for it. */
  load(url: string): void {
    this.mainFrame.gone = true;
    this.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false, url });
    this.crashed = false;
    this.mainFrame = new StandInFrame(url, this, this.#world);
    const { preload, additionalArguments } = this.#preferences;
    if (!this.#world.runPreload || typeof preload !== 'string') return;
    const error = this.mainFrame.page.runPreload(preload, (additionalArguments as string[] | undefined) ?? []);
    if (error) this.emit('preload-error', {}, preload, error);
  }

  reload(): void {
    this.load(this.mainFrame.url);
  }

  /** What a link or script of the page does; tells whether the navigation went through. */
  navigate(url: string, kind: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' = 'will-navigate'): boolean {
    const event = Object.assign(new PreventableEvent(), { url });
    this.emit(kind, event);
    if (!event.defaultPrevented && kind === 'will-navigate') this.load(url);
    return !event.defaultPrevented;
  }

  send(channel: string, ...args: unknown[]): void {
    const copies = args.map((arg) => electronClone(arg, 'main'));
    if (!this.destroyed && !this.crashed) this.mainFrame.page.deliver(channel, copies);
  }

  isCrashed(): boolean {
    return this.crashed;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  /** For the test: the page's process ends. */
  crash(reason: string): void {
    this.crashed = true;
    this.emit('render-process-gone', {}, { reason, exitCode: 1 });
    this.#world.app.emit('render-process-gone', {}, this, { reason, exitCode: 1 });
  }
}

/** `BrowserWindow`. */
export class StandInWindow extends EventEmitter {
  readonly webContents: StandInContents;
  readonly options: Record<string, unknown>;
  readonly calls: string[] = [];
  bounds = { x: 10, y: 20, width: 1000, height: 700 };
  maximized = false;
  minimized = false;
  readonly #world: World;
  #destroyed = false;

  constructor(world: World, options: Record<string, unknown>) {
    super();
    if (!world.app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    this.#world = world;
    this.options = options;
    const preferences = (options['webPreferences'] ?? {}) as Record<string, unknown>;
    for (const key of Object.keys(preferences)) {
      if (!knownPreferences.has(key)) world.problems.add(`unknown web preference ${key}`);
    }
    this.webContents = new StandInContents(world, preferences);
    world.app.windows.add(this);
  }

  loadURL(url: string): Promise<void> {
    this.webContents.load(url);
    return Promise.resolve();
  }

  reload(): void {
    this.webContents.reload();
  }

  show(): void {
    this.calls.push('show');
  }

  hide(): void {
    this.calls.push('hide');
  }

  focus(): void {
    this.calls.push('focus');
  }

  restore(): void {
    this.minimized = false;
    this.calls.push('restore');
  }

  maximize(): void {
    this.maximized = true;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  getNormalBounds(): typeof this.bounds {
    return this.bounds;
  }

  /** The close button. */
  close(): void {
    this.requestClose();
  }

  /** Tells whether nobody prevented it. */
  requestClose(): boolean {
    if (this.#destroyed) return true;
    const event = new PreventableEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.destroy();
    return true;
  }

  destroy(): void {
    this.#destroyed = true;
    this.webContents.destroyed = true;
    this.webContents.emit('destroyed');
    this.emit('closed');
    this.#world.app.windowClosed(this);
  }
}
