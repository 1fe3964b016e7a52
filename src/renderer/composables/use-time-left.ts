import { useIntervalFn } from '@vueuse/core';
import { computed, inject, provide, ref, watch } from 'vue';
import type { ComputedRef, InjectionKey } from 'vue';
import { formatCount, formatDuration, withUnit } from '../../shared/units/index.ts';
import { useBenchStore, useOperationStore } from '../stores/index.ts';
import { useText } from '../text/index.ts';
import { createEstimate } from '../../shared/estimate/index.ts';
import { createProgress } from './estimate.ts';

interface TimeLeft {
  /** In words. */
  left: ComputedRef<string>;
  /** Seconds since the last news, once they are worth a word. */
  silentS: ComputedRef<number | undefined>;
}

const timeLeftKey: InjectionKey<TimeLeft> = Symbol('time-left');

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
  return injected().left;
}

/** Whole seconds without news of the run under way; undefined while there is some. */
export function useSilence(): ComputedRef<number | undefined> {
  return injected().silentS;
}

function injected(): TimeLeft {
  const timeLeft = inject(timeLeftKey);
  if (!timeLeft) throw new Error('provideTimeLeft was not called');
  return timeLeft;
}

function followTimeLeft(): TimeLeft {
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
    return found?.pace ?? 1;
  });

  // Each run goes at a speed of its own: what the one before let expect says nothing about the next.
  const runUnderWay = computed(() => operation.live?.runs.find((run) => run.status === 'running')?.runId);

  watch([() => operation.followedId, pace], () => (estimate = createEstimate()));
  watch([() => operation.followedId, pace, runUnderWay], () => (progress = createProgress()));
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

  const silentS = computed(() => {
    if (operation.live?.operation.state !== 'running') return undefined;
    const silentMs = nowMs.value - operation.newsAtMs;
    return silentMs > silenceAfterMs ? Math.round(silentMs / 1000) : undefined;
  });
  const left = computed(() => {
    if (operation.live?.operation.state !== 'running') return '';
    if (silentS.value !== undefined)
      return text.t('ui.run.silent', { duration: formatDuration(silentS.value, text.locale) });
    const leftS = estimate.at(nowMs.value / 1000);
    return leftS === undefined ? '' : text.t('ui.run.left', { duration: shownSeconds(leftS, text.locale) });
  });
  return { left, silentS };
}

/** Whole seconds: tenths would claim too much of an estimate, and nothing is done in no time. */
function shownSeconds(leftS: number, locale: string): string {
  return leftS < 10 ? withUnit(formatCount(Math.max(1, leftS), locale), 's') : formatDuration(leftS, locale);
}
