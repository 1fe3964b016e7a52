import type { BrowserWindow } from 'electron';
import type { ElectronParts } from './electron-parts.ts';
import type { PageOrigin } from './page-origin.ts';
import { webPreferences } from './web-preferences.ts';
import { restorableBounds } from './window-state.ts';
import type { WindowState } from './window-state.ts';

export interface MainWindowOptions {
  page: PageOrigin;
  preload: string;
  version: string;
  title: string;
  state: WindowState;
}

/** The page's background in its two themes (design tokens `bg`), shown until the first paint. */
const backgrounds = { light: '#F6F7F9', dark: '#0E1217' };
const size = { width: 1360, height: 860, minWidth: 1024, minHeight: 640 };

/** Opens the one window, where it stood last if a screen is still there; it shows itself when the page has painted. */
export function openMainWindow(electron: ElectronParts, options: MainWindowOptions): BrowserWindow {
  const { app, nativeTheme, screen } = electron;
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new electron.BrowserWindow({
    ...size,
    ...restorableBounds(options.state.bounds, workAreas),
    title: options.title,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    webPreferences: webPreferences(options.preload, options.version, app.isPackaged),
  });
  window.once('ready-to-show', () => {
    if (options.state.maximized) window.maximize();
    window.show();
  });
  return window;
}
