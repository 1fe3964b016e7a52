import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { formatDuration } from '../../../shared/units/index.ts';
import { windowPlaces } from '../../charts/window-bars.ts';
import { useBenchStore } from '../../stores/index.ts';
import { useText } from '../../text/index.ts';
import { modesOf, useRunDraft } from './draft.ts';

/** How long the chosen runs take, as far as it can be told before the DUT has run anything. */
export function useRunEstimate(): ComputedRef<string> {
  const text = useText();
  const bench = useBenchStore();
  const draft = useRunDraft();
  return computed(() => {
    const pace = bench.current?.pace ?? 1;
    if (typeof pace !== 'number') return text.t('ui.run.startHint');
    const energy = modesOf(draft, bench.current).includes('energy');
    // An energy run has as many windows again, a calibration and two rests.
    const energyS = energy ? windowPlaces * draft.settings.minWindowS + 2 * (draft.settings.restS ?? 5) : 0;
    const leastS = ((draft.performance ? windowPlaces * draft.settings.minWindowS : 0) + energyS) / pace;
    const duration = formatDuration(leastS, text.locale);
    const timed = draft.performance || energy;
    if (timed && draft.accuracy) return text.t('ui.run.estimateBoth', { duration });
    if (timed) return text.t('ui.run.estimatePerformance', { duration });
    return text.t('ui.run.estimateAccuracy');
  });
}
