import { formatNumber } from '../../shared/units/index.ts';
import type { ChartOption } from './echarts.ts';
import type { ChartTheme } from './theme.ts';

/** What all charts share: type, grid, motion. Tooltips are drawn on the canvas; the HTML ones break the content policy. */
export function chartBase(theme: ChartTheme): ChartOption {
  return {
    animationDuration: 0,
    animationDurationUpdate: 120,
    textStyle: { fontFamily: theme.sans, fontSize: 12, color: theme.text },
    tooltip: {
      renderMode: 'richText',
      backgroundColor: theme.raised,
      borderColor: theme.border,
      borderWidth: 1,
      padding: [8, 10],
      textStyle: { color: theme.text, fontFamily: theme.sans, fontSize: 12, lineHeight: 18 },
    },
  };
}

/** An axis with its title, in the tokens' colours; an axis of values has its numbers as the language writes them. */
export function axisStyle(theme: ChartTheme, title: string, locale?: string): object {
  return {
    name: title,
    nameLocation: 'middle',
    nameTextStyle: { color: theme.muted, fontFamily: theme.sans, fontSize: 12 },
    axisLine: { show: true, lineStyle: { color: theme.border } },
    axisTick: { show: false },
    axisLabel: {
      color: theme.muted,
      fontFamily: theme.mono,
      fontSize: 12,
      ...(locale === undefined ? {} : { formatter: (value: number) => tickNumber(value, locale) }),
    },
    splitLine: { lineStyle: { color: theme.border, opacity: 0.6 } },
  };
}

/** A tick as it is, without the noise of its last digits. */
function tickNumber(value: number, locale: string): string {
  const decimals = /\.(\d+)$/.exec(String(Number(value.toPrecision(6))))?.[1]?.length ?? 0;
  return formatNumber(value, { locale, decimals });
}
