import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { toFault } from '../../shared/fault/index.ts';
import type { Fault } from '../../shared/fault/index.ts';

export interface Notice {
  id: number;
  fault: Fault;
}

/** Faults of actions that no part of the page shows by itself. They stay until they are put away. */
export const useNoticesStore = defineStore('notices', () => {
  const notices = shallowRef<readonly Notice[]>([]);
  let nextId = 1;

  function report(error: unknown): void {
    const fault = toFault(error);
    if (fault.code === 'operation.cancelled') return;
    const others = notices.value.filter((notice) => notice.fault.code !== fault.code);
    notices.value = [...others, { id: nextId++, fault }].slice(-3);
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id);
  }

  /** Runs an action and reports its fault; tells whether it succeeded. */
  async function attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      report(error);
      return false;
    }
  }

  return { notices, report, dismiss, attempt };
});
