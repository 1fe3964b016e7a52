import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { plannedRunS } from '../../../shared/domain/run-estimate.ts';
import { useBenchStore, useWorkloadsStore } from '../../stores/index.ts';
import { chosenWorkload, useRunDraft } from './draft.ts';
import type { RunMode } from './steps.ts';

/**
 * Seconds that runs take by the reader's clock, as far as it can be told before the DUT has run anything; undefined at a pace that has no
 * figure, or where a data set has not been counted.
 */
export function useRunEstimate(): ComputedRef<(modes: readonly RunMode[]) => number | undefined> {
  const bench = useBenchStore();
  const workloads = useWorkloadsStore();
  const draft = useRunDraft();
  return computed(() => (modes) => {
    const pace = bench.current?.pace ?? 1;
    if (typeof pace !== 'number') return undefined;
    const workload = chosenWorkload(draft, workloads.workloads);
    let totalS = 0;
    for (const mode of modes) {
      const { inputs, inputBytes } = workload ?? {};
      const plannedS = plannedRunS({ mode, settings: draft.settings, inputs, inputBytes });
      if (plannedS === undefined) return undefined;
      totalS += plannedS;
    }
    return totalS / pace;
  });
}
