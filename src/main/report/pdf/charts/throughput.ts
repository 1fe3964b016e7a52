import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import type { RunView } from '../../view.ts';
import { linear, limitLine, labelOnPaper, ticks, verticalGrid, decimalsOf } from './plot.ts';

const rowHeight = 25;

export function throughputChartHeight(run: RunView): number {
  return run.windows.length * rowHeight + 42;
}

/** One bar a window from zero, its value behind it, and the median across them. */
export function throughputChart(sheet: Sheet, words: Words, run: RunView, x: number, y: number, width: number): void {
  const nameWidth = 66;
  const valueWidth = 62;
  const frame = {
    x: x + nameWidth,
    y: y + 12,
    width: width - nameWidth - valueWidth,
    height: run.windows.length * rowHeight,
  };
  const most = Math.max(...run.windows.map((window) => window.throughputInfPerS), Number.MIN_VALUE);
  const values = ticks(0, most * 1.02, 6);
  const scale = linear(0, most * 1.02, frame.x, frame.x + frame.width);
  const decimals = decimalsOf(values);
  verticalGrid(sheet, frame, scale, values, (value) => words.number(value, decimals));
  run.windows.forEach((window, i) => {
    const top = frame.y + i * rowHeight;
    sheet.put(
      words.t('chart.window', { number: window.number }),
      x + nameWidth - 8,
      top + (rowHeight - styles.smallText.leading) / 2,
      styles.smallText,
      'right',
    );
    sheet.doc
      .rect(frame.x, top + 4, Math.max(0.5, scale(window.throughputInfPerS) - frame.x), rowHeight - 8)
      .fill(colors.data1);
    sheet.put(
      words.significant(window.throughputInfPerS, 6),
      x + width,
      top + (rowHeight - styles.number.leading) / 2,
      styles.number,
      'right',
    );
  });
  sheet.doc
    .lineWidth(0.8)
    .strokeColor(colors.borderStrong)
    .moveTo(frame.x, frame.y)
    .lineTo(frame.x, frame.y + frame.height)
    .stroke();
  const median = run.figures.medianThroughputInfPerS;
  if (median !== undefined) {
    const at = scale(median);
    limitLine(sheet, [at, frame.y - 3], [at, frame.y + frame.height], colors.text);
    labelOnPaper(sheet, words.t('chart.median'), at, y, styles.axis, 'center');
  }
  sheet.put(
    words.t('chart.throughputAxis'),
    frame.x + frame.width / 2,
    frame.y + frame.height + 14,
    styles.axis,
    'center',
  );
}
