import { computed, ref, watch } from 'vue';
import type { ComputedRef } from 'vue';
import {
  useBenchStore,
  useCatalogueStore,
  useNoticesStore,
  useOperationStore,
  useWorkloadsStore,
} from '../../stores/index.ts';
import type { WorkloadSummary } from '../../stores/index.ts';
import { useText } from '../../text/index.ts';
import { chosenWorkload, modesOf, useRunDraft } from './draft.ts';
import { monitorKind } from './energy-draft.ts';
import { calibrateStep, flashStep } from './path-steps.ts';
import type { PathFacts } from './path-steps.ts';
import { preconditionsOf } from './preconditions.ts';
import type { Precondition } from './preconditions.ts';
import { currentStep, stepIds, stepsOf } from './steps.ts';
import type { Step, StepId } from './steps.ts';
import { usePathFacts } from './use-path-facts.ts';

export interface GuidedRun {
  steps: ComputedRef<readonly Step[]>;
  /** Where the path stands. */
  current: ComputedRef<StepId>;
  /** The step on the page: the one under way unless another one was chosen. */
  shown: ComputedRef<StepId>;
  choose(id: StepId): void;
  follow(): void;
  facts: ComputedRef<PathFacts>;
  workload: ComputedRef<WorkloadSummary | undefined>;
  preconditions: ComputedRef<readonly Precondition[]>;
  openLabel: ComputedRef<string>;
  openBench(): void;
}

/** The guided path on one page: where it stands and what is looked at. */
export function useGuidedRun(): GuidedRun {
  const text = useText();
  const { t } = text;
  const bench = useBenchStore();
  const catalogue = useCatalogueStore();
  const operation = useOperationStore();
  const workloads = useWorkloadsStore();
  const notices = useNoticesStore();
  const draft = useRunDraft();
  const facts = usePathFacts();
  const chosen = ref<StepId>();

  const workload = computed(() => chosenWorkload(draft, workloads.workloads));
  const steps = computed(() =>
    stepsOf({
      bench: bench.current,
      opening: bench.opening !== undefined,
      live: operation.live,
      modes: modesOf(draft, bench.current),
      before: [flashStep(facts.value), calibrateStep(facts.value)],
    }),
  );
  const current = computed(() => currentStep(steps.value, operation.live));
  const shown = computed(() => chosen.value ?? current.value);
  const preconditions = computed(() =>
    preconditionsOf(text, {
      bench: bench.current,
      workload: workload.value,
      draft,
      certificates: catalogue.certificates,
      room: catalogue.room,
      ...catalogue.lists,
    }),
  );

  // How much a trace may weigh is asked where one is to be recorded, and again after each run.
  watch(
    () =>
      [
        modesOf(draft, bench.current).includes('energy') && monitorKind(draft.energySettings.monitor),
        operation.live?.operation.state,
      ] as const,
    ([kind]) => {
      if (kind !== false) void notices.attempt(() => catalogue.loadRoom(kind));
    },
    { immediate: true },
  );

  // A new run is followed from its start; what was looked at before is of no interest any more.
  watch(
    () => operation.followedId,
    () => (chosen.value = undefined),
  );

  // What was passed over for one board says nothing about another.
  watch(
    () => bench.current?.id,
    () => (draft.passed = { flash: false, calibrate: false }),
  );

  const openLabel = computed(() => {
    const { current: next } = bench;
    return next && next.id !== 'virtual' ? t('ui.bench.openNamed', { name: next.name }) : t('ui.bench.openVirtual');
  });

  function openBench(): void {
    const next = bench.current;
    if (next) void notices.attempt(() => bench.open(next.id));
  }

  return {
    steps,
    current,
    shown,
    choose: (id) => (chosen.value = stepIds.includes(id) && id !== current.value ? id : undefined),
    follow: () => (chosen.value = undefined),
    facts,
    workload,
    preconditions,
    openLabel,
    openBench,
  };
}
