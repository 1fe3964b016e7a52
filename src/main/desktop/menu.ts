import type { MenuItemConstructorOptions } from 'electron';
import { pages } from '../../shared/domain/pages.ts';

export interface MenuCommand {
  /** Name of the command in the page's own list: one list feeds menu, palette and shortcuts. */
  readonly id: string;
  /** Key of its title in the locales. */
  readonly title: string;
  readonly accelerator?: string;
}

type Group = readonly (MenuCommand | 'separator')[];

/** The page's commands that stand in the menu, by menu. The keys are the page's. */
export const menuCommands = {
  run: [
    { id: 'bench.openVirtual', title: 'ui.bench.openVirtual' },
    'separator',
    { id: 'run.pause', title: 'ui.run.pause' },
    { id: 'run.resume', title: 'ui.run.resume' },
    { id: 'run.stop', title: 'ui.run.stopAsk', accelerator: 'CommandOrControl+.' },
  ],
  go: pages.map((page, at) => ({
    id: `go.${page}`,
    title: `ui.nav.${page}`,
    accelerator: page === 'help' ? 'F1' : `Alt+${(at + 1) % 10}`,
  })),
  view: [
    { id: 'view.palette', title: 'ui.command.palette', accelerator: 'CommandOrControl+K' },
    { id: 'view.console', title: 'ui.command.console', accelerator: 'CommandOrControl+J' },
    { id: 'view.rail', title: 'ui.command.rail', accelerator: 'CommandOrControl+B' },
  ],
  help: [{ id: 'view.shortcuts', title: 'ui.command.shortcuts' }],
} as const satisfies Record<string, Group>;

export interface MenuOptions {
  platform: NodeJS.Platform;
  isPackaged: boolean;
  t(key: string): string;
  /** Sends a command to the page. */
  send(command: string): void;
  openLogs(): void;
}

/** The application menu: standard items by their roles, the app's own by the page's commands. */
export function menuTemplate({ platform, isPackaged, t, send, openLogs }: MenuOptions): MenuItemConstructorOptions[] {
  const items = (group: Group): MenuItemConstructorOptions[] =>
    group.map((command) => (command === 'separator' ? { type: 'separator' } : item(command)));
  const item = ({ id, title, accelerator }: MenuCommand): MenuItemConstructorOptions => ({
    id,
    label: t(title),
    click: () => send(id),
    // The page hears the same keys itself; only shown here (macOS ignores this and keeps the key from the page).
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const mac = platform === 'darwin';
  const roles = (...names: NonNullable<MenuItemConstructorOptions['role']>[]): MenuItemConstructorOptions[] =>
    names.map((role) => ({ role }));
  return [
    ...(mac ? roles('appMenu') : []),
    {
      label: t('desktop.menu.run'),
      submenu: [...items(menuCommands.run), ...(mac ? [] : [separator, ...roles('quit')])],
    },
    { role: 'editMenu' },
    { label: t('desktop.menu.go'), submenu: items(menuCommands.go) },
    {
      label: t('desktop.menu.view'),
      submenu: [
        ...items(menuCommands.view),
        separator,
        ...roles('resetZoom', 'zoomIn', 'zoomOut'),
        separator,
        ...roles('togglefullscreen'),
        ...(isPackaged ? [] : roles('reload', 'toggleDevTools')),
      ],
    },
    ...(mac ? roles('windowMenu') : []),
    {
      role: 'help',
      label: t('desktop.menu.help'),
      submenu: [
        ...items(menuCommands.help),
        { id: 'help.logs', label: t('desktop.menu.openLogs'), click: openLogs },
        ...(mac ? [] : [separator, ...roles('about')]),
      ],
    },
  ];
}
