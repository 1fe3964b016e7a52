import type * as Electron from 'electron';

/**
 * The parts of Electron that the desktop uses, handed in by `src/main/index.ts`: this list is the whole of what the app asks
 * of Electron, and what the tests' stand-in has to offer.
 */
export interface ElectronParts {
  readonly app: Electron.App;
  readonly BrowserWindow: typeof Electron.BrowserWindow;
  readonly crashReporter: Electron.CrashReporter;
  readonly dialog: Electron.Dialog;
  readonly ipcMain: Electron.IpcMain;
  readonly Menu: typeof Electron.Menu;
  readonly nativeTheme: Electron.NativeTheme;
  readonly powerMonitor: Electron.PowerMonitor;
  readonly powerSaveBlocker: Electron.PowerSaveBlocker;
  readonly protocol: Electron.Protocol;
  readonly safeStorage: Electron.SafeStorage;
  readonly screen: Electron.Screen;
  readonly session: typeof Electron.session;
  readonly shell: Electron.Shell;
}
