import type { LiveRoc } from '../../shared/domain/live-run.ts';
import { axisStyle, chartBase } from './parts.ts';
import type { ChartOption } from './echarts.ts';
import type { ChartTheme } from './theme.ts';

export interface RocWords {
  xTitle: string;
  yTitle: string;
  locale: string;
}

/** Dashes that tell series apart without their colours. */
const dashes = ['solid', 'dashed', 'dotted', 'solid', 'dashed', 'dotted'] as const;

/** Curves in the unit square, with the diagonal that guessing gives. */
export function rocOption(roc: LiveRoc | undefined, theme: ChartTheme, words: RocWords): ChartOption {
  const axis = (title: string, gap: number): object => ({
    type: 'value',
    min: 0,
    max: 1,
    interval: 0.5,
    ...axisStyle(theme, title, words.locale),
    nameGap: gap,
  });
  return {
    ...chartBase(theme),
    animation: false,
    grid: { left: 56, right: 16, top: 12, bottom: 44 },
    xAxis: axis(words.xTitle, 28),
    yAxis: axis(words.yTitle, 40),
    tooltip: { show: false },
    series: [
      {
        type: 'line',
        data: [
          [0, 0],
          [1, 1],
        ],
        symbol: 'none',
        silent: true,
        lineStyle: { width: 1, type: 'dashed', color: theme.border },
      },
      ...(roc?.curves ?? []).map((curve, index) => ({
        type: 'line' as const,
        data: curve.points.map(([x, y]) => [x, y]),
        symbol: 'none' as const,
        silent: true,
        lineStyle: {
          width: 1.5,
          type: dashes[index] ?? 'solid',
          color: theme.data[index % theme.data.length] ?? theme.accent,
        },
      })),
    ],
  } as ChartOption;
}
