import { useEventListener, useWakeLock } from '@vueuse/core';
import { computed, inject, provide, ref, watch } from 'vue';
import type { ComputedRef, InjectionKey } from 'vue';
import { useDesktop } from '../client/index.ts';
import { useCalibrationStore, useFlashStore, useOperationStore } from '../stores/index.ts';

/** `kept`: sleep is prevented. `refused`: nobody here can prevent it. `idle`: there is nothing to stay awake for. */
export type Wakefulness = 'kept' | 'refused' | 'idle';

const guardKey: InjectionKey<ComputedRef<Wakefulness>> = Symbol('run-guard');

/**
 * In a browser: asks before the page is left while something runs, and keeps the computer awake meanwhile where the browser can. On the
 * desktop the main process does both.
 */
export function provideRunGuard(): void {
  const desktop = useDesktop();
  const operation = useOperationStore();
  const calibration = useCalibrationStore();
  const flash = useFlashStore();
  const busy = computed(() => operation.running || calibration.running || flash.running);
  if (desktop) {
    provide(
      guardKey,
      computed(() => (busy.value ? 'kept' : 'idle')),
    );
    return;
  }

  useEventListener(window, 'beforeunload', (event: BeforeUnloadEvent) => {
    if (busy.value) event.preventDefault();
  });

  const { isSupported, isActive, request, release } = useWakeLock();
  const refused = ref(false);
  watch(
    busy,
    (now) => {
      refused.value = false;
      if (!isSupported.value) return;
      // A browser may say no: battery saver, a policy, a page in the background.
      if (now) request('screen').catch(() => (refused.value = true));
      else if (isActive.value) void release().catch(() => undefined);
    },
    { immediate: true },
  );
  provide(
    guardKey,
    computed(() => (!busy.value ? 'idle' : isSupported.value && !refused.value ? 'kept' : 'refused')),
  );
}

/** Whether the computer is kept awake for what runs. */
export function useWakefulness(): ComputedRef<Wakefulness> {
  const guard = inject(guardKey);
  if (!guard) throw new Error('provideRunGuard was not called');
  return guard;
}
