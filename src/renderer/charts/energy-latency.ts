import type { CustomSeriesRenderItem } from 'echarts';
import type { ChartOption } from './echarts.ts';
import { axisStyle, chartBase } from './parts.ts';
import { clipStrip, decadesAround, diagonalIn, logTicks, powerClasses, powerDecades } from './power-classes.ts';
import type { LogBox, PowerClass } from './power-classes.ts';
import type { ChartTheme } from './theme.ts';

/** A published result on the chart: SI base units. */
export interface PublishedPoint {
  latencyS: number;
  energyJ: number;
  benchmark: string;
  /** Stands beside the point where there is room. */
  label: string;
  /** Lines of the tooltip. */
  about: readonly string[];
}

/** A run of one of the chosen sessions. */
export interface OwnPoint {
  latencyS: number;
  energyJ: number;
  /** Expanded uncertainty of the energy; null where there is none. */
  expandedJ: number | null;
  label: string;
  about: readonly string[];
}

export interface EnergyLatencyWords {
  xTitle: string;
  yTitle: string;
  /** Names of the power classes. */
  classes: Readonly<Record<PowerClass['name'], string>>;
  /** A quantity with prefix and unit, from its SI value. */
  quantity: (value: number, unit: 's' | 'J' | 'W') => string;
}

/** Markers by benchmark, so that series are told apart without colour. */
const symbols = ['circle', 'triangle', 'rect', 'diamond'] as const;
export const publishedBenchmarks: readonly string[] = ['ad', 'ic', 'kws', 'vww'];

/** The same markers on a 12 x 12 grid, for the key. */
export const benchmarkShapes: readonly string[] = [
  'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1Z',
  'M6 1l5 10H1Z',
  'M1 1h10v10H1Z',
  'M6 0l6 6-6 6-6-6Z',
];
export const benchmarkColour = (index: number): string => `var(--data-${index + 1})`;

type Child = NonNullable<ReturnType<CustomSeriesRenderItem>>;

/** The whole decades that all points need, as a box in log10 units. */
export function boxOf(published: readonly PublishedPoint[], own: readonly OwnPoint[]): LogBox {
  const all = [...published, ...own];
  return {
    x: decadesAround(all.map(({ latencyS }) => Math.log10(latencyS))),
    y: decadesAround(all.map(({ energyJ }) => Math.log10(energyJ))),
  };
}

/**
 * Energy against latency on logarithmic axes with decades, 2 and 5. Both axes carry logarithms, so that a constant power is a straight
 * diagonal; classes of power lie between diagonals.
 */
export function energyLatencyOption(
  published: readonly PublishedPoint[],
  own: readonly OwnPoint[],
  theme: ChartTheme,
  words: EnergyLatencyWords,
): ChartOption {
  const box = boxOf(published, own);
  const axis = (range: [number, number], title: string, unit: 's' | 'J', gap: number): object => ({
    type: 'value',
    min: range[0],
    max: range[1],
    ...axisStyle(theme, title),
    nameGap: gap,
    axisTick: { show: true, customValues: logTicks(range), lineStyle: { color: theme.border } },
    axisLabel: {
      color: theme.muted,
      fontFamily: theme.mono,
      fontSize: 12,
      hideOverlap: true,
      customValues: logTicks(range),
      rich: { minor: { color: theme.muted, fontFamily: theme.mono, fontSize: 11 } },
      formatter: (value: number) => tickText(value, unit, words),
    },
    splitLine: { lineStyle: { color: theme.border, opacity: 0.5 } },
  });
  const log = (point: { latencyS: number; energyJ: number }): [number, number] => [
    Math.log10(point.latencyS),
    Math.log10(point.energyJ),
  ];
  const named = published.length <= 60;
  const series = [
    powerGround(box, theme, words),
    ...publishedBenchmarks.map((benchmark, index) => ({
      type: 'scatter',
      name: benchmark,
      symbol: symbols[index] ?? 'circle',
      symbolSize: 9,
      itemStyle: {
        color: theme.data[index] ?? theme.muted,
        opacity: 0.8,
        borderColor: theme.surface,
        borderWidth: 0.5,
      },
      label: {
        show: named,
        position: 'right',
        color: theme.muted,
        fontFamily: theme.sans,
        fontSize: 11,
        formatter: ({ data }: { data: { point: PublishedPoint } }) => data.point.label,
      },
      labelLayout: { hideOverlap: true },
      emphasis: { scale: 1.4 },
      data: published.filter((point) => point.benchmark === benchmark).map((point) => ({ value: log(point), point })),
    })),
    errorBars(own, theme),
    {
      type: 'scatter',
      name: 'own',
      symbol: 'diamond',
      symbolSize: 15,
      z: 10,
      itemStyle: { color: theme.text, borderColor: theme.surface, borderWidth: 1.5 },
      label: {
        show: true,
        position: 'right',
        distance: 8,
        color: theme.text,
        fontFamily: theme.sans,
        fontSize: 12,
        fontWeight: 600,
        backgroundColor: theme.surface,
        padding: [1, 4],
        borderRadius: 3,
        formatter: ({ data }: { data: { point: OwnPoint } }) => data.point.label,
      },
      data: own.map((point, index) => ({
        value: log(point),
        point,
        label: { offset: [0, 20 * own.slice(0, index).filter((other) => near(log(other), log(point))).length] },
      })),
    },
  ];
  return {
    ...chartBase(theme),
    grid: { left: 88, right: 24, top: 16, bottom: 52 },
    xAxis: axis(box.x, words.xTitle, 's', 32),
    yAxis: axis(box.y, words.yTitle, 'J', 70),
    tooltip: {
      ...chartBase(theme).tooltip,
      trigger: 'item',
      formatter: (raw: unknown) => {
        const { data } = raw as { data?: { point?: PublishedPoint | OwnPoint } };
        return data?.point ? data.point.about.join('\n') : '';
      },
    },
    series,
  } as ChartOption;
}

/** So near to each other that one's words would lie on the other's. */
function near(a: readonly [number, number], b: readonly [number, number]): boolean {
  return Math.abs(a[0] - b[0]) < 0.6 && Math.abs(a[1] - b[1]) < 0.25;
}

/** Decades with their unit, 2 and 5 as bare digits between them. */
function tickText(value: number, unit: 's' | 'J', words: EnergyLatencyWords): string {
  if (Math.abs(value - Math.round(value)) < 1e-6) return words.quantity(10 ** Math.round(value), unit);
  return `{minor|${Math.round(10 ** (value - Math.floor(value)))}}`;
}

/** Bands of the power classes and diagonals of constant power, behind the points. */
function powerGround(box: LogBox, theme: ChartTheme, words: EnergyLatencyWords): object {
  const tints = [theme.data[2], theme.data[0], theme.data[1]];
  const renderItem: CustomSeriesRenderItem = (_params, api) => {
    const at = (point: readonly number[]): number[] => api.coord(point as number[]);
    const bands = powerClasses.flatMap(({ low, high }, index): Child[] => {
      const points = clipStrip(box, low, high).map(at);
      const style = { fill: tints[index] ?? theme.muted, opacity: 0.07 };
      return points.length < 3 ? [] : [{ type: 'polygon', shape: { points }, style, silent: true }];
    });
    const lines = powerDecades.flatMap((power): Child[] => {
      const ends = diagonalIn(box, power);
      if (!ends) return [];
      const [from, to] = ends.map(at) as [number[], number[]];
      const [x1, y1, x2, y2] = [from[0] ?? 0, from[1] ?? 0, to[0] ?? 0, to[1] ?? 0];
      const border = power % 3 === 0;
      const line: Child = {
        type: 'line',
        shape: { x1, y1, x2, y2 },
        style: { stroke: theme.muted, lineWidth: border ? 1.2 : 0.8, lineDash: border ? [] : [4, 4], opacity: 0.55 },
        silent: true,
      };
      if (x2 - x1 < 60) return [line];
      const label: Child = {
        type: 'text',
        x: x1 + 6,
        y: y1 - 6,
        style: {
          text: words.quantity(10 ** power, 'W'),
          fill: theme.muted,
          font: `11px ${theme.mono}`,
          align: 'left',
          verticalAlign: 'bottom',
        },
        silent: true,
      };
      return [line, label];
    });
    const names = powerClasses.flatMap(({ name, low, high }): Child[] => {
      const polygon = clipStrip(box, low, high);
      const ends = diagonalIn(box, (low + high) / 2);
      if (polygon.length < 3 || !ends) return [];
      const [x = 0, y = 0] = at(ends[1]);
      const style = {
        text: words.classes[name],
        fill: theme.text,
        opacity: 0.75,
        font: `600 12px ${theme.sans}`,
        align: 'right' as const,
        verticalAlign: 'top' as const,
      };
      return [{ type: 'text', x: x - 10, y: y + 8, style, silent: true }];
    });
    return { type: 'group', children: [...bands, ...lines, ...names] as never };
  };
  return {
    type: 'custom',
    name: 'power',
    silent: true,
    z: 1,
    clip: false,
    tooltip: { show: false },
    data: [[0, 0]],
    renderItem,
  };
}

/** The energy's expanded uncertainty as a bar through each own point. */
function errorBars(own: readonly OwnPoint[], theme: ChartTheme): object {
  const bars = own.flatMap(({ latencyS, energyJ, expandedJ }) =>
    expandedJ === null || expandedJ <= 0
      ? []
      : [
          [
            Math.log10(latencyS),
            Math.log10(Math.max(energyJ - expandedJ, energyJ / 100)),
            Math.log10(energyJ + expandedJ),
          ],
        ],
  );
  const renderItem: CustomSeriesRenderItem = (_params, api) => {
    const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)]);
    const [, high = 0] = api.coord([api.value(0), api.value(2)]);
    const style = { stroke: theme.text, lineWidth: 1.5 };
    const line = (x1: number, y1: number, x2: number, y2: number): Child => ({
      type: 'line',
      shape: { x1, y1, x2, y2 },
      style,
    });
    return {
      type: 'group',
      children: [line(x, low, x, high), line(x - 5, low, x + 5, low), line(x - 5, high, x + 5, high)] as never,
    };
  };
  return { type: 'custom', name: 'doubt', silent: true, z: 9, tooltip: { show: false }, data: bars, renderItem };
}
