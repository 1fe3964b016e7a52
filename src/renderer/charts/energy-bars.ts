import { formatNumber, formatPercent, withUnit } from '../../shared/units/index.ts';
import { axisStyle, chartBase } from './parts.ts';
import type { ChartOption } from './echarts.ts';
import type { ChartTheme } from './theme.ts';
import { windowPlaces } from './window-bars.ts';

export interface EnergyBarsWords {
  locale: string;
  xTitle: string;
  yTitle: string;
}

export interface EnergyBar {
  number: number;
  energyUJPerInf: number;
}

/** Energy per inference of each window as a bar from zero, with its value, its distance from the median and the median line. */
export function energyBarsOption(
  windows: readonly EnergyBar[],
  medianUJ: number | null,
  theme: ChartTheme,
  { locale, xTitle, yTitle }: EnergyBarsWords,
): ChartOption {
  const places = Array.from({ length: Math.max(windowPlaces, windows.length) }, (_, index) => index + 1);
  const byNumber = new Map(windows.map((window) => [window.number, window]));
  const value = (window: EnergyBar): string =>
    formatNumber(window.energyUJPerInf, {
      locale,
      ...(window.energyUJPerInf >= 1000 ? { decimals: 0 } : { significant: 4 }),
    });
  const spread = (window: EnergyBar): string =>
    medianUJ === null ? '' : formatPercent(window.energyUJPerInf / medianUJ - 1, { locale, decimals: 2, signed: true });
  return {
    ...chartBase(theme),
    grid: { left: 68, right: 16, top: 52, bottom: 44 },
    xAxis: {
      type: 'category',
      data: places.map(String),
      ...axisStyle(theme, xTitle),
      nameGap: 28,
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      ...axisStyle(theme, yTitle, locale),
      nameGap: 50,
      ...(windows.length === 0 ? { max: 1, axisLabel: { show: false }, splitLine: { show: false } } : {}),
    },
    tooltip: {
      ...chartBase(theme).tooltip,
      trigger: 'item',
      formatter: (raw: unknown) => {
        const window = byNumber.get((raw as { dataIndex: number }).dataIndex + 1);
        if (!window) return '';
        const exact = formatNumber(window.energyUJPerInf, { locale, significant: 6 });
        return [`${xTitle} ${window.number}`, withUnit(exact, 'µJ'), spread(window)].filter(Boolean).join('\n');
      },
    },
    series: [
      {
        type: 'bar',
        barWidth: '52%',
        itemStyle: { color: theme.data[0] ?? theme.accent, borderRadius: [3, 3, 0, 0] },
        data: places.map((place) => byNumber.get(place)?.energyUJPerInf ?? '-'),
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
            return window ? `{value|${value(window)}}\n{spread|${spread(window)}}` : '';
          },
        },
        ...(medianUJ === null || windows.length < 2
          ? {}
          : {
              markLine: {
                silent: true,
                symbol: 'none',
                data: [{ yAxis: medianUJ }],
                lineStyle: { color: theme.text, type: 'dashed', width: 1, opacity: 0.55 },
                label: { show: false },
              },
            }),
      },
    ],
  };
}
