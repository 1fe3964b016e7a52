import type { BrowserWindow } from 'electron';
import { join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../../shared/clock/index.ts';
import { createText, faultLine } from '../../shared/text/index.ts';
import { createPageHost } from '../api/electron-ipc.ts';
import type { PageHost } from '../api/electron-ipc.ts';
import { readFileTable } from '../api/file-table.ts';
import type { FileTable } from '../api/file-table.ts';
import type { HostApi } from '../api/host-api.ts';
import { createSite } from '../api/site.ts';
import type { Folders } from '../store/index.ts';
import { handleAppScheme, registerAppScheme } from './app-protocol.ts';
import { answerBridgeCalls } from './bridge-calls.ts';
import { watchCrashes } from './crashes.ts';
import { desktopFolders } from './desktop-folders.ts';
import type { DesktopFolders, FolderFacts } from './desktop-folders.ts';
import type { ElectronParts } from './electron-parts.ts';
import { createLifeCycle } from './life-cycle.ts';
import { openMainWindow } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { pageOrigin } from './page-origin.ts';
import type { PageOrigin } from './page-origin.ts';
import { createPageIpc } from './page-ipc.ts';
import { createQuitQuestion } from './quit-question.ts';
import { findSafeStore } from './safe-store.ts';
import type { SafeStore } from './safe-store.ts';
import { lockContents, lockSession } from './security.ts';
import { followTheme } from './theme.ts';
import { readWindowState, writeWindowState } from './window-state.ts';
import type { WindowState } from './window-state.ts';

/** The same as in electron-builder's configuration: Windows groups windows and shows notifications by it. */
export const appId = 'org.joulebench.app';

export interface DesktopOptions {
  electron: ElectronParts;
  clock: Clock;
  name: string;
  version: string;
  /** Absolute path of the built preload. */
  preload: string;
  rendererFolder: string;
  facts: FolderFacts;
  /** Makes a folder with its parents; may block, Electron is not ready yet. */
  makeFolder(path: string): void;
  /** `safeStore` is asked when a key is needed, not before: it may make the system ask for a password. */
  openHost(folders: Folders, safeStore: () => Promise<SafeStore | undefined>): Promise<HostApi>;
  /** Starts a program that outlives this one. */
  startProgram(path: string): void;
  /** Calls `leave` when the process is asked to end (SIGTERM, SIGINT). */
  onSignal(leave: () => void): void;
  /** Calls `defect` with errors that nothing has caught; after a fatal one the process is in no known state. */
  onDefect(defect: (error: unknown, fatal: boolean) => void): void;
}

/**
 * Starts the desktop app. Everything that Electron accepts only before it is ready happens before this returns; a second
 * instance wakes the first and ends.
 */
export function startDesktop(options: DesktopOptions): void {
  const { app, crashReporter, protocol } = options.electron;
  const places = desktopFolders(options.facts);
  // The lock is one for each userData folder: that has to be settled first.
  options.makeFolder(places.userData);
  app.setPath('userData', places.userData);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme(protocol);
  app.enableSandbox();
  app.setAppUserModelId(appId);
  crashReporter.start({ uploadToServer: false });

  const words = createText();
  app
    .whenReady()
    .then(() => run(options, places))
    .catch((error: unknown) => {
      options.electron.dialog.showErrorBox(words.t('desktop.failed.title'), faultLine(words, error));
      app.quit();
    });
}

async function run(options: DesktopOptions, places: DesktopFolders): Promise<void> {
  const { electron, clock, version } = options;
  const { app, dialog, session } = electron;
  const page = pageOrigin(app.isPackaged, options.facts.env['ELECTRON_RENDERER_URL']);
  const safeStore = (): Promise<SafeStore | undefined> => findSafeStore(electron.safeStorage, options.facts.platform);
  const host = await options.openHost(places.folders, safeStore);
  const { log } = host;
  const warn = (event: string, facts: object): void => log('warn', event, { ...facts });
  const handlers = await followTheme(host.handlers, electron.nativeTheme);
  const { language } = await host.handlers.calls['settings.get']({}, ownContext());
  const t = createText(language).t;
  log('info', 'desktop.start', { version, portable: places.portable, electron: process.versions['electron'] });

  const site = createSite({
    files: await pageFiles(options, page),
    reportPath: (id) => host.reportPath(id),
    madeFile: (id) => host.madeFile(id),
  });
  handleAppScheme(electron.protocol, site, warn);
  lockSession(session.defaultSession, page, warn);
  lockContents(app, page, warn);

  const opened: { window?: BrowserWindow } = {};
  const current = (): BrowserWindow | undefined => (opened.window?.isDestroyed() === false ? opened.window : undefined);
  const stateFile = join(places.userData, 'window-state.json');
  const state = readWindowState(stateFile);
  const pageHost = createPageHost({ handlers, log, clock, version });
  const question = createQuitQuestion({ dialog, window: current, clock, t });
  const ipc = createPageIpc({
    ipcMain: electron.ipcMain,
    contents: () => current()?.webContents,
    origin: page.origin,
    log: warn,
  });
  ipc.on('jb:connect', z.string().max(80), (event, nonce) => pageHost.connect(event, nonce));
  const lastFolder = { get: () => state.lastFolder, set: (folder: string) => void (state.lastFolder = folder) };
  const remember = (): Promise<void> => writeWindowState(stateFile, windowState(state, current()));
  const lifeCycle = createLifeCycle({ electron, host, question, window: current, remember });
  answerBridgeCalls({
    electron,
    ipc,
    host,
    question,
    window: current,
    lastFolder,
    logsFolder: places.folders.logs,
    checkUpdate: (path) => host.handlers.calls['update.check']({ path }, ownContext()),
    install: {
      appImage: app.isPackaged ? options.facts.env['APPIMAGE'] : undefined,
      startAfterQuit(path) {
        app.once('quit', () => options.startProgram(path));
        void lifeCycle.leave();
      },
    },
    t,
  });
  watchCrashes({ electron, window: current, clock, log, t });
  options.onSignal(() => void lifeCycle.leave());
  options.onDefect((error, fatal) => {
    const detail = error instanceof Error ? error.stack : String(error);
    log('error', 'desktop.defect', { fatal, detail });
    if (fatal) void lifeCycle.leave();
  });
  app.on('second-instance', () => wake(current()));
  electron.Menu.setApplicationMenu(
    electron.Menu.buildFromTemplate(
      menuTemplate({
        platform: options.facts.platform,
        isPackaged: app.isPackaged,
        t,
        send: (command) => current()?.webContents.send('jb:page', { command }),
        openLogs: () => void electron.shell.openPath(places.folders.logs),
      }),
    ),
  );

  const window = openMainWindow(electron, { page, preload: options.preload, version, title: options.name, state });
  opened.window = window;
  lifeCycle.watch(window);
  watchPage(window, pageHost, warn);
  await window.loadURL(page.url);
  if (places.notWritable !== undefined) {
    const message = t('desktop.portable.notWritable', { folder: places.notWritable });
    await dialog.showMessageBox(window, { type: 'warning', message });
  }
}

/** The built page; the development server brings its own. */
function pageFiles(options: DesktopOptions, page: PageOrigin): Promise<FileTable> {
  return page.devOrigin === undefined ? readFileTable(options.rendererFolder) : Promise.resolve(new Map());
}

/** A page that goes away takes its port with it, whether or not the port says so. */
function watchPage(window: BrowserWindow, pageHost: PageHost, log: (event: string, facts: object) => void): void {
  const contents = window.webContents;
  const { id } = contents;
  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) pageHost.drop(id);
  });
  contents.on('render-process-gone', () => pageHost.drop(id));
  contents.on('destroyed', () => pageHost.drop(id));
  contents.on('preload-error', (_event, _path, error) => log('desktop.preloadFault', { message: error.message }));
}

function windowState(state: WindowState, window: BrowserWindow | undefined): WindowState {
  return window ? { ...state, bounds: window.getNormalBounds(), maximized: window.isMaximized() } : state;
}

function wake(window: BrowserWindow | undefined): void {
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}

function ownContext(): { signal: AbortSignal; client: { id: string; carrier: 'electron' } } {
  return { signal: new AbortController().signal, client: { id: 'desktop', carrier: 'electron' } };
}
