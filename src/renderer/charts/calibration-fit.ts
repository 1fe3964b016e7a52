import type { Certificate } from '../../shared/domain/calibration.ts';
import { formatNumber } from '../../shared/units/index.ts';
import { axisStyle, chartBase } from './parts.ts';
import type { ChartOption } from './echarts.ts';
import type { ChartTheme } from './theme.ts';

export interface FitWords {
  locale: string;
  xTitle: string;
  yTitle: string;
}

export interface FitPoint {
  /** Reference current in A. */
  currentA: number;
  /** What the monitor showed against it, as a fraction. */
  deviation: number;
  /** The fitted line at the same current, as a fraction; null where no range was fitted. */
  fitted: number | null;
  range: number;
}

/** Readings of a certificate as deviations from the reference, with what the fit says there. The open output has no relative deviation. */
export function fitPoints({ readings, ranges }: Certificate): FitPoint[] {
  return readings
    .filter(({ iRefA }) => iRefA > 0)
    .map(({ iRefA, xA, range }) => {
      const fit = ranges.find((one) => one.range === range);
      return {
        currentA: iRefA,
        deviation: xA / iRefA - 1,
        fitted: fit ? (fit.offsetA + fit.slope * iRefA) / iRefA - 1 : null,
        range,
      };
    })
    .sort((a, b) => a.currentA - b.currentA);
}

const markers = ['circle', 'diamond', 'triangle', 'rect', 'roundRect'] as const;
const dashes = ['solid', 'dashed', 'dotted'] as const;
const fitSteps = 24;

/** Deviation of the monitor from the reference in per cent over the current: readings as markers, the fit as a line, each range for itself. */
export function fitOption(certificate: Certificate, theme: ChartTheme, words: FitWords): ChartOption {
  const points = fitPoints(certificate);
  const percent = (value: number): number => value * 100;
  const currents = points.map((point) => point.currentA);
  const series = certificate.ranges.flatMap((range, index) => {
    const own = points.filter((point) => point.range === range.range);
    if (own.length === 0) return [];
    const colour = theme.data[index % theme.data.length] ?? theme.accent;
    const low = own[0]?.currentA ?? range.spanA[0];
    const high = own.at(-1)?.currentA ?? range.spanA[1];
    // A straight line in current is a curve on a logarithmic axis.
    const line = Array.from({ length: fitSteps + 1 }, (_, k) => {
      const current = low * (high / low) ** (k / fitSteps);
      return [current, percent((range.offsetA + range.slope * current) / current - 1)];
    });
    return [
      {
        type: 'line' as const,
        data: line,
        symbol: 'none',
        silent: true,
        lineStyle: { color: colour, width: 1.5, type: dashes[index % dashes.length] ?? 'solid' },
        endLabel: {
          show: true,
          formatter: range.name,
          color: theme.text,
          fontFamily: theme.sans,
          fontSize: 12,
        },
      },
      {
        type: 'line' as const,
        data: own.map((point) => [point.currentA, percent(point.deviation)]),
        lineStyle: { width: 0, opacity: 0 },
        symbol: markers[index % markers.length] ?? 'circle',
        symbolSize: 9,
        showAllSymbol: true,
        itemStyle: { color: colour, borderColor: theme.surface, borderWidth: 1 },
      },
    ];
  });
  return {
    ...chartBase(theme),
    grid: { left: 68, right: 64, top: 20, bottom: 46 },
    xAxis: {
      type: 'log',
      min: currents.length > 0 ? 10 ** Math.floor(Math.log10(Math.min(...currents))) : 1e-6,
      max: currents.length > 0 ? 10 ** Math.ceil(Math.log10(Math.max(...currents))) : 1,
      ...axisStyle(theme, words.xTitle),
      nameGap: 28,
      axisLabel: {
        color: theme.muted,
        fontFamily: theme.mono,
        fontSize: 12,
        formatter: (value: number) => currentLabel(value, words.locale),
      },
    },
    yAxis: {
      type: 'value',
      scale: true,
      ...axisStyle(theme, words.yTitle),
      nameGap: 50,
      axisLabel: {
        color: theme.muted,
        fontFamily: theme.mono,
        fontSize: 12,
        formatter: (value: number) => formatNumber(value, { locale: words.locale, decimals: 2 }),
      },
    },
    tooltip: { show: false },
    series,
  };
}

/** `10 µA` for an axis: decades have no digits to be rounded. */
export function currentLabel(currentA: number, locale: string): string {
  const [factor, unit] =
    currentA >= 1 ? [1, 'A'] : currentA >= 1e-3 ? [1e3, 'mA'] : currentA >= 1e-6 ? [1e6, 'µA'] : [1e9, 'nA'];
  return `${formatNumber(currentA * factor, { locale, significant: 3 }).replace(/[.,]?0+$/, (zeros) => (/[.,]/.test(zeros) ? '' : zeros))}\u202f${unit}`;
}
