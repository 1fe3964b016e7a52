import { ref, watch } from 'vue';
import type { Ref } from 'vue';
import type { TraceFacts } from '../../../shared/domain/trace-view.ts';
import type { PlotMarker } from '../../charts/index.ts';
import { useNoticesStore, useTracesStore } from '../../stores/index.ts';
import type { TraceKey } from '../../stores/index.ts';

/** A marker with what the trace has there. */
export interface TraceMarker extends PlotMarker {
  /** The one sample at the marker in W; null where it was lost, undefined until it has been read. */
  powerW: number | null | undefined;
}

/** More would hide the curve; the oldest goes. */
const mostMarkers = 8;

export interface Markers {
  markers: Readonly<Ref<readonly TraceMarker[]>>;
  /** Marks the sample at a time. */
  add(atS: number): void;
  remove(label: string): void;
}

/** Single markers of a trace. Their values are read from the samples, not from the picture. */
export function useMarkers(key: () => TraceKey, facts: Readonly<Ref<TraceFacts | undefined>>): Markers {
  const store = useTracesStore();
  const { attempt } = useNoticesStore();
  const markers = ref<readonly TraceMarker[]>([]);
  let next = 1;

  watch(key, () => {
    markers.value = [];
    next = 1;
  });

  function add(atS: number): void {
    const rate = facts.value?.sampleRateHz;
    if (rate === undefined) return;
    const { fromS, toS } = sampleAt(atS, rate);
    const label = String(next++);
    markers.value = [...markers.value, { label, atS: fromS, powerW: undefined }].slice(-mostMarkers);
    void attempt(async () => {
      const { meanW } = await store.statistics(key(), fromS, toS, new AbortController().signal);
      markers.value = markers.value.map((one) => (one.label === label ? { ...one, powerW: meanW } : one));
    });
  }

  return { markers, add, remove: (label) => (markers.value = markers.value.filter((one) => one.label !== label)) };
}

/** The stretch of the one sample at a time. */
export function sampleAt(atS: number, sampleRateHz: number): { fromS: number; toS: number } {
  const index = Math.max(0, Math.floor(atS * sampleRateHz + 1e-6));
  return { fromS: index / sampleRateHz, toS: (index + 1) / sampleRateHz };
}
