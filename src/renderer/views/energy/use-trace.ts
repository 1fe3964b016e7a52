import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import type { ComputedRef, Ref, ShallowRef } from 'vue';
import type { TraceColumnsView, TraceFacts, TraceStatisticsView } from '../../../shared/domain/trace-view.ts';
import { toFault } from '../../../shared/fault/index.ts';
import type { Fault } from '../../../shared/fault/index.ts';
import { useTracesStore } from '../../stores/index.ts';
import type { TraceKey } from '../../stores/index.ts';
import { insideTrace, lengthOf, niceTop, pan, zoomAt } from '../../charts/trace/plot-view.ts';
import type { PlotView } from '../../charts/trace/plot-view.ts';

/** As many as the host gives at most; a screen has about as many pixels. */
const mostColumns = 2000;
const overviewColumns = 1000;
/** Closer than this many samples nothing more can be seen. */
const fewestSamples = 20;
/** A view that still moves is not asked for at every step. */
const settleMs = 40;
/** Beside the view, as a share of it, so that a pan shows something at once. */
const margin = 0.5;

export interface TraceNavigation {
  facts: Readonly<ShallowRef<TraceFacts | undefined>>;
  fault: Readonly<ShallowRef<Fault | undefined>>;
  view: Readonly<Ref<PlotView>>;
  /** What is drawn in the view; that of an earlier view until the new one has come. */
  columns: Readonly<ShallowRef<TraceColumnsView | undefined>>;
  overview: Readonly<ShallowRef<TraceColumnsView | undefined>>;
  topW: ComputedRef<number>;
  selection: Readonly<Ref<PlotView | undefined>>;
  statistics: Readonly<ShallowRef<TraceStatisticsView | undefined>>;
  show(view: PlotView): void;
  showAll(): void;
  zoom(atS: number, factor: number): void;
  pan(byS: number): void;
  select(view: PlotView | undefined): void;
}

/** The trace of a run as it is looked at: what is in view, what of it has been read, and what is measured. */
export function useTrace(key: () => TraceKey): TraceNavigation {
  const store = useTracesStore();
  const facts = shallowRef<TraceFacts>();
  const fault = shallowRef<Fault>();
  const view = ref<PlotView>({ fromS: 0, toS: 1 });
  const columns = shallowRef<TraceColumnsView>();
  const overview = shallowRef<TraceColumnsView>();
  const selection = ref<PlotView>();
  const statistics = shallowRef<TraceStatisticsView>();
  let asked = new AbortController();
  let measured = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let measureTimer: ReturnType<typeof setTimeout> | undefined;

  const durationS = computed(() => facts.value?.durationS ?? 1);
  const leastS = computed(() => (facts.value ? fewestSamples / facts.value.sampleRateHz : 1e-6));

  watch(
    key,
    async (now) => {
      facts.value = undefined;
      columns.value = undefined;
      overview.value = undefined;
      select(undefined);
      fault.value = undefined;
      try {
        const found = await store.facts(now);
        facts.value = found;
        show({ fromS: 0, toS: found.durationS });
        overview.value = await store.columns(now, 0, found.durationS, overviewColumns, new AbortController().signal);
      } catch (error) {
        fault.value = toFault(error);
      }
    },
    { immediate: true },
  );

  function show(wanted: PlotView): void {
    const next = insideTrace(wanted, durationS.value, leastS.value);
    if (next.fromS === view.value.fromS && next.toS === view.value.toS && columns.value) return;
    view.value = next;
    clearTimeout(timer);
    timer = setTimeout(() => void read(), columns.value ? settleMs : 0);
  }

  async function read(): Promise<void> {
    if (!facts.value) return;
    asked.abort();
    asked = new AbortController();
    const { signal } = asked;
    const beside = lengthOf(view.value) * margin;
    const fromS = Math.max(0, view.value.fromS - beside);
    const toS = Math.min(durationS.value, view.value.toS + beside);
    try {
      const found = await store.columns(key(), fromS, toS, mostColumns, signal);
      if (!signal.aborted) columns.value = found;
    } catch (error) {
      if (!signal.aborted) fault.value = toFault(error);
    }
  }

  function select(wanted: PlotView | undefined): void {
    clearTimeout(measureTimer);
    measured.abort();
    if (!wanted) {
      selection.value = undefined;
      statistics.value = undefined;
      return;
    }
    selection.value = {
      fromS: Math.max(0, Math.min(wanted.fromS, wanted.toS)),
      toS: Math.min(durationS.value, Math.max(wanted.fromS, wanted.toS)),
    };
    measureTimer = setTimeout(() => void measure(), settleMs);
  }

  async function measure(): Promise<void> {
    if (!selection.value || !(lengthOf(selection.value) > 0)) return;
    measured = new AbortController();
    const { signal } = measured;
    try {
      const found = await store.statistics(key(), selection.value.fromS, selection.value.toS, signal);
      if (!signal.aborted) statistics.value = found;
    } catch (error) {
      if (!signal.aborted) fault.value = toFault(error);
    }
  }

  onScopeDispose(() => {
    clearTimeout(timer);
    clearTimeout(measureTimer);
    asked.abort();
    measured.abort();
  });

  const topW = computed(() => {
    const shown = columns.value;
    if (!shown) return 1;
    let largest = 0;
    for (let k = 0; k < shown.maxW.length; k += 1) {
      if ((shown.edgesS[k + 1] ?? 0) < view.value.fromS || (shown.edgesS[k] ?? 0) > view.value.toS) continue;
      const value = shown.maxW[k] ?? 0;
      if (value > largest) largest = value;
    }
    return niceTop(largest);
  });

  return {
    facts,
    fault,
    view,
    columns,
    overview,
    topW,
    selection,
    statistics,
    show,
    showAll: () => show({ fromS: 0, toS: durationS.value }),
    zoom: (atS, factor) => show(zoomAt(view.value, atS, factor)),
    pan: (byS) => show(pan(view.value, byS)),
    select,
  };
}
