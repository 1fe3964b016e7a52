import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { CallOutput } from '../../shared/contract/index.ts';
import { useClient } from '../client/index.ts';

export type WorkloadSummary = CallOutput<'workload.list'>[number];

/** The workloads that the host knows. */
export const useWorkloadsStore = defineStore('workloads', () => {
  const client = useClient();
  const workloads = shallowRef<readonly WorkloadSummary[]>([]);

  async function load(): Promise<void> {
    workloads.value = await client.call('workload.list', {});
  }

  return { workloads, load };
});
