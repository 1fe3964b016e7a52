import type { NativeTheme } from 'electron';
import type { Handlers } from '../../shared/contract/index.ts';

const ownClient = { id: 'desktop', carrier: 'electron' as const };

/**
 * Lets the system's parts of the window (menus, scroll bars, dialogs) follow the theme of the settings.
 * @returns the handlers to serve instead: those given, with an eye on `settings.set`.
 */
export async function followTheme(handlers: Handlers, nativeTheme: NativeTheme): Promise<Handlers> {
  const { calls } = handlers;
  const settings = await calls['settings.get']({}, { signal: new AbortController().signal, client: ownClient });
  nativeTheme.themeSource = settings.theme;
  return {
    ...handlers,
    calls: {
      ...calls,
      'settings.set': async (input, context) => {
        const changed = await calls['settings.set'](input, context);
        nativeTheme.themeSource = changed.theme;
        return changed;
      },
    },
  };
}
