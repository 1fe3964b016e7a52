import { useLocalStorage } from '@vueuse/core';
import { inject, provide, ref } from 'vue';
import type { InjectionKey, Ref } from 'vue';

/** What is folded, open or asked in the frame; each window has its own. */
export interface FrameState {
  railFolded: Ref<boolean>;
  consoleOpen: Ref<boolean>;
  paletteOpen: Ref<boolean>;
  shortcutsOpen: Ref<boolean>;
  /** The question whether the run shall stop is on the screen. */
  stopAsked: Ref<boolean>;
  /** The question whether operator mode shall be left is on the screen. */
  leaveOperatorAsked: Ref<boolean>;
}

const frameKey: InjectionKey<FrameState> = Symbol('frame');

export function provideFrame(): FrameState {
  const frame: FrameState = {
    railFolded: useLocalStorage('joulebench.rail-folded', false),
    consoleOpen: useLocalStorage('joulebench.console-open', false),
    paletteOpen: ref(false),
    shortcutsOpen: ref(false),
    stopAsked: ref(false),
    leaveOperatorAsked: ref(false),
  };
  provide(frameKey, frame);
  return frame;
}

export function useFrame(): FrameState {
  const frame = inject(frameKey);
  if (!frame) throw new Error('provideFrame was not called');
  return frame;
}
