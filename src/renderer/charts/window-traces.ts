import { formatNumber, withUnit } from '../../shared/units/index.ts';
import type { ChartOption } from './echarts.ts';
import { axisStyle, chartBase } from './parts.ts';
import type { ChartTheme } from './theme.ts';
import { niceTicks } from './trace/plot-view.ts';

/** The power of one session over a window: a value a column, times in s since the window's start, powers in mW. */
export interface WindowTrace {
  label: string;
  timesS: readonly number[];
  minMW: readonly number[];
  meanMW: readonly number[];
  maxMW: readonly number[];
}

/** Dashes beside colours, so that curves are told apart without them. */
const dashes = ['solid', [6, 3], [2, 3], [8, 3, 2, 3], [12, 4], [4, 4]] as const;

/** Mean lines over their true min/max envelopes, all aligned at 0. Gaps stay gaps. */
export function windowTracesOption(
  traces: readonly WindowTrace[],
  theme: ChartTheme,
  words: { locale: string; time: string; power: string },
): ChartOption {
  const points = (times: readonly number[], values: readonly number[]): [number, number | '-'][] =>
    times.map((time, index) => [time, finiteOr(values[index])]);
  const series = traces.flatMap((trace, index): NonNullable<ChartOption['series']> => {
    const colour = theme.data[index % theme.data.length] ?? theme.accent;
    const silent = { type: 'line', showSymbol: false, silent: true, lineStyle: { opacity: 0 } } as const;
    const stack = `envelope ${index}`;
    const heights = trace.maxMW.map((max, k) => max - (trace.minMW[k] ?? Number.NaN));
    return [
      { ...silent, stack, data: points(trace.timesS, trace.minMW), tooltip: { show: false } },
      {
        ...silent,
        stack,
        data: points(trace.timesS, heights),
        areaStyle: { color: colour, opacity: 0.18 },
        tooltip: { show: false },
      },
      {
        type: 'line',
        name: trace.label,
        showSymbol: false,
        data: points(trace.timesS, trace.meanMW),
        lineStyle: { color: colour, width: 1.5, type: [...(dashes[index] ?? 'solid')] as never },
        itemStyle: { color: colour },
        labelLayout: { moveOverlap: 'shiftY' },
        endLabel: { show: true, formatter: trace.label, color: colour, fontWeight: 600, fontFamily: theme.sans },
      },
    ] as NonNullable<ChartOption['series']>;
  });
  return {
    ...chartBase(theme),
    animationDurationUpdate: 0,
    grid: { left: 64, right: 40, top: 20, bottom: 48 },
    xAxis: {
      type: 'value',
      min: 'dataMin',
      max: 'dataMax',
      ...axisStyle(theme, words.time),
      nameGap: 30,
      axisLabel: {
        color: theme.muted,
        fontFamily: theme.mono,
        fontSize: 12,
        hideOverlap: true,
        formatter: (value: number) =>
          formatNumber(value, { locale: words.locale, decimals: Number.isInteger(value) ? 0 : 2 }),
        showMinLabel: false,
        showMaxLabel: false,
      },
    },
    yAxis: {
      type: 'value',
      ...powerRange(traces),
      ...axisStyle(theme, words.power, words.locale),
      nameGap: 46,
    },
    tooltip: {
      ...chartBase(theme).tooltip,
      trigger: 'axis',
      axisPointer: { lineStyle: { color: theme.muted } },
      formatter: (raw: unknown) => {
        const items = (raw as { seriesName: string; value: [number, number | '-'] }[]).filter(({ seriesName }) =>
          traces.some(({ label }) => label === seriesName),
        );
        const at = items[0]?.value[0];
        const head = withUnit(formatNumber(at, { locale: words.locale, significant: 5 }), 's');
        const lines = items.map(
          ({ seriesName, value }) =>
            `${seriesName}: ${withUnit(formatNumber(value[1] === '-' ? null : value[1], { locale: words.locale }), 'mW')}`,
        );
        return [head, ...lines].join('\n');
      },
    },
    series,
  } as ChartOption;
}

/** Around the envelopes in whole steps: lines need no zero, and from zero two alike powers would be one line. */
export function powerRange(traces: readonly WindowTrace[]): { min: number; max: number; interval: number } {
  const low = Math.min(...traces.flatMap(({ minMW }) => minMW.filter(Number.isFinite)));
  const high = Math.max(...traces.flatMap(({ maxMW }) => maxMW.filter(Number.isFinite)));
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { min: 0, max: 1, interval: 0.2 };
  const pad = Math.max((high - low) * 0.1, high * 0.01);
  const { step } = niceTicks(low - pad, high + pad, 5);
  const tidy = (steps: number): number => Number((steps * step).toPrecision(12));
  return {
    min: Math.max(0, tidy(Math.floor((low - pad) / step))),
    max: tidy(Math.ceil((high + pad) / step)),
    interval: step,
  };
}

function finiteOr(value: number | undefined): number | '-' {
  return value === undefined || !Number.isFinite(value) ? '-' : value;
}
