import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron';
import { systemClock, watchAddress } from './bench/index.ts';
import { startDesktop } from './desktop/index.ts';
import { openLogFile } from './log-file.ts';
import { guardAddress } from './flash/index.ts';
import { createHostApi } from './host-api.ts';
import { createHost } from './host.ts';
import { projectDir, rendererDir, resourcesDir } from './places.ts';
import { appIdentity } from './version.ts';

// The desktop entry: Electron around the host. Everything here is done before Electron is ready.

const identity = appIdentity();

// The packed app may not run scripts (a fuse of Electron forbids it): its own program is the watchdog of a supply, or the guard of a
// flashing tool, when it is told so.
if (watchAddress(process.argv) !== undefined) serve(() => import('./bench/supply-watch-child.ts'));
else if (guardAddress(process.argv) !== undefined) serve(() => import('./flash/process/guard-child.ts'));
else start();

function serve(entry: () => Promise<unknown>): void {
  app.dock?.hide();
  void entry();
}

function start(): void {
  startDesktop({
    electron: {
      app,
      BrowserWindow,
      crashReporter,
      dialog,
      ipcMain,
      Menu,
      nativeTheme,
      powerMonitor,
      powerSaveBlocker,
      protocol,
      safeStorage,
      screen,
      session,
      shell,
    },
    clock: systemClock(),
    ...identity,
    preload: join(projectDir(), 'out', 'preload', 'index.cjs'),
    rendererFolder: rendererDir(),
    facts: {
      platform: process.platform,
      home: homedir(),
      env: process.env,
      packagedExecPath: app.isPackaged ? process.execPath : undefined,
      exists: existsSync,
      writable,
    },
    makeFolder: (path) => void mkdirSync(path, { recursive: true }),
    openHost: async (folders, secrets) => {
      const host = await createHost({
        app: identity,
        program: identity.name,
        folders,
        // What foreign programs read cannot lie in the app's archive.
        resourcesDir: app.isPackaged ? join(process.resourcesPath, 'jb') : resourcesDir(),
        platform: process.platform,
        systemLocale: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
        secrets,
      });
      return createHostApi(host, 'desktop', openLogFile(folders.logs, 'desktop'));
    },
    startProgram: (path) => void spawn(path, [], { detached: true, stdio: 'ignore' }).unref(),
    onSignal(leave) {
      process.once('SIGTERM', leave);
      process.once('SIGINT', leave);
    },
    onDefect(defect) {
      process.on('uncaughtException', (error) => defect(error, true));
      process.on('unhandledRejection', (error) => defect(error, false));
    },
  });
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
