import type { WindowResult } from '../../shared/domain/run.ts';
import { formatNumber, formatPercent, withUnit } from '../../shared/units/index.ts';
import { axisStyle, chartBase } from './parts.ts';
import type { ChartOption } from './echarts.ts';
import type { ChartTheme } from './theme.ts';

export interface WindowBarsWords {
  locale: string;
  xTitle: string;
  yTitle: string;
  /** "host against DUT clock" */
  clock: string;
}

/** Five places from the start, so that a bar that comes moves nothing. */
export const windowPlaces = 5;

/** Middle one of the windows' throughputs (mean of the two middle ones when even); undefined without windows. */
export function medianOf(windows: readonly WindowResult[]): number | undefined {
  const sorted = windows.map((window) => window.throughputInfPerS).sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (lower + upper) / 2;
}

/** How far the DUT's clock is from the host's in one window: DUT over host minus 1. */
export function clockDeviation(window: WindowResult): number {
  return window.seconds / window.hostSeconds - 1;
}

/** Throughput of each performance window as a bar from zero, with its value, its distance from the median and the median line. */
export function windowBarsOption(
  windows: readonly WindowResult[],
  theme: ChartTheme,
  words: WindowBarsWords,
): ChartOption {
  const median = medianOf(windows);
  const { locale } = words;
  const places = Array.from({ length: Math.max(windowPlaces, windows.length) }, (_, index) => index + 1);
  const byNumber = new Map(windows.map((window) => [window.number, window]));
  return {
    ...chartBase(theme),
    grid: { left: 60, right: 16, top: 52, bottom: 44 },
    xAxis: {
      type: 'category',
      data: places.map(String),
      ...axisStyle(theme, words.xTitle),
      nameGap: 28,
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      ...axisStyle(theme, words.yTitle, locale),
      nameGap: 42,
      // Before the first window there is no scale to show.
      ...(median === undefined ? { max: 1, axisLabel: { show: false }, splitLine: { show: false } } : {}),
    },
    tooltip: {
      ...chartBase(theme).tooltip,
      trigger: 'item',
      formatter: (raw: unknown) => {
        const window = byNumber.get((raw as { dataIndex: number }).dataIndex + 1);
        if (!window) return '';
        return [
          `${words.xTitle} ${window.number}`,
          withUnit(formatNumber(window.throughputInfPerS, { locale, significant: 6 }), 'inf/s'),
          `${words.clock} ${formatPercent(clockDeviation(window), { locale, decimals: 3, signed: true })}`,
        ].join('\n');
      },
    },
    series: [
      {
        type: 'bar',
        barWidth: '52%',
        itemStyle: { color: theme.data[0] ?? theme.accent, borderRadius: [3, 3, 0, 0] },
        data: places.map((place) => byNumber.get(place)?.throughputInfPerS ?? '-'),
        label: {
          show: true,
          position: 'top',
          distance: 6,
          lineHeight: 16,
          rich: {
            value: { fontFamily: theme.mono, fontSize: 13, fontWeight: 500, color: theme.text },
            spread: { fontFamily: theme.mono, fontSize: 12, color: theme.muted },
          },
          formatter: ({ dataIndex }) => {
            const window = byNumber.get(dataIndex + 1);
            if (!window || median === undefined) return '';
            const spread = formatPercent(window.throughputInfPerS / median - 1, { locale, decimals: 2, signed: true });
            return `{value|${formatNumber(window.throughputInfPerS, { locale })}}\n{spread|${spread}}`;
          },
        },
        ...(median === undefined || windows.length < 2
          ? {}
          : {
              markLine: {
                silent: true,
                symbol: 'none',
                data: [{ yAxis: median }],
                lineStyle: { color: theme.text, type: 'dashed', width: 1, opacity: 0.55 },
                label: { show: false },
              },
            }),
      },
    ],
  };
}
