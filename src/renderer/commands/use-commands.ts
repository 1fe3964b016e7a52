import { useEventListener } from '@vueuse/core';
import { computed, inject, provide } from 'vue';
import type { ComputedRef, InjectionKey } from 'vue';
import { useRouter } from 'vue-router';
import { pagesIn } from '../../shared/domain/pages.ts';
import type { PageId } from '../../shared/domain/pages.ts';
import type { IconName } from '../components/icons.ts';
import type { FrameState } from '../frame/frame-state.ts';
import { useBenchStore, useNoticesStore, useOperationStore, useSettingsStore } from '../stores/index.ts';
import type { TextKey } from '../text/index.ts';
import { chapterOf } from '../views/help/chapter-of.ts';
import { isMac, isPlain, matches } from './shortcut.ts';
import type { Shortcut } from './shortcut.ts';

type CommandGroup = 'go' | 'bench' | 'run' | 'view';

/** A named action. One list feeds the rail, the palette, the shortcuts and their page. */
export interface Command {
  id: string;
  group: CommandGroup;
  title: TextKey;
  icon: IconName;
  enabled: boolean;
  shortcut?: Shortcut;
  /** For pages: where it leads. */
  path?: string;
  run(): void;
}

export interface Commands {
  all: ComputedRef<readonly Command[]>;
  mac: boolean;
  run(id: string): void;
}

const commandsKey: InjectionKey<Commands> = Symbol('commands');

export function useCommands(): Commands {
  const commands = inject(commandsKey);
  if (!commands) throw new Error('provideCommands was not called');
  return commands;
}

/** Builds the list, gives it to the page below and listens for the shortcuts. */
export function provideCommands(frame: FrameState): Commands {
  const router = useRouter();
  const bench = useBenchStore();
  const operation = useOperationStore();
  const settings = useSettingsStore();
  const { attempt } = useNoticesStore();
  const mac = isMac(navigator.platform);

  const go = (page: PageId, at: number): Command => ({
    id: `go.${page}`,
    group: 'go',
    title: `ui.nav.${page}`,
    icon: page,
    path: `/${page}`,
    enabled: true,
    // The manual has its own key and opens at the chapter of the page one comes from.
    shortcut: page === 'help' ? { key: 'f1' } : { key: `digit${(at + 1) % 10}`, alt: true },
    run: () => void router.push(page === 'help' ? `/help/${chapterOf(router.currentRoute.value.path)}` : `/${page}`),
  });
  const theme = (value: 'system' | 'light' | 'dark', title: TextKey): Command => ({
    id: `view.theme.${value}`,
    group: 'view',
    title,
    icon: 'settings',
    enabled: settings.settings.theme !== value,
    run: () => void attempt(() => settings.change({ theme: value })),
  });

  const all = computed<readonly Command[]>(() => {
    const state = operation.live?.operation.state;
    const virtual = bench.benches.find((one) => one.simulated);
    const engineering = settings.settings.mode === 'engineering';
    return [
      ...pagesIn(settings.settings.mode).map(go),
      {
        id: 'bench.openVirtual',
        group: 'bench',
        title: 'ui.bench.openVirtual',
        icon: 'bench',
        enabled: virtual !== undefined && !virtual.open && bench.opening === undefined,
        run: () => virtual && void attempt(() => bench.open(virtual.id)),
      },
      {
        id: 'run.pause',
        group: 'run',
        title: 'ui.run.pause',
        icon: 'pause',
        enabled: state === 'running',
        run: () => void attempt(operation.pause),
      },
      {
        id: 'run.resume',
        group: 'run',
        title: 'ui.run.resume',
        icon: 'play',
        enabled: state === 'paused',
        run: () => void attempt(operation.resume),
      },
      {
        id: 'run.stop',
        group: 'run',
        title: 'ui.run.stopAsk',
        icon: 'stop',
        enabled: state === 'running' || state === 'paused',
        shortcut: { key: '.', mod: true },
        run: () => (frame.stopAsked.value = true),
      },
      {
        id: 'view.palette',
        group: 'view',
        title: 'ui.command.palette',
        icon: 'search',
        enabled: true,
        shortcut: { key: 'k', mod: true },
        run: () => (frame.paletteOpen.value = !frame.paletteOpen.value),
      },
      {
        id: 'view.console',
        group: 'view',
        title: 'ui.command.console',
        icon: 'console',
        enabled: true,
        shortcut: { key: 'j', mod: true },
        run: () => (frame.consoleOpen.value = !frame.consoleOpen.value),
      },
      {
        id: 'view.rail',
        group: 'view',
        title: 'ui.command.rail',
        icon: 'fold',
        enabled: true,
        shortcut: { key: 'b', mod: true },
        run: () => (frame.railFolded.value = !frame.railFolded.value),
      },
      {
        id: 'view.shortcuts',
        group: 'view',
        title: 'ui.command.shortcuts',
        icon: 'help',
        enabled: true,
        shortcut: { key: '?' },
        run: () => (frame.shortcutsOpen.value = true),
      },
      engineering
        ? {
            id: 'view.operatorMode',
            group: 'view',
            title: 'ui.path.mode.toOperator',
            icon: 'lock',
            enabled: true,
            run: () => void attempt(() => settings.change({ mode: 'operator' })),
          }
        : {
            id: 'view.engineeringMode',
            group: 'view',
            title: 'ui.path.mode.toEngineering',
            icon: 'lock',
            enabled: true,
            run: () => (frame.leaveOperatorAsked.value = true),
          },
      theme('system', 'ui.command.themeSystem'),
      theme('light', 'ui.command.themeLight'),
      theme('dark', 'ui.command.themeDark'),
      {
        id: 'view.contrast',
        group: 'view',
        title: 'ui.command.contrast',
        icon: 'settings',
        enabled: true,
        run: () =>
          void attempt(() => settings.change({ contrast: settings.settings.contrast === 'more' ? 'system' : 'more' })),
      },
    ];
  });

  const commands: Commands = {
    all,
    mac,
    run(id) {
      const command = all.value.find((one) => one.id === id);
      if (command?.enabled) command.run();
    },
  };
  provide(commandsKey, commands);

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat) return;
    const typing =
      event.target instanceof Element && event.target.matches('input, textarea, select, [contenteditable]');
    const command = all.value.find(
      ({ shortcut }) => shortcut && matches(shortcut, event, mac) && !(typing && isPlain(shortcut)),
    );
    if (!command) return;
    event.preventDefault();
    if (command.enabled) command.run();
  });
  return commands;
}
