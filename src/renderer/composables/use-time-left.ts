import { useIntervalFn } from '@vueuse/core';
import { computed, inject, provide, ref, watch } from 'vue';
import type { ComputedRef, InjectionKey } from 'vue';
import { formatCount, formatDuration, withUnit } from '../../shared/units/index.ts';
import { useBenchStore, useOperationStore } from '../stores/index.ts';
import { useText } from '../text/index.ts';
import { createEstimate, createProgress } from './estimate.ts';

const timeLeftKey: InjectionKey<ComputedRef<string>> = Symbol('time-left');

/** After so long without news the page says what it waits for. */
const silenceAfterMs = 10_000;

/**
 * Time left of the run under way, by the reader's clock: what the host says by the bench's clock, divided by the pace of a
 * virtual bench, else what the progress so far lets expect; eased. After ten seconds without news it says so instead. Empty where nothing can be told.
 */
export function provideTimeLeft(): void {
  provide(timeLeftKey, followTimeLeft());
}

/** The one figure for all places that show it. */
export function useTimeLeft(): ComputedRef<string> {
  const timeLeft = inject(timeLeftKey);
  if (!timeLeft) throw new Error('provideTimeLeft was not called');
  return timeLeft;
}

function followTimeLeft(): ComputedRef<string> {
  const text = useText();
  const operation = useOperationStore();
  const bench = useBenchStore();
  const nowMs = ref(performance.now());
  let estimate = createEstimate();
  let progress = createProgress();

  useIntervalFn(() => (nowMs.value = performance.now()), 1000);

  const pace = computed(() => {
    const benchId = operation.live?.operation.benchId;
    const found = bench.benches.find((one) => one.id === benchId);
    return found?.simulated ? found.pace : 1;
  });

  // Each run goes at a speed of its own: what the one before let expect says nothing about the next.
  const runUnderWay = computed(() => operation.live?.runs.find((run) => run.status === 'running')?.runId);

  watch([() => operation.followedId, pace, runUnderWay], () => {
    estimate = createEstimate();
    progress = createProgress();
  });
  watch(
    () => operation.live,
    (live) => {
      nowMs.value = performance.now();
      const nowS = nowMs.value / 1000;
      const { fraction, remainingS, state } = live?.operation ?? {};
      if (state !== 'running') progress = createProgress();
      const byProgressS = progress.remainingS(fraction, nowS);
      if (remainingS !== undefined && typeof pace.value === 'number') estimate.update(remainingS / pace.value, nowS);
      else if (byProgressS !== undefined) estimate.update(byProgressS, nowS);
    },
    { immediate: true },
  );

  return computed(() => {
    const state = operation.live?.operation.state;
    if (state !== 'running') return '';
    const silentMs = nowMs.value - operation.newsAtMs;
    if (silentMs > silenceAfterMs) {
      return text.t('ui.run.silent', { duration: formatDuration(Math.round(silentMs / 1000), text.locale) });
    }
    const leftS = estimate.at(nowMs.value / 1000);
    return leftS === undefined ? '' : text.t('ui.run.left', { duration: shownSeconds(leftS, text.locale) });
  });
}

/** Whole seconds: tenths would claim too much of an estimate, and nothing is done in no time. */
function shownSeconds(leftS: number, locale: string): string {
  return leftS < 10 ? withUnit(formatCount(Math.max(1, leftS), locale), 's') : formatDuration(leftS, locale);
}
