import type { ChartTheme } from '../theme.ts';
import { decimalsOf, gapsOf, niceTicks, xOf } from './plot-view.ts';
import type { PlotArea, PlotColumns, PlotView } from './plot-view.ts';

/** A stretch that is shaded and named: a window, a rest. */
export interface PlotBand {
  fromS: number;
  toS: number;
  label: string;
  /** Windows are accented, rests are not. */
  kind: 'window' | 'rest';
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

type Context = CanvasRenderingContext2D;

/** Draws curve, bands, gaps and axes into a context scaled to CSS pixels. */
export function paintPlot(
  context: Context,
  area: PlotArea,
  picture: PlotPicture,
  theme: ChartTheme,
  words: PlotWords | undefined,
): void {
  context.save();
  context.clearRect(0, 0, area.left + area.width + 64, area.top + area.height + 64);
  paintBands(context, area, picture, theme, words !== undefined);
  if (words) paintAxes(context, area, picture, theme, words);
  context.save();
  context.beginPath();
  context.rect(area.left, area.top, area.width, area.height);
  context.clip();
  paintGaps(context, area, picture, theme);
  if (picture.columns) paintCurve(context, area, picture, picture.columns, theme);
  if (words) paintEdges(context, area, picture, theme);
  paintSelection(context, area, picture, theme);
  context.restore();
  if (picture.window) paintWindow(context, area, picture.view, picture.window, theme);
  context.restore();
}

function paintBands(
  context: Context,
  area: PlotArea,
  { bands, view }: PlotPicture,
  theme: ChartTheme,
  tabs: boolean,
): void {
  for (const band of bands) {
    const from = Math.max(area.left, xOf(view, area, band.fromS));
    const to = Math.min(area.left + area.width, xOf(view, area, band.toS));
    if (to <= from) continue;
    const colour = band.kind === 'window' ? theme.accent : theme.muted;
    context.globalAlpha = band.kind === 'window' ? 0.08 : 0.06;
    context.fillStyle = colour;
    context.fillRect(from, area.top, to - from, area.height);
    context.globalAlpha = 1;
    if (!tabs) continue;
    context.font = `500 12px ${theme.sans}`;
    const width = context.measureText(band.label).width + 12;
    if (to - from < width) continue;
    context.fillStyle = colour;
    context.globalAlpha = band.kind === 'window' ? 1 : 0.16;
    context.beginPath();
    context.roundRect((from + to) / 2 - width / 2, area.top - 20, width, 16, 4);
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = band.kind === 'window' ? theme.surface : theme.text;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(band.label, (from + to) / 2, area.top - 11.5);
  }
}

function paintAxes(context: Context, area: PlotArea, picture: PlotPicture, theme: ChartTheme, words: PlotWords): void {
  const { view, topW } = picture;
  const bottom = area.top + area.height;
  const { unit, perW } = powerUnit(topW);
  const power = niceTicks(0, topW * perW, Math.max(2, Math.floor(area.height / 40)));
  const time = niceTicks(view.fromS, view.toS, Math.max(2, Math.floor(area.width / 96)));
  context.lineWidth = 1;
  context.font = `12px ${theme.mono}`;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const tick of power.ticks) {
    const y = Math.round(bottom - (tick / (topW * perW)) * area.height) + 0.5;
    line(context, area.left, y, area.left + area.width, y, theme.border, 0.7);
    context.fillStyle = theme.muted;
    context.fillText(words.number(tick, decimalsOf(power.step)), area.left - 8, y);
  }
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const tick of time.ticks) {
    const x = Math.round(xOf(view, area, tick)) + 0.5;
    line(context, x, area.top, x, bottom, theme.border, 0.5);
    context.fillStyle = theme.muted;
    context.fillText(words.number(tick, decimalsOf(time.step)), x, bottom + 6);
  }
  line(context, area.left, bottom + 0.5, area.left + area.width, bottom + 0.5, theme.border, 1);
  context.font = `12px ${theme.sans}`;
  context.fillStyle = theme.muted;
  context.fillText(words.axisTime, area.left + area.width / 2, bottom + 25);
  context.save();
  context.translate(12, area.top + area.height / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'middle';
  context.fillText(words.axisPower(unit), 0, 0);
  context.restore();
}

/** Lost samples are never a line at zero: they are hatched. */
function paintGaps(context: Context, area: PlotArea, picture: PlotPicture, theme: ChartTheme): void {
  const gaps = [...picture.lost, ...(picture.columns ? gapsOf(picture.columns) : [])];
  for (const gap of gaps) {
    const from = Math.max(area.left, xOf(picture.view, area, gap.fromS));
    const to = Math.min(area.left + area.width, Math.max(from + 2, xOf(picture.view, area, gap.toS)));
    if (to <= area.left || from >= area.left + area.width) continue;
    context.save();
    context.beginPath();
    context.rect(from, area.top, to - from, area.height);
    context.clip();
    context.globalAlpha = 0.12;
    context.fillStyle = theme.bad;
    context.fillRect(from, area.top, to - from, area.height);
    context.globalAlpha = 0.7;
    context.strokeStyle = theme.bad;
    context.lineWidth = 1;
    context.beginPath();
    for (let x = from - area.height; x < to; x += 7) {
      context.moveTo(x, area.top + area.height);
      context.lineTo(x + area.height, area.top);
    }
    context.stroke();
    context.restore();
  }
}

function paintCurve(
  context: Context,
  area: PlotArea,
  { view, topW }: PlotPicture,
  { edgesS, minW, meanW, maxW }: PlotColumns,
  theme: ChartTheme,
): void {
  const colour = theme.data[0] ?? theme.accent;
  const bottom = area.top + area.height;
  const yOf = (powerW: number): number => bottom - (powerW / topW) * area.height;
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineJoin = 'round';
  context.globalAlpha = 0.28;
  for (let k = 0; k < meanW.length; k += 1) {
    if (Number.isNaN(Number(meanW[k]))) continue;
    const from = xOf(view, area, Number(edgesS[k]));
    const to = xOf(view, area, Number(edgesS[k + 1]));
    if (to < area.left || from > area.left + area.width) continue;
    const top = yOf(Number(maxW[k]));
    // A column never gets thinner than what can be seen, whatever its height.
    context.fillRect(from, top, Math.max(to - from, 0.75), Math.max(1, yOf(Number(minW[k])) - top));
  }
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.beginPath();
  let down = false;
  for (let k = 0; k < meanW.length; k += 1) {
    const mean = Number(meanW[k]);
    if (Number.isNaN(mean)) {
      down = false;
      continue;
    }
    const x = (xOf(view, area, Number(edgesS[k])) + xOf(view, area, Number(edgesS[k + 1]))) / 2;
    if (down) context.lineTo(x, yOf(mean));
    else context.moveTo(x, yOf(mean));
    down = true;
  }
  context.stroke();
}

function paintEdges(context: Context, area: PlotArea, { edgesS, view }: PlotPicture, theme: ChartTheme): void {
  const bottom = area.top + area.height;
  for (const atS of edgesS) {
    const x = Math.round(xOf(view, area, atS)) + 0.5;
    if (x < area.left || x > area.left + area.width) continue;
    line(context, x, area.top, x, bottom, theme.accent, 0.45);
    context.fillStyle = theme.accent;
    context.beginPath();
    context.moveTo(x - 4, bottom);
    context.lineTo(x + 4, bottom);
    context.lineTo(x, bottom - 6);
    context.fill();
  }
}

function paintSelection(
  context: Context,
  area: PlotArea,
  { selection, cursorS, view }: PlotPicture,
  theme: ChartTheme,
): void {
  const colour = theme.data[1] ?? theme.text;
  if (selection) {
    const from = xOf(view, area, selection.fromS);
    const to = xOf(view, area, selection.toS);
    context.globalAlpha = 0.16;
    context.fillStyle = colour;
    context.fillRect(from, area.top, to - from, area.height);
    context.globalAlpha = 1;
    for (const x of [from, to]) line(context, x, area.top, x, area.top + area.height, colour, 1);
  }
  if (cursorS !== undefined) {
    const x = Math.round(xOf(view, area, cursorS)) + 0.5;
    context.setLineDash([3, 3]);
    line(context, x, area.top, x, area.top + area.height, theme.text, 0.7);
    context.setLineDash([]);
  }
}

/** The frame on an overview: what lies outside is dimmed. */
function paintWindow(context: Context, area: PlotArea, view: PlotView, shown: PlotView, theme: ChartTheme): void {
  const from = Math.max(area.left, xOf(view, area, shown.fromS));
  const to = Math.min(area.left + area.width, Math.max(from + 3, xOf(view, area, shown.toS)));
  context.globalAlpha = 0.6;
  context.fillStyle = theme.surface;
  context.fillRect(area.left, area.top, from - area.left, area.height);
  context.fillRect(to, area.top, area.left + area.width - to, area.height);
  context.globalAlpha = 1;
  context.strokeStyle = theme.accent;
  context.lineWidth = 1.5;
  context.strokeRect(from + 0.75, area.top + 0.75, Math.max(1.5, to - from - 1.5), area.height - 1.5);
}

function line(
  context: Context,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  colour: string,
  alpha: number,
): void {
  context.globalAlpha = alpha;
  context.strokeStyle = colour;
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
  context.globalAlpha = 1;
}
