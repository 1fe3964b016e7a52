import { describe, expect, it } from 'vitest';
import { desktopFolders } from '../../../src/main/desktop/desktop-folders.ts';
import type { FolderFacts } from '../../../src/main/desktop/desktop-folders.ts';
import { menuCommands, menuTemplate } from '../../../src/main/desktop/menu.ts';
import { originOf, pageOrigin } from '../../../src/main/desktop/page-origin.ts';
import { webPreferences } from '../../../src/main/desktop/web-preferences.ts';
import { restorableBounds } from '../../../src/main/desktop/window-state.ts';
import { createText } from '../../../src/shared/text/index.ts';

describe('where the page comes from', () => {
  it('is app://joulebench', () => {
    expect(pageOrigin(false, undefined)).toEqual({ origin: 'app://joulebench', url: 'app://joulebench/' });
  });

  it('is the development server only for an unpackaged app and only on this computer', () => {
    expect(pageOrigin(false, 'http://localhost:5173')).toEqual({
      origin: 'http://localhost:5173',
      url: 'http://localhost:5173/',
      devOrigin: 'http://localhost:5173',
    });
    expect(pageOrigin(false, 'http://127.0.0.1:5173/').devOrigin).toBe('http://127.0.0.1:5173');
    for (const url of [
      'http://evil.example',
      'http://localhost.evil.example',
      'file:///etc',
      'javascript:1',
      'app://joulebench',
      '',
      '?',
    ]) {
      expect(pageOrigin(false, url)).toEqual(pageOrigin(false, undefined));
    }
    expect(pageOrigin(true, 'http://localhost:5173')).toEqual(pageOrigin(true, undefined));
  });

  it('tells origins apart that Node calls null', () => {
    expect(new URL('app://joulebench/x').origin).toBe('null');
    expect(originOf('app://joulebench/run?x#y')).toBe('app://joulebench');
    expect(originOf('app://other/')).not.toBe(originOf('app://joulebench/'));
    expect(originOf('http://joulebench/')).not.toBe(originOf('app://joulebench/'));
    expect(originOf('app://joulebench@evil/')).toBe('app://evil');
    expect(originOf('no url')).toBeUndefined();
  });
});

describe('where files go', () => {
  const facts = (change: Partial<FolderFacts>): FolderFacts => ({
    platform: 'linux',
    home: '/home/ada',
    env: {},
    exists: () => false,
    writable: () => true,
    ...change,
  });

  it('is the platform’s folders, the page’s own data apart from sessions', () => {
    const linux = desktopFolders(facts({ packagedExecPath: '/opt/Joulebench/joulebench' }));
    expect(linux).toMatchObject({ portable: false, userData: '/home/ada/.config/joulebench/window' });
    expect(linux.folders.sessions).toBe('/home/ada/Documents/Joulebench');
    const windows = desktopFolders(
      facts({
        platform: 'win32',
        home: 'C:\\Users\\Ada',
        packagedExecPath: 'C:\\Programs\\Joulebench\\joulebench.exe',
      }),
    );
    expect(windows.folders.sessions).toBe('C:\\Users\\Ada\\Documents\\Joulebench');
    expect(windows.userData).toBe('C:\\Users\\Ada\\AppData\\Local\\Joulebench\\window');
  });

  it.each([
    ['linux', '/media/stick/joulebench', {}, '/media/stick'],
    ['linux', '/tmp/.mount_x/joulebench', { APPIMAGE: '/media/stick/Joulebench.AppImage' }, '/media/stick'],
    ['win32', 'E:\\Tools\\joulebench.exe', {}, 'E:\\Tools'],
    ['darwin', '/Volumes/Stick/Joulebench.app/Contents/MacOS/Joulebench', {}, '/Volumes/Stick'],
  ] as const)('is beside the program that is marked portable (%s, %s)', (platform, packagedExecPath, env, beside) => {
    const separator = platform === 'win32' ? '\\' : '/';
    const exists = (path: string): boolean => path === `${beside}${separator}joulebench-portable`;
    const asked: string[] = [];
    const writable = (folder: string): boolean => asked.push(folder) > 0;
    const places = desktopFolders(facts({ platform, packagedExecPath, env, exists, writable }));
    expect(asked).toEqual([beside]);
    expect(places.portable).toBe(true);
    const base = `${beside}${separator}joulebench-data`;
    expect(Object.values(places.folders).every((folder) => folder.startsWith(base))).toBe(true);
    expect(places.userData.startsWith(base)).toBe(true);
    expect(places.folders.sessions.startsWith(places.userData)).toBe(false);
  });

  it('says which folder cannot be written to, and uses the usual ones', () => {
    const places = desktopFolders(
      facts({ packagedExecPath: '/ro/joulebench', exists: () => true, writable: () => false }),
    );
    expect(places).toMatchObject({ portable: false, notWritable: '/ro' });
    expect(places.folders.sessions).toBe('/home/ada/Documents/Joulebench');
  });

  it('is never beside the sources', () => {
    expect(desktopFolders(facts({ exists: () => true })).portable).toBe(false);
  });
});

describe('restorableBounds', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1040 };

  it('keeps bounds that a screen still shows', () => {
    const bounds = { x: 100, y: 50, width: 1200, height: 800 };
    expect(restorableBounds(bounds, [screen])).toEqual(bounds);
    const left = { ...bounds, x: -1500 };
    expect(restorableBounds(left, [screen, { ...screen, x: -1920 }])).toEqual(left);
  });

  it('forgets bounds on a screen that is gone, or whose title bar cannot be reached', () => {
    expect(restorableBounds({ x: -1500, y: 50, width: 1200, height: 800 }, [screen])).toBeUndefined();
    expect(restorableBounds({ x: 1850, y: 50, width: 1200, height: 800 }, [screen])).toBeUndefined();
    expect(restorableBounds({ x: 100, y: -700, width: 1200, height: 800 }, [screen])).toBeUndefined();
    expect(restorableBounds({ x: 100, y: 1030, width: 1200, height: 800 }, [screen])).toBeUndefined();
    expect(restorableBounds(undefined, [screen])).toBeUndefined();
    expect(restorableBounds({ x: 0, y: 0, width: 1, height: 1 }, [])).toBeUndefined();
  });

  it('cuts a window to the screen it is shown on', () => {
    expect(restorableBounds({ x: 0, y: 0, width: 3000, height: 2000 }, [screen])).toEqual({
      x: 0,
      y: 0,
      width: 1920,
      height: 1040,
    });
  });
});

describe('webPreferences', () => {
  it('are exactly these', () => {
    expect(webPreferences('/preload.cjs', '1.2.3', true)).toEqual({
      preload: '/preload.cjs',
      additionalArguments: ['--joulebench-version=1.2.3'],
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    });
    expect(webPreferences('/p', '1', false).devTools).toBe(true);
  });
});

describe('the menu', () => {
  interface Item {
    id?: string;
    role?: string;
    label?: string;
    accelerator?: string;
    registerAccelerator?: boolean;
    submenu?: Item[];
    click?: () => void;
  }
  const sent: string[] = [];
  const menu = (platform: NodeJS.Platform, isPackaged = true): Item[] =>
    menuTemplate({
      platform,
      isPackaged,
      t: createText().t,
      send: (command) => sent.push(command),
      openLogs: () => sent.push('logs'),
    }) as Item[];
  const all = (items: Item[]): Item[] => items.flatMap((item) => [item, ...all(item.submenu ?? [])]);

  it('has words for everything', () => {
    for (const { label } of all(menu('linux'))) {
      if (label !== undefined) expect(label).not.toMatch(/^(ui|desktop)\./);
    }
  });

  it('sends each command by its name, and leaves its key to the page', () => {
    const items = all(menu('linux')).filter(({ id }) => id !== undefined && id !== 'help.logs');
    const ids = Object.values(menuCommands)
      .flat()
      .filter((command) => command !== 'separator')
      .map(({ id }) => id);
    expect(items.map(({ id }) => id)).toEqual(ids);
    for (const item of items) item.click?.();
    expect(sent).toEqual(ids);
    for (const { accelerator, registerAccelerator } of items) {
      if (accelerator !== undefined) expect(registerAccelerator).toBe(false);
    }
  });

  it('gives every key once', () => {
    const keys = all(menu('linux')).flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('begins with the app’s own menu on a Mac, and has quit elsewhere', () => {
    expect(menu('darwin')[0]).toEqual({ role: 'appMenu' });
    for (const platform of ['linux', 'win32'] as const) {
      const roles = all(menu(platform)).map(({ role }) => role);
      expect(roles).toContain('quit');
      expect(roles).not.toContain('appMenu');
    }
  });

  it('has developer tools and reload only in an unpackaged app', () => {
    const roles = (isPackaged: boolean): (string | undefined)[] =>
      all(menu('linux', isPackaged)).map(({ role }) => role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(true)).not.toContain('reload');
    expect(roles(false)).toContain('toggleDevTools');
  });
});
