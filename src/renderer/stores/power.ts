import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { LivePower } from '../../shared/domain/live-power.ts';
import { useClient } from '../client/index.ts';
import { useOperationStore } from './operation.ts';

/** What the energy monitor of the followed run measures now; undefined as long as that run has none. */
export const usePowerStore = defineStore('power', () => {
  const client = useClient();
  const operation = useOperationStore();
  const power = shallowRef<LivePower>();
  let unfollow: (() => void) | undefined;

  function follow(operationId: string | undefined): void {
    unfollow?.();
    unfollow = undefined;
    power.value = undefined;
    if (operationId === undefined) return;
    // An operation without a monitor has nothing to say here: a refusal is no news.
    unfollow = client.follow('power', { operationId }, { value: (value) => (power.value = value) });
  }

  // Only runs that have an energy part have a monitor to follow.
  watch(() => (operation.live?.runs.some((run) => run.mode === 'energy') ? operation.followedId : undefined), follow, {
    immediate: true,
  });

  return { power };
});
