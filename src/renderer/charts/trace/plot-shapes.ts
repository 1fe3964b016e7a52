import { gapsOf, xOf } from './plot-view.ts';
import type { PlotArea, PlotColumns, PlotView } from './plot-view.ts';

export type Point = [x: number, y: number];

/** The curve as shapes in CSS pixels: one envelope and one mean line for each stretch without a gap. */
export interface CurveShapes {
  envelopes: Point[][];
  means: Point[][];
}

/** A column never gets thinner or flatter than what can be seen. */
const leastWidth = 0.75;
const leastHeight = 1;

/**
 * Turns min/mean/max columns into shapes. The envelope passes every column's smallest and largest value at its whole width, so that a spike
 * of one sample is as high at every zoom; the mean line goes through the middles of the columns. Columns outside the view are left out.
 */
export function curveShapes(columns: PlotColumns, view: PlotView, topW: number, area: PlotArea): CurveShapes {
  const { edgesS, minW, meanW, maxW } = columns;
  const bottom = area.top + area.height;
  const yOf = (powerW: number): number => bottom - (powerW / topW) * area.height;
  const shapes: CurveShapes = { envelopes: [], means: [] };
  let upper: Point[] = [];
  let lower: Point[] = [];
  let mean: Point[] = [];
  const finish = (): void => {
    if (upper.length > 0) {
      shapes.envelopes.push([...upper, ...lower.reverse()]);
      shapes.means.push(mean);
    }
    upper = [];
    lower = [];
    mean = [];
  };
  for (let k = 0; k < meanW.length; k += 1) {
    const middleW = Number(meanW[k]);
    if (Number.isNaN(middleW)) {
      finish();
      continue;
    }
    const from = xOf(view, area, Number(edgesS[k]));
    const to = Math.max(from + leastWidth, xOf(view, area, Number(edgesS[k + 1])));
    if (to < area.left || from > area.left + area.width) continue;
    const top = yOf(Number(maxW[k]));
    const low = Math.max(top + leastHeight, yOf(Number(minW[k])));
    upper.push([from, top], [to, top]);
    lower.push([from, low], [to, low]);
    mean.push([(from + to) / 2, yOf(middleW)]);
  }
  finish();
  return shapes;
}

export interface HatchShapes {
  x: number;
  width: number;
  /** Slanted lines, already cut to the stretch. */
  lines: [Point, Point][];
}

const hatchStep = 7;

/** Lost samples are never a line at zero: they are hatched, at least two pixels wide. */
export function gapShapes(
  lost: readonly PlotView[],
  columns: PlotColumns | undefined,
  view: PlotView,
  area: PlotArea,
): HatchShapes[] {
  const right = area.left + area.width;
  return [...lost, ...(columns ? gapsOf(columns) : [])].flatMap((gap) => {
    const from = Math.max(area.left, xOf(view, area, gap.fromS));
    const to = Math.min(right, Math.max(from + 2, xOf(view, area, gap.toS)));
    if (to <= area.left || from >= right) return [];
    const lines: [Point, Point][] = [];
    for (let x = from - area.height; x < to; x += hatchStep) {
      const start = Math.max(x, from);
      const end = Math.min(x + area.height, to);
      const yAt = (place: number): number => area.top + area.height - (place - x);
      if (end > start)
        lines.push([
          [start, yAt(start)],
          [end, yAt(end)],
        ]);
    }
    return [{ x: from, width: to - from, lines }];
  });
}
