import type { WindowResult } from '../../shared/domain/run.ts';
import { formatNumber } from '../../shared/units/index.ts';
import { axisStyle, chartBase } from './parts.ts';
import { clockDeviation, windowPlaces } from './window-bars.ts';
import type { ChartOption } from './echarts.ts';
import type { ChartTheme } from './theme.ts';

export interface ClockWords {
  locale: string;
  xTitle: string;
  yTitle: string;
}

/** The axis reaches at least this far to both sides of zero, in per cent, so that noise does not look like drift. */
const leastSpanPercent = 0.1;

/** Difference between DUT and host clock in each window, in per cent, as points about zero. */
export function clockOption(windows: readonly WindowResult[], theme: ChartTheme, words: ClockWords): ChartOption {
  const places = Array.from({ length: Math.max(windowPlaces, windows.length) }, (_, index) => index + 1);
  const byNumber = new Map(windows.map((window) => [window.number, window]));
  const largest = Math.max(0, ...windows.map((window) => Math.abs(clockDeviation(window)) * 100));
  const span = niceSpan(Math.max(leastSpanPercent, largest));
  return {
    ...chartBase(theme),
    grid: { left: 64, right: 16, top: 24, bottom: 44 },
    xAxis: {
      type: 'category',
      data: places.map(String),
      ...axisStyle(theme, words.xTitle),
      nameGap: 28,
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.border } },
    },
    yAxis: {
      type: 'value',
      min: -span,
      max: span,
      interval: span / 2,
      ...axisStyle(theme, words.yTitle, words.locale),
      nameGap: 46,
    },
    tooltip: { show: false },
    series: [
      {
        type: 'line',
        symbol: 'diamond',
        symbolSize: 10,
        lineStyle: { width: 1.5, type: 'dotted', color: theme.data[1] ?? theme.accent },
        itemStyle: { color: theme.data[1] ?? theme.accent },
        data: places.map((place) => {
          const window = byNumber.get(place);
          if (!window) return '-';
          const value = clockDeviation(window) * 100;
          // On the side away from the zero line.
          return { value, label: { position: value < 0 ? 'bottom' : 'top' } };
        }),
        label: {
          show: true,
          position: 'top',
          distance: 8,
          fontFamily: theme.mono,
          fontSize: 11,
          color: theme.text,
          formatter: ({ dataIndex }) => {
            const window = byNumber.get(dataIndex + 1);
            const { locale } = words;
            return window ? formatNumber(clockDeviation(window) * 100, { locale, decimals: 2, signed: true }) : '';
          },
        },
        markLine: {
          silent: true,
          symbol: 'none',
          data: [{ yAxis: 0 }],
          lineStyle: { color: theme.text, type: 'solid', width: 1, opacity: 0.4 },
          label: { show: false },
        },
      },
    ],
  };
}

/** The next of 0.1, 0.2, 0.5, 1, 2, 5, ... that leaves a quarter free. */
function niceSpan(largest: number): number {
  const wanted = largest === leastSpanPercent ? largest : largest * 1.33;
  const power = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5].find((step) => step * power >= wanted * (1 - 1e-9)) ?? 10) * power;
}
