import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import type { LiveOperation } from '../../shared/domain/live-run.ts';
import { formatCount, formatDuration } from '../../shared/units/index.ts';
import { useText } from '../text/index.ts';
import type { ScreenText } from '../text/index.ts';
import { useOperationStore } from '../stores/index.ts';
import { useSilence } from './use-time-left.ts';

/** What a run is waiting for, once there has been no news of it for a while; empty before. */
export function useWaitsFor(): ComputedRef<string> {
  const text = useText();
  const operation = useOperationStore();
  const silentS = useSilence();
  return computed(() => {
    if (!operation.live || silentS.value === undefined) return '';
    return text.t('ui.path.waits.silentFor', {
      what: waitsFor(text, operation.live),
      duration: formatDuration(silentS.value, text.locale),
    });
  });
}

/** What the next news of a run will be. */
export function waitsFor({ t, locale }: ScreenText, live: LiveOperation): string {
  const run = live.runs.find((one) => one.status === 'running' && one.phase !== 'waiting' && one.phase !== 'done');
  if (live.operation.step === 'reporting') return t('ui.path.waits.reporting');
  if (!run || run.phase === 'connecting') return t('ui.path.waits.connecting');
  switch (run.phase) {
    case 'calibrating':
    case 'resting':
    case 'judging':
      return t(`ui.path.waits.${run.phase}`);
    default:
      return run.mode === 'accuracy'
        ? t('ui.path.waits.input', {
            number: formatCount(run.inputsDone + 1, locale),
            total: formatCount(run.inputsTotal, locale),
          })
        : t('ui.path.waits.window', { number: formatCount(run.windows.length + 1, locale) });
  }
}
