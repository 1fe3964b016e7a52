import { computed, ref, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { useRouter } from 'vue-router';
import { useCommands } from '../../commands/index.ts';
import type { IconName } from '../../components/icons.ts';
import {
  useBenchStore,
  useCatalogueStore,
  useNoticesStore,
  useOperationStore,
  useSettingsStore,
  useWorkloadsStore,
} from '../../stores/index.ts';
import type { WorkloadSummary } from '../../stores/index.ts';
import { useText } from '../../text/index.ts';
import { chosenWorkload, modesOf, startInput, useRunDraft } from './draft.ts';
import { preconditionsOf } from './preconditions.ts';
import type { Precondition } from './preconditions.ts';
import { currentStep, runModes, stepIds, stepsOf } from './steps.ts';
import type { RunMode, Step, StepId } from './steps.ts';

interface PrimaryAction {
  label: string;
  icon: IconName;
  disabled: boolean;
  busy: boolean;
  run(): void;
}

export interface GuidedRun {
  steps: ComputedRef<readonly Step[]>;
  /** The step on the page: the one under way unless another one was chosen. */
  shown: ComputedRef<StepId>;
  /** True when the page shows the step that is under way or comes next. */
  follows: ComputedRef<boolean>;
  choose(id: StepId): void;
  follow(): void;
  workload: ComputedRef<WorkloadSummary | undefined>;
  preconditions: ComputedRef<readonly Precondition[]>;
  primary: ComputedRef<PrimaryAction | undefined>;
  openLabel: ComputedRef<string>;
  openBench(): void;
}

/** The guided path on one page: where it stands, what is looked at, and the one next step. */
export function useGuidedRun(): GuidedRun {
  const text = useText();
  const { t } = text;
  const router = useRouter();
  const commands = useCommands();
  const bench = useBenchStore();
  const catalogue = useCatalogueStore();
  const operation = useOperationStore();
  const settings = useSettingsStore();
  const workloads = useWorkloadsStore();
  const notices = useNoticesStore();
  const draft = useRunDraft();
  const chosen = ref<StepId>();
  const starting = ref(false);

  const workload = computed(() => chosenWorkload(draft, workloads.workloads));
  const steps = computed(() =>
    stepsOf({
      bench: bench.current,
      opening: bench.opening !== undefined,
      live: operation.live,
      modes: modesOf(draft, bench.current),
    }),
  );
  const current = computed(() => currentStep(steps.value, operation.live));
  const shown = computed(() => chosen.value ?? current.value);
  const preconditions = computed(() =>
    preconditionsOf(text, { bench: bench.current, workload: workload.value, draft, ...catalogue.lists }),
  );

  // A new run is followed from its start; what was looked at before is of no interest any more.
  watch(
    () => operation.followedId,
    () => (chosen.value = undefined),
  );

  const openLabel = computed(() => {
    const { current: next } = bench;
    return next && next.id !== 'virtual' ? t('ui.bench.openNamed', { name: next.name }) : t('ui.bench.openVirtual');
  });

  function openBench(): void {
    const next = bench.current;
    if (next) void notices.attempt(() => bench.open(next.id));
  }

  async function start(): Promise<void> {
    const chosenBench = bench.current;
    if (!chosenBench || !workload.value) return;
    const input = startInput(draft, chosenBench, workload.value, settings.settings.operator, t('ui.settings.operator'));
    starting.value = true;
    await notices.attempt(() => operation.start(input));
    starting.value = false;
  }

  function startLabel(modes: readonly RunMode[]): string {
    const [only] = modes;
    if (modes.length === 1 && only) return t(`ui.run.start.${only}`);
    if (modes.length === 3) return t('ui.run.start.all');
    const missing = runModes.find((mode) => !modes.includes(mode));
    return t(`ui.run.start.without.${missing ?? 'energy'}`);
  }

  const action = (
    label: string,
    icon: IconName,
    run: () => void,
    rest: Partial<PrimaryAction> = {},
  ): PrimaryAction => ({
    label,
    icon,
    run,
    disabled: false,
    busy: false,
    ...rest,
  });
  const goTo = (id: StepId): PrimaryAction =>
    action(t('ui.run.next', { step: t(`ui.run.step.${id}`) }), 'right', () => (chosen.value = id));

  const primary = computed<PrimaryAction | undefined>(() => {
    const { live } = operation;
    if (!live) {
      if (shown.value === 'connect') {
        if (steps.value[0]?.state === 'done') return goTo(modesOf(draft, bench.current)[0] ?? 'performance');
        return action(openLabel.value, 'bench', openBench, { busy: bench.opening !== undefined });
      }
      if (shown.value === 'judge' || shown.value === 'report') return undefined;
      const label = startLabel(modesOf(draft, bench.current));
      const disabled = preconditions.value.some((item) => !item.met && !item.remark);
      return action(label, 'play', () => void start(), { disabled, busy: starting.value });
    }
    if (live.operation.state === 'paused') return action(t('ui.run.resume'), 'play', () => commands.run('run.resume'));
    if (operation.running) {
      if (shown.value === current.value) return undefined;
      return action(t('ui.run.followStep', { step: t(`ui.run.step.${current.value}`) }), 'right', follow);
    }
    const { sessionId } = live.operation;
    if (live.report !== undefined && sessionId !== undefined) {
      return action(
        t('ui.report.open'),
        'report',
        () => void router.push(`/sessions/${encodeURIComponent(sessionId)}`),
      );
    }
    if (sessionId !== undefined && live.operation.state !== 'done') {
      return action(
        t('ui.run.resumeSession'),
        'play',
        () => void notices.attempt(() => operation.resumeSession(sessionId)),
      );
    }
    return action(t('ui.run.again'), 'refresh', () => operation.leave());
  });

  function follow(): void {
    chosen.value = undefined;
  }

  return {
    steps,
    shown,
    follows: computed(() => shown.value === current.value),
    choose: (id) => (chosen.value = stepIds.includes(id) && id !== current.value ? id : undefined),
    follow,
    workload,
    preconditions,
    primary,
    openLabel,
    openBench,
  };
}
