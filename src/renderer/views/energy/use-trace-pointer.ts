import { useEventListener } from '@vueuse/core';
import { ref } from 'vue';
import type { Ref } from 'vue';
import { lengthOf } from '../../charts/index.ts';
import type { PlotView } from '../../charts/index.ts';
import { timeAt, xOf } from '../../charts/trace/plot-view.ts';
import type { PlotArea } from '../../charts/trace/plot-view.ts';
import type { TraceNavigation } from './use-trace.ts';

interface Drag {
  kind: 'pan' | 'measure' | 'overview';
  startX: number;
  startS: number;
  from: PlotView;
}

export interface PointerPlaces {
  plotBox: Readonly<Ref<HTMLElement | null>>;
  overviewBox: Readonly<Ref<HTMLElement | null>>;
  plotArea(): PlotArea | undefined;
  overviewArea(): PlotArea | undefined;
  whole(): PlotView;
  /** A marker is wanted. */
  mark(atS: number): void;
}

const panShare = 0.1;
const zoomStep = 1.5;
/** How near to an end of the measured stretch it is taken by the pointer, in CSS pixels. */
const grabPx = 6;

/** Pointer, wheel and keys of a trace. Returns the time under the pointer. */
export function useTracePointer(trace: TraceNavigation, places: PointerPlaces): Ref<number | undefined> {
  const { view, selection } = trace;
  const { plotBox, overviewBox } = places;
  const cursorS = ref<number>();
  let drag: Drag | undefined;

  function placeOf(event: MouseEvent, overview: boolean): { x: number; atS: number } | undefined {
    const area = overview ? places.overviewArea() : places.plotArea();
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const x = event.clientX - box.left;
    return area && { x, atS: timeAt(overview ? places.whole() : view.value, area, x) };
  }

  /** The other end of the measured stretch where one end lies under the pointer. */
  function farEnd(x: number): number | undefined {
    const area = places.plotArea();
    const { value: chosen } = selection;
    if (!area || !chosen) return undefined;
    if (Math.abs(xOf(view.value, area, chosen.fromS) - x) <= grabPx) return chosen.toS;
    return Math.abs(xOf(view.value, area, chosen.toS) - x) <= grabPx ? chosen.fromS : undefined;
  }

  function onWheel(event: WheelEvent): void {
    const place = placeOf(event, false);
    if (!place || event.deltaY === 0) return;
    event.preventDefault();
    // A notch of a wheel is about 100; a touch pad sends many small ones.
    trace.zoom(place.atS, 2 ** (Math.max(-240, Math.min(240, event.deltaY)) / 200));
  }

  function onDown(event: PointerEvent): void {
    const place = placeOf(event, false);
    if (!place || event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    const other = farEnd(place.x);
    const kind = event.shiftKey || other !== undefined ? 'measure' : 'pan';
    drag = { kind, startX: place.x, startS: other ?? place.atS, from: view.value };
  }

  function onMove(event: PointerEvent): void {
    const place = placeOf(event, false);
    if (!place) return;
    if (drag?.kind === 'pan') {
      const area = places.plotArea();
      const perPixel = area ? lengthOf(drag.from) / Math.max(1, area.width) : 0;
      const byS = (drag.startX - place.x) * perPixel;
      trace.show({ fromS: drag.from.fromS + byS, toS: drag.from.toS + byS });
    } else if (drag?.kind === 'measure') {
      if (Math.abs(place.x - drag.startX) > 2) trace.select({ fromS: drag.startS, toS: place.atS });
    }
    cursorS.value = Math.min(view.value.toS, Math.max(view.value.fromS, place.atS));
  }

  function onOverview(event: PointerEvent): void {
    const place = placeOf(event, true);
    if (!place || event.button !== 0) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    const inside = place.atS >= view.value.fromS && place.atS <= view.value.toS;
    const length = lengthOf(view.value);
    const from = inside ? view.value : { fromS: place.atS - length / 2, toS: place.atS + length / 2 };
    if (!inside) trace.show(from);
    drag = { kind: 'overview', startX: place.x, startS: place.atS, from };
  }

  function onOverviewMove(event: PointerEvent): void {
    const place = placeOf(event, true);
    if (!place || drag?.kind !== 'overview') return;
    const byS = place.atS - drag.startS;
    trace.show({ fromS: drag.from.fromS + byS, toS: drag.from.toS + byS });
  }

  const middleS = (shown: PlotView): number => (shown.fromS + shown.toS) / 2;

  function onKey(event: KeyboardEvent): void {
    const length = lengthOf(view.value);
    const sideways = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (sideways !== 0 && event.shiftKey) {
      const from = selection.value ?? { fromS: middleS(view.value), toS: middleS(view.value) };
      trace.select({ fromS: from.fromS, toS: Math.max(from.fromS, from.toS + (sideways * length) / 40) });
    } else if (sideways !== 0) trace.pan(sideways * length * panShare);
    else if (event.key === 'ArrowUp' || event.key === '+') trace.zoom(selectedMiddle(), 1 / zoomStep);
    else if (event.key === 'ArrowDown' || event.key === '-') trace.zoom(middleS(view.value), zoomStep);
    else if (event.key === 'Home') trace.showAll();
    else if (event.key.toLowerCase() === 'm') places.mark(cursorS.value ?? middleS(view.value));
    else if (event.key === 'Escape' && selection.value) trace.select(undefined);
    else return;
    event.preventDefault();
  }

  function selectedMiddle(): number {
    return Math.min(view.value.toS, Math.max(view.value.fromS, middleS(selection.value ?? view.value)));
  }

  // Listeners are put on by hand: the wheel has to be stopped from scrolling the page, which a passive one could not.
  const endDrag = (): void => (drag = undefined);
  useEventListener(plotBox, 'wheel', onWheel, { passive: false });
  useEventListener(plotBox, 'pointerdown', onDown);
  useEventListener(plotBox, 'pointermove', onMove);
  useEventListener(plotBox, ['pointerup', 'pointercancel'], endDrag);
  useEventListener(plotBox, 'pointerleave', () => (cursorS.value = undefined));
  useEventListener(plotBox, 'keydown', onKey);
  useEventListener(overviewBox, 'pointerdown', onOverview);
  useEventListener(overviewBox, 'pointermove', onOverviewMove);
  useEventListener(overviewBox, ['pointerup', 'pointercancel'], endDrag);
  useEventListener(plotBox, 'dblclick', () => trace.showAll());
  useEventListener(overviewBox, 'dblclick', () => trace.showAll());
  return cursorS;
}
