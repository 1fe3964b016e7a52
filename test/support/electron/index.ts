import type { ElectronParts } from '../../../src/main/desktop/index.ts';
import { StandInApp } from './app.ts';
import { StandInIpcMain } from './ipc-main.ts';
import { Problems } from './problems.ts';
import {
  StandInDialog,
  StandInPowerMonitor,
  StandInPowerSaveBlocker,
  StandInProtocol,
  StandInSafeStorage,
  StandInSession,
  StandInUtilityProcess,
} from './services.ts';
import type { StandInBackend } from './services.ts';
import { StandInWindow } from './window.ts';
import type { World } from './window.ts';

export interface StandInOptions {
  isPackaged?: boolean;
  firstInstance?: boolean;
  /** Runs the windows' preload files. */
  runPreload?: boolean;
  /** What Linux's safe storage is; `unavailable` fails every call. */
  safeStorage?: StandInBackend;
  workAreas?: { x: number; y: number; width: number; height: number }[];
}

export interface StandIn {
  readonly app: StandInApp;
  readonly ipcMain: StandInIpcMain;
  readonly protocol: StandInProtocol;
  readonly session: StandInSession;
  readonly dialog: StandInDialog;
  readonly powerMonitor: StandInPowerMonitor;
  readonly powerSaveBlocker: StandInPowerSaveBlocker;
  readonly safeStorage: StandInSafeStorage;
  readonly utilityProcess: StandInUtilityProcess;
  readonly problems: Problems;
  readonly shell: { readonly calls: string[]; answer: string };
  readonly nativeTheme: { themeSource: string; shouldUseDarkColors: boolean };
  /** The menu as it was set. */
  readonly menu: { template: Record<string, unknown>[] | undefined };
  window(): StandInWindow;
  /** What the app is handed. */
  readonly parts: ElectronParts;
}

const wholeScreen = { x: 0, y: 0, width: 1920, height: 1080 };

/** A small Electron: its documented rules for what this app uses of it, and a fault for what they forbid. */
export function standInElectron(options: StandInOptions = {}): StandIn {
  const problems = new Problems();
  const app = new StandInApp({
    isPackaged: options.isPackaged ?? true,
    firstInstance: options.firstInstance ?? true,
    problems,
  });
  const ipcMain = new StandInIpcMain();
  const world: World = { app, ipcMain, problems, runPreload: options.runPreload ?? false };
  const protocol = new StandInProtocol(app, problems);
  const session = new StandInSession();
  const dialog = new StandInDialog();
  const powerMonitor = new StandInPowerMonitor();
  const powerSaveBlocker = new StandInPowerSaveBlocker();
  const safeStorage = new StandInSafeStorage(app, options.safeStorage ?? 'gnome_libsecret');
  const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };
  const menu: StandIn['menu'] = { template: undefined };
  const shell = {
    calls: [] as string[],
    answer: '',
    showItemInFolder: (path: string) => void shell.calls.push(`show ${path}`),
    openPath: (path: string) => Promise.resolve((shell.calls.push(`open ${path}`), shell.answer)),
  };
  const needReady = (what: string): void => {
    if (!app.isReady()) throw new Error(`${what} cannot be used before app is ready`);
  };
  const parts = {
    app,
    BrowserWindow: class extends StandInWindow {
      constructor(windowOptions: Record<string, unknown>) {
        super(world, windowOptions);
      }
    },
    crashReporter: {
      start: (start: { uploadToServer?: boolean }) =>
        start.uploadToServer !== false && problems.add('crash reports would be sent'),
    },
    dialog,
    ipcMain,
    Menu: {
      buildFromTemplate: (template: Record<string, unknown>[]) => template,
      setApplicationMenu: (template: Record<string, unknown>[]) => void (menu.template = template),
    },
    nativeTheme,
    powerMonitor,
    powerSaveBlocker,
    protocol,
    safeStorage,
    screen: {
      getAllDisplays() {
        needReady('screen');
        return (options.workAreas ?? [wholeScreen]).map((workArea) => ({ workArea }));
      },
    },
    session: {
      get defaultSession() {
        needReady('session');
        return session;
      },
    },
    shell,
  };
  return {
    app,
    ipcMain,
    protocol,
    session,
    dialog,
    powerMonitor,
    powerSaveBlocker,
    safeStorage,
    utilityProcess: new StandInUtilityProcess(app),
    problems,
    shell,
    nativeTheme,
    menu,
    window() {
      const [window] = app.windows;
      if (!window) throw new Error('there is no window');
      return window;
    },
    parts: parts as unknown as ElectronParts,
  };
}
