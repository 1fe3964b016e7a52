import type { AuditWindow } from '../../shared/domain/audit.ts';
import { leastWindowS } from '../../shared/domain/audit-windows.ts';
import { formatNumber } from '../../shared/units/index.ts';
import type { ChartOption } from './echarts.ts';
import { axisStyle, chartBase } from './parts.ts';
import type { ChartTheme } from './theme.ts';

export interface WindowLengthsWords {
  locale: string;
  window: string;
  axis: string;
  dut: string;
  host: string;
}

/** How long each window was, from zero, by the DUT and, as a tick, by the host; the least length lies across them. */
export function windowLengthsOption(
  windows: readonly AuditWindow[],
  theme: ChartTheme,
  words: WindowLengthsWords,
): ChartOption {
  const { locale } = words;
  const seconds = (value: number | undefined): string => formatNumber(value, { locale, decimals: 3 });
  const colour = ({ seconds: lengthS = 0 }: AuditWindow): string =>
    lengthS < leastWindowS ? theme.bad : (theme.data[0] ?? theme.accent);
  // The figure stands above whatever reaches higher, so that the tick does not strike it out.
  const hostAbove = (window: AuditWindow): boolean => (window.hostSeconds ?? 0) > (window.seconds ?? 0);
  const label = {
    show: true,
    position: 'top',
    fontFamily: theme.mono,
    fontSize: 12,
    color: theme.text,
    formatter: ({ dataIndex }: { dataIndex: number }) => seconds(windows[dataIndex]?.seconds),
  } as const;
  return {
    ...chartBase(theme),
    grid: { left: 60, right: 20, top: 30, bottom: 44 },
    xAxis: {
      type: 'category',
      data: windows.map(({ number }) => String(number)),
      ...axisStyle(theme, words.window),
      nameGap: 28,
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: ({ max }) => Math.max(max, leastWindowS) * 1.25,
      ...axisStyle(theme, words.axis),
      nameGap: 40,
      axisLabel: {
        color: theme.muted,
        fontFamily: theme.mono,
        fontSize: 12,
        showMaxLabel: false,
        formatter: (value: number) => formatNumber(value, { locale, decimals: Number.isInteger(value) ? 0 : 2 }),
      },
    },
    tooltip: {
      ...chartBase(theme).tooltip,
      trigger: 'item',
      formatter: (raw: unknown) => {
        const window = windows[(raw as { dataIndex: number }).dataIndex];
        if (!window) return '';
        const host = window.hostSeconds === undefined ? [] : [`${words.host}: ${seconds(window.hostSeconds)}`];
        return [`${words.window} ${window.number}`, `${words.dut}: ${seconds(window.seconds)}`, ...host].join('\n');
      },
    },
    series: [
      {
        type: 'bar',
        barWidth: '52%',
        data: windows.map((window) => ({
          value: window.seconds ?? 0,
          itemStyle: { color: colour(window), borderRadius: [3, 3, 0, 0] },
          label: { show: !hostAbove(window) },
        })),
        label,
        markLine: {
          silent: true,
          symbol: 'none',
          data: [{ yAxis: leastWindowS }],
          lineStyle: { color: theme.text, type: 'dashed', width: 1, opacity: 0.55 },
          label: { show: false },
        },
      },
      {
        type: 'scatter',
        symbol: 'rect',
        symbolSize: [26, 3],
        itemStyle: { color: theme.text },
        label,
        data: windows.map((window) => ({ value: window.hostSeconds ?? '-', label: { show: hostAbove(window) } })),
      },
    ],
  };
}
