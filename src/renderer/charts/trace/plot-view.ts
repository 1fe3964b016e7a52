/** The stretch of a trace on the screen, in seconds. */
export interface PlotView {
  fromS: number;
  toS: number;
}

/** The place on the canvas where the curve is drawn, in CSS pixels. */
export interface PlotArea {
  left: number;
  top: number;
  width: number;
  height: number;
}

export function lengthOf({ fromS, toS }: PlotView): number {
  return toS - fromS;
}

/** Keeps a view inside the trace: moved back where it hangs over, never longer than the trace nor shorter than `leastS`. */
export function insideTrace(view: PlotView, durationS: number, leastS: number): PlotView {
  const length = Math.min(durationS, Math.max(leastS, lengthOf(view)));
  const fromS = Math.min(durationS - length, Math.max(0, view.fromS));
  return { fromS, toS: fromS + length };
}

/** Zooms by a factor (below 1: closer) so that what is at `atS` stays where it is. */
export function zoomAt(view: PlotView, atS: number, factor: number): PlotView {
  return { fromS: atS - (atS - view.fromS) * factor, toS: atS + (view.toS - atS) * factor };
}

export function pan(view: PlotView, byS: number): PlotView {
  return { fromS: view.fromS + byS, toS: view.toS + byS };
}

/** The time at a place on the canvas. */
export function timeAt(view: PlotView, area: PlotArea, x: number): number {
  return view.fromS + ((x - area.left) / Math.max(1, area.width)) * lengthOf(view);
}

/** The place of a time on the canvas. */
export function xOf(view: PlotView, area: PlotArea, atS: number): number {
  return area.left + ((atS - view.fromS) / lengthOf(view)) * area.width;
}

/** Steps of 1, 2 or 5 that give about `count` ticks, and the ticks inside [from, to]. */
export function niceTicks(from: number, to: number, count: number): { step: number; ticks: number[] } {
  const span = to - from;
  if (!(span > 0) || !Number.isFinite(span)) return { step: 1, ticks: [] };
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  // Whole multiples of the step, so that 0.1 + 0.2 stays 0.3 on an axis.
  return { step, ticks: Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => (first + k) * step) };
}

/** Decimals that a step of an axis needs. */
export function decimalsOf(step: number): number {
  return Math.max(0, Math.min(9, -Math.floor(Math.log10(step) + 1e-9)));
}

/** The top of a power axis that begins at zero: the next tick above the largest value. */
export function niceTop(largest: number): number {
  if (!(largest > 0) || !Number.isFinite(largest)) return 1;
  const { step } = niceTicks(0, largest * 1.05, 7);
  return Math.ceil((largest * 1.05) / step) * step;
}

/** Columns of a curve: one more edge than values. */
export interface PlotColumns {
  edgesS: ArrayLike<number>;
  minW: ArrayLike<number>;
  meanW: ArrayLike<number>;
  maxW: ArrayLike<number>;
}

/** Index of the column that holds a time; undefined outside. */
export function columnAt({ edgesS, meanW }: PlotColumns, atS: number): number | undefined {
  let low = 0;
  let high = meanW.length - 1;
  if (high < 0 || atS < Number(edgesS[0]) || atS > Number(edgesS[meanW.length])) return undefined;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (Number(edgesS[middle]) <= atS) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Smallest, largest and (by length weighted) mean of the columns inside a view; undefined where there are gaps only. */
export function summaryOf(
  { edgesS, minW, meanW, maxW }: PlotColumns,
  view: PlotView,
): { minW: number; meanW: number; maxW: number } | undefined {
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  let length = 0;
  for (let k = 0; k < meanW.length; k += 1) {
    const from = Number(edgesS[k]);
    const to = Number(edgesS[k + 1]);
    const mean = Number(meanW[k]);
    if (to <= view.fromS || from >= view.toS || Number.isNaN(mean)) continue;
    min = Math.min(min, Number(minW[k]));
    max = Math.max(max, Number(maxW[k]));
    sum += mean * (to - from);
    length += to - from;
  }
  return length > 0 ? { minW: min, meanW: sum / length, maxW: max } : undefined;
}

/** Stretches of columns that hold gaps only. */
export function gapsOf({ edgesS, meanW }: PlotColumns): PlotView[] {
  const gaps: PlotView[] = [];
  for (let k = 0; k < meanW.length; k += 1) {
    if (!Number.isNaN(Number(meanW[k]))) continue;
    const fromS = Number(edgesS[k]);
    const toS = Number(edgesS[k + 1]);
    const last = gaps.at(-1);
    if (last && last.toS === fromS) last.toS = toS;
    else gaps.push({ fromS, toS });
  }
  return gaps;
}
