import type { CustomSeriesOption, CustomSeriesRenderItemReturn } from 'echarts';
import type { ChartOption } from '../echarts.ts';
import type { ChartTheme } from '../theme.ts';
import { powerUnit } from './plot-picture.ts';
import type { PlotBand, PlotPicture, PlotWords } from './plot-picture.ts';
import { curveShapes, gapShapes } from './plot-shapes.ts';
import { decimalsOf, niceTicks, xOf } from './plot-view.ts';
import type { PlotArea, PlotView } from './plot-view.ts';

type Shape = NonNullable<CustomSeriesRenderItemReturn>;

/**
 * Curve, windows, gaps, time marks and axes as one option: three custom series of one item each, so that a picture costs one pass however many samples
 * stand behind it. What follows the pointer is drawn above the canvas and does not touch this.
 */
export function plotOption(
  area: PlotArea,
  picture: PlotPicture,
  theme: ChartTheme,
  words: PlotWords | undefined,
): ChartOption {
  const { view, topW } = picture;
  return {
    animation: false,
    grid: { ...area, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: view.fromS, max: view.toS, ...timeAxis(area, view, theme, words) },
    yAxis: { type: 'value', min: 0, max: topW, ...powerAxis(area, topW, theme, words) },
    series: [
      drawn('bands', 1, () =>
        picture.bands.flatMap((band) => bandShapes(band, view, area, theme, words !== undefined)),
      ),
      drawn('curve', 2, () => [...gaps(picture, area, theme), ...curve(picture, area, theme)]),
      drawn('marks', 3, () => (words ? edges(picture, area, theme) : [])),
    ],
  };
}

/** One custom series that draws its shapes at their own places; `data` has the one item that ECharts asks for. */
function drawn(id: string, z: number, shapes: () => Shape[]): CustomSeriesOption {
  return {
    id,
    type: 'custom',
    z,
    silent: true,
    animation: false,
    data: [0],
    renderItem: () => ({ type: 'group', children: shapes() as never }),
  };
}

const hidden = { show: false } as const;

function timeAxis(area: PlotArea, view: PlotView, theme: ChartTheme, words: PlotWords | undefined): object {
  if (!words) return hidden;
  const { ticks, step } = niceTicks(view.fromS, view.toS, Math.max(2, Math.floor(area.width / 96)));
  return {
    name: words.axisTime,
    nameLocation: 'middle',
    nameGap: 28,
    ...axisLook(ticks, theme, (value) => words.number(value, decimalsOf(step))),
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.border } },
  };
}

function powerAxis(area: PlotArea, topW: number, theme: ChartTheme, words: PlotWords | undefined): object {
  if (!words) return hidden;
  const { unit, perW } = powerUnit(topW);
  const { ticks, step } = niceTicks(0, topW * perW, Math.max(2, Math.floor(area.height / 40)));
  return {
    name: words.axisPower(unit),
    nameLocation: 'middle',
    nameGap: 46,
    ...axisLook(
      ticks.map((tick) => tick / perW),
      theme,
      (value) => words.number(value * perW, decimalsOf(step)),
    ),
    axisLine: { show: false },
  };
}

/** Ticks at 1, 2 and 5 of our own, also where the axis begins anywhere. */
function axisLook(ticks: readonly number[], theme: ChartTheme, label: (value: number) => string): object {
  return {
    nameTextStyle: { color: theme.muted, fontFamily: theme.sans, fontSize: 12 },
    axisTick: { show: false, customValues: ticks },
    axisLabel: {
      customValues: ticks,
      color: theme.muted,
      fontFamily: theme.mono,
      fontSize: 12,
      hideOverlap: true,
      formatter: label,
    },
    splitLine: { show: true, lineStyle: { color: theme.border, opacity: 0.6 } },
  };
}

const tabHeight = 16;
/** Of one letter of a tab, in CSS pixels: labels are one or two of them. */
const tabLetterWidth = 8;

function bandShapes(band: PlotBand, view: PlotView, area: PlotArea, theme: ChartTheme, tabs: boolean): Shape[] {
  const from = Math.max(area.left, xOf(view, area, band.fromS));
  const to = Math.min(area.left + area.width, xOf(view, area, band.toS));
  if (to <= from) return [];
  const ours = band.kind === 'window';
  const colour = ours ? theme.accent : theme.muted;
  const shade: Shape = {
    type: 'rect',
    shape: { x: from, y: area.top, width: to - from, height: area.height },
    style: { fill: colour, opacity: ours ? 0.08 : 0.06 },
  };
  const width = band.label.length * tabLetterWidth + 10;
  if (!tabs || to - from < width) return [shade];
  const middle = (from + to) / 2;
  return [
    shade,
    {
      type: 'rect',
      shape: { x: middle - width / 2, y: area.top - 20, width, height: tabHeight, r: 4 },
      style: { fill: colour, opacity: ours ? 1 : 0.16 },
    },
    {
      type: 'text',
      style: {
        text: band.label,
        x: middle,
        y: area.top - 20 + tabHeight / 2 + 0.5,
        align: 'center',
        verticalAlign: 'middle',
        font: `500 12px ${theme.sans}`,
        fill: ours ? theme.surface : theme.text,
      },
    },
  ];
}

function gaps({ lost, columns, view }: PlotPicture, area: PlotArea, theme: ChartTheme): Shape[] {
  return gapShapes(lost, columns, view, area).flatMap(({ x, width, lines }): Shape[] => [
    {
      type: 'rect',
      shape: { x, y: area.top, width, height: area.height },
      style: { fill: theme.bad, opacity: 0.12 },
    },
    ...lines.map(([[x1, y1], [x2, y2]]): Shape => ({
      type: 'line',
      shape: { x1, y1, x2, y2 },
      style: { stroke: theme.bad, lineWidth: 1, opacity: 0.7 },
    })),
  ]);
}

function curve({ columns, view, topW }: PlotPicture, area: PlotArea, theme: ChartTheme): Shape[] {
  if (!columns) return [];
  const { envelopes, means } = curveShapes(columns, view, topW, area);
  const colour = theme.data[0] ?? theme.accent;
  const clipPath: Shape = {
    type: 'rect',
    shape: { x: area.left, y: area.top, width: area.width, height: area.height },
  } as Shape;
  const children = [
    ...envelopes.map((points) => ({ type: 'polygon', shape: { points }, style: { fill: colour, opacity: 0.28 } })),
    ...means.map((points) => ({
      type: 'polyline',
      shape: { points },
      style: { stroke: colour, lineWidth: 1.5, lineJoin: 'round', fill: 'none' },
    })),
  ];
  return [{ type: 'group', clipPath, children } as unknown as Shape];
}

function edges({ edgesS, view }: PlotPicture, area: PlotArea, theme: ChartTheme): Shape[] {
  const bottom = area.top + area.height;
  return edgesS.flatMap((atS): Shape[] => {
    const x = Math.round(xOf(view, area, atS)) + 0.5;
    if (x < area.left || x > area.left + area.width) return [];
    return [
      {
        type: 'line',
        shape: { x1: x, y1: area.top, x2: x, y2: bottom },
        style: { stroke: theme.accent, opacity: 0.45, lineWidth: 1 },
      },
      {
        type: 'polygon',
        shape: {
          points: [
            [x - 4, bottom],
            [x + 4, bottom],
            [x, bottom - 6],
          ],
        },
        style: { fill: theme.accent },
      },
    ];
  });
}
