import { formatNumber, withUnit } from '../../shared/units/index.ts';
import type { ChartOption } from './echarts.ts';
import { axisStyle, chartBase } from './parts.ts';
import type { ChartTheme } from './theme.ts';
import { decimalsOf, niceTicks } from './trace/plot-view.ts';

/** The windows of one session, in the unit of the axis. */
export interface BoxSample {
  label: string;
  values: readonly number[];
}

export interface FiveNumbers {
  low: number;
  lowerQuartile: number;
  median: number;
  upperQuartile: number;
  high: number;
}

/** Extremes, median and quartiles; between two values linearly (the usual definition, type 7 of Hyndman and Fan). */
export function fiveNumbers(values: readonly number[]): FiveNumbers | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    const above = sorted[Math.ceil(place)] ?? Number.NaN;
    return below + (above - below) * (place - Math.floor(place));
  };
  return { low: at(0), lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75), high: at(1) };
}

/**
 * The axis: a little around the values, never less than a thousandth of them, so that rounding does not look like scatter; from and to
 * whole steps.
 */
export function boxRange(samples: readonly BoxSample[]): { min: number; max: number; step: number } {
  const all = samples.flatMap(({ values }) => values);
  if (all.length === 0) return { min: 0, max: 1, step: 0.2 };
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const pad = Math.max((high - low) * 0.15, Math.abs(high) * 5e-4);
  const { step } = niceTicks(low - pad, high + pad, 5);
  const tidy = (steps: number): number => Number((steps * step).toPrecision(12));
  return { min: tidy(Math.floor((low - pad) / step)), max: tidy(Math.ceil((high + pad) / step)), step };
}

/** A box a session with every window as a point beside it: five values hide nothing. */
export function boxPlotsOption(
  samples: readonly BoxSample[],
  theme: ChartTheme,
  { locale, title, unit }: { locale: string; title: string; unit: string },
): ChartOption {
  const { min, max, step } = boxRange(samples);
  const decimals = decimalsOf(step);
  const colour = (index: number): string => theme.data[index % theme.data.length] ?? theme.accent;
  const boxes = samples.map(({ values }, index) => {
    const five = fiveNumbers(values);
    const numbers = five ? [five.low, five.lowerQuartile, five.median, five.upperQuartile, five.high] : [];
    return { value: numbers, itemStyle: { borderColor: colour(index), color: `${colour(index)}22`, borderWidth: 1.5 } };
  });
  return {
    ...chartBase(theme),
    grid: { left: 92, right: 16, top: 20, bottom: 32 },
    xAxis: {
      type: 'category',
      data: samples.map(({ label }) => label),
      ...axisStyle(theme, ''),
      axisLabel: { color: theme.text, fontFamily: theme.sans, fontSize: 12, fontWeight: 600 },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min,
      max,
      interval: step,
      ...axisStyle(theme, title),
      nameGap: 74,
      axisLabel: {
        color: theme.muted,
        fontFamily: theme.mono,
        fontSize: 12,
        formatter: (value: number) => formatNumber(value, { locale, decimals }),
      },
    },
    tooltip: {
      ...chartBase(theme).tooltip,
      trigger: 'item',
      formatter: (raw: unknown) => {
        const { dataIndex, seriesType, value } = raw as { dataIndex: number; seriesType: string; value: unknown };
        const label = samples[dataIndex]?.label ?? '';
        if (seriesType === 'scatter') {
          const [x, y] = value as [number, number];
          return `${samples[Math.round(x)]?.label ?? ''}: ${withUnit(formatNumber(y, { locale, significant: 7 }), unit)}`;
        }
        const five = fiveNumbers(samples[dataIndex]?.values ?? []);
        return five ? `${label}: ${withUnit(formatNumber(five.median, { locale, significant: 7 }), unit)}` : '';
      },
    },
    series: [
      { type: 'boxplot', boxWidth: [24, 72], data: boxes },
      {
        type: 'scatter',
        symbolSize: 6,
        data: samples.flatMap(({ values }, index) =>
          values.map((value) => ({ value: [index, value], itemStyle: { color: colour(index), opacity: 0.9 } })),
        ),
      },
    ],
  };
}
