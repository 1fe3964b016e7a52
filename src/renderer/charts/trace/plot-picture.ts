import type { PlotArea, PlotColumns, PlotView } from './plot-view.ts';

/** A stretch that is shaded and named: a window, a rest. */
export interface PlotBand {
  fromS: number;
  toS: number;
  label: string;
  /** Windows are accented, rests are not. */
  kind: 'window' | 'rest';
}

/** A single place that somebody marked. */
export interface PlotMarker {
  label: string;
  atS: number;
}

export interface PlotPicture {
  columns: PlotColumns | undefined;
  view: PlotView;
  /** Top of the power axis in W. */
  topW: number;
  bands: readonly PlotBand[];
  /** Time marks. */
  edgesS: readonly number[];
  /** Stretches whose samples were lost, besides those that the columns show. */
  lost: readonly PlotView[];
  /** What is being measured. */
  selection: PlotView | undefined;
  cursorS: number | undefined;
  /** In an overview: the part that the large chart shows. */
  window: PlotView | undefined;
  markers?: readonly PlotMarker[];
}

export interface PlotWords {
  axisTime: string;
  axisPower: (unit: string) => string;
  number: (value: number, decimals: number) => string;
}

/** Sizes in CSS pixels; an overview has no axes. */
const chartMargins = { left: 64, right: 16, top: 26, bottom: 44 };
const overviewMargins = { left: 64, right: 16, top: 4, bottom: 4 };

export function plotArea(width: number, height: number, overview: boolean): PlotArea {
  const margins = overview ? overviewMargins : chartMargins;
  return {
    left: margins.left,
    top: margins.top,
    width: Math.max(1, width - margins.left - margins.right),
    height: Math.max(1, height - margins.top - margins.bottom),
  };
}

/** The unit in which a power axis up to `topW` is labelled, and what turns W into it. */
export function powerUnit(topW: number): { unit: string; perW: number } {
  if (topW >= 1) return { unit: 'W', perW: 1 };
  if (topW >= 1e-3) return { unit: 'mW', perW: 1e3 };
  return topW >= 1e-6 ? { unit: 'µW', perW: 1e6 } : { unit: 'nW', perW: 1e9 };
}
