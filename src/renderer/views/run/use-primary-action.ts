import { computed, ref } from 'vue';
import type { ComputedRef } from 'vue';
import { useRouter } from 'vue-router';
import { useCommands } from '../../commands/index.ts';
import type { IconName } from '../../components/icons.ts';
import { useBenchStore, useNoticesStore, useOperationStore, useSettingsStore } from '../../stores/index.ts';
import { isClosed } from '../../../shared/domain/pages.ts';
import { useText } from '../../text/index.ts';
import { modesOf, startInput, useRunDraft } from './draft.ts';
import { aboutDuration } from './path-words.ts';
import { modeOf, runModes, stepAfter } from './steps.ts';
import type { RunMode, StepId } from './steps.ts';
import type { GuidedRun } from './use-guided-run.ts';
import { useRunEstimate } from './use-run-estimate.ts';

export interface StepAction {
  label: string;
  icon: IconName;
  disabled: boolean;
  busy: boolean;
  run(): void;
}

/** The one next step of each page of the path, and the way round a step that may be passed over. */
export function usePrimaryAction(guided: GuidedRun): {
  primary: ComputedRef<StepAction | undefined>;
  secondary: ComputedRef<StepAction | undefined>;
} {
  const text = useText();
  const { t } = text;
  const router = useRouter();
  const commands = useCommands();
  const bench = useBenchStore();
  const operation = useOperationStore();
  const settings = useSettingsStore();
  const notices = useNoticesStore();
  const draft = useRunDraft();
  const estimate = useRunEstimate();
  const starting = ref(false);
  const { steps, current, shown, preconditions, workload } = guided;

  const action = (
    label: string,
    icon: IconName,
    run: () => void,
    rest: Partial<Pick<StepAction, 'disabled' | 'busy'>> = {},
  ): StepAction => ({ label, icon, run, disabled: false, busy: false, ...rest });
  const goTo = (id: StepId): StepAction =>
    action(t('ui.run.next', { step: t(`ui.run.step.${id}`) }), 'right', () => guided.choose(id));
  const open = (path: string): void => void router.push(path);
  /** Operator mode closes some pages: no step leads there then. */
  const mayOpen = (path: string): boolean => !isClosed(path, settings.settings.mode);

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
    const missing = runModes.find((mode) => !modes.includes(mode));
    const label =
      modes.length === 1 && only
        ? t(`ui.run.start.${only}`)
        : modes.length === 3
          ? t('ui.run.start.all')
          : t(`ui.run.start.without.${missing ?? 'energy'}`);
    const durationS = estimate.value(modes);
    return durationS === undefined
      ? label
      : t('ui.path.withTime', { label, duration: aboutDuration(durationS, text.locale) });
  }

  function beforeTheRun(): StepAction | undefined {
    const state = steps.value.find(({ id }) => id === shown.value)?.state;
    if (modeOf(shown.value) !== undefined) {
      const disabled = preconditions.value.some((item) => !item.met && !item.remark);
      const label = startLabel(modesOf(draft, bench.current));
      return action(label, 'play', () => void start(), { disabled, busy: starting.value });
    }
    const next = stepAfter(steps.value, shown.value);
    switch (shown.value) {
      case 'connect':
        if (state === 'done') return goTo(next ?? 'performance');
        return action(guided.openLabel.value, 'bench', () => guided.openBench(), {
          busy: bench.opening !== undefined,
        });
      case 'flash':
        if (state === 'ready' && mayOpen('/flash'))
          return action(t('ui.path.flash.toFlash'), 'flash', () => open('/flash'));
        break;
      case 'calibrate':
        if ((state === 'ready' || state === 'failed') && mayOpen('/calibrate'))
          return action(t('ui.path.calibrate.toCalibrate'), 'calibrate', () =>
            open('/calibrate?procedure=monitor-gain'),
          );
        break;
      default:
        return goTo(current.value);
    }
    if (state === 'todo') return goTo(current.value);
    return next === undefined ? undefined : goTo(next);
  }

  function afterTheRun(sessionId: string | undefined): StepAction {
    const live = operation.live;
    const next = stepAfter(steps.value, shown.value);
    if (live?.report !== undefined && sessionId !== undefined) {
      // What a run found leads on to the next one; the verdict leads to the report.
      if (shown.value !== 'judge' && shown.value !== 'report' && next !== undefined) return goTo(next);
      return action(t('ui.report.open'), 'report', () => open(`/sessions/${encodeURIComponent(sessionId)}`));
    }
    if (sessionId !== undefined && live?.operation.state !== 'done') {
      return action(
        t('ui.run.resumeSession'),
        'play',
        () => void notices.attempt(() => operation.resumeSession(sessionId)),
      );
    }
    return action(t('ui.run.again'), 'refresh', () => operation.leave());
  }

  const primary = computed<StepAction | undefined>(() => {
    const { live } = operation;
    if (!live) return beforeTheRun();
    const doubtful = live.runs.some((run) => run.status === 'running' && (run.doubts?.length ?? 0) > 0);
    if (live.operation.state === 'paused' && doubtful)
      return action(t('ui.path.retry.accept'), 'play', () => commands.run('run.resume'));
    if (live.operation.state === 'paused') return action(t('ui.run.resume'), 'play', () => commands.run('run.resume'));
    if (!operation.running) return afterTheRun(live.operation.sessionId);
    if (shown.value === current.value) return undefined;
    const label = t('ui.run.followStep', { step: t(`ui.run.step.${current.value}`) });
    return action(label, 'right', () => guided.follow());
  });

  const secondary = computed<StepAction | undefined>(() => {
    const id = shown.value;
    if (operation.live || (id !== 'flash' && id !== 'calibrate')) return undefined;
    if (id === 'flash' && bench.current?.id === 'virtual') return undefined;
    const state = steps.value.find((step) => step.id === id)?.state;
    if (state === 'ready' || state === 'failed')
      return action(t('ui.path.goOnWithout'), 'right', () => {
        draft.passed[id] = true;
        guided.follow();
      });
    if (draft.passed[id]) return action(t('ui.path.takeUpAgain'), 'refresh', () => (draft.passed[id] = false));
    if (!mayOpen(`/${id}`)) return undefined;
    if (id === 'flash') return action(t('ui.path.flash.toFlash'), 'flash', () => open('/flash'));
    return action(t('ui.path.calibrate.toCalibrate'), 'calibrate', () => open('/calibrate?procedure=monitor-gain'));
  });

  return { primary, secondary };
}
