import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import { decimalsOf, labelOnPaper, limitLine, linear, ticks, verticalGrid } from './plot.ts';

export const intervalChartHeight = 50;

export interface IntervalChart {
  value: number;
  /** 95 % interval; null where none is known. */
  interval: readonly [number, number] | null;
  target: number | null;
  /** Fractions are shown as per cent, areas as they are. */
  percent: boolean;
}

/** Where the figure lies, how sure that is, and on which side of the target. */
export function intervalChart(
  sheet: Sheet,
  words: Words,
  chart: IntervalChart,
  x: number,
  y: number,
  width: number,
): void {
  const factor = chart.percent ? 100 : 1;
  const least = Math.min(chart.value, chart.interval?.[0] ?? 1, chart.target ?? 1);
  const from = Math.max(0, Math.floor((least - 0.04) * 20) / 20) * factor;
  const frame = { x: x + 11, y: y + 12, width: width - 22, height: 20 };
  const scale = linear(from, factor, frame.x, frame.x + frame.width);
  const values = ticks(from, factor, 8);
  const decimals = decimalsOf(values);
  verticalGrid(
    sheet,
    frame,
    scale,
    values,
    (value) => words.number(value, decimals) + (chart.percent ? '\u202f%' : ''),
  );
  const middle = frame.y + frame.height / 2;
  if (chart.interval) {
    const [low, high] = [scale(chart.interval[0] * factor), scale(chart.interval[1] * factor)];
    sheet.doc
      .save()
      .fillOpacity(0.25)
      .roundedRect(low, middle - 4.5, Math.max(1, high - low), 9, 2)
      .fill(colors.data1)
      .restore();
    sheet.doc.lineWidth(1).strokeColor(colors.data1);
    for (const end of [low, high])
      sheet.doc
        .moveTo(end, middle - 4.5)
        .lineTo(end, middle + 4.5)
        .stroke();
  }
  sheet.doc.circle(scale(chart.value * factor), middle, 3.6).fill(colors.data1);
  if (chart.target !== null) {
    const at = scale(chart.target * factor);
    limitLine(sheet, [at, frame.y - 3], [at, frame.y + frame.height], colors.text);
    const name = words.t('chart.target', {
      value: chart.percent ? words.percent(chart.target) : words.number(chart.target, 2),
    });
    const half = sheet.type.width(name, styles.axis) / 2;
    labelOnPaper(sheet, name, Math.min(Math.max(at, x + half), x + width - half), y, styles.axis, 'center');
  }
}
