import type { AuditWindow } from '../../../../shared/domain/audit.ts';
import { leastWindowS } from '../../../../shared/domain/audit-windows.ts';
import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import { decimalsOf, labelOnPaper, limitLine, linear, ticks, verticalGrid } from './plot.ts';

const rowHeight = 20;

export function windowLengthsHeight(windows: readonly AuditWindow[]): number {
  return windows.length * rowHeight + 46;
}

/** One bar a window from zero, the host's time as a tick on it, and the least length across them. */
export function windowLengthsChart(
  sheet: Sheet,
  words: Words,
  windows: readonly AuditWindow[],
  x: number,
  y: number,
  width: number,
): void {
  const nameWidth = 66;
  const valueWidth = 110;
  const frame = {
    x: x + nameWidth,
    y: y + 14,
    width: width - nameWidth - valueWidth,
    height: windows.length * rowHeight,
  };
  const most =
    Math.max(leastWindowS, ...windows.flatMap(({ seconds = 0, hostSeconds = 0 }) => [seconds, hostSeconds])) * 1.03;
  const scale = linear(0, most, frame.x, frame.x + frame.width);
  const values = ticks(0, most, 6);
  verticalGrid(sheet, frame, scale, values, (value) => words.number(value, decimalsOf(values)));
  windows.forEach(({ number, seconds = 0, hostSeconds }, i) => {
    const top = frame.y + i * rowHeight;
    const text = top + (rowHeight - styles.smallText.leading) / 2;
    sheet.put(words.t('chart.window', { number }), x + nameWidth - 8, text, styles.smallText, 'right');
    sheet.doc
      .rect(frame.x, top + 4, Math.max(0.5, scale(seconds) - frame.x), rowHeight - 8)
      .fill(seconds < leastWindowS ? colors.bad : colors.data1);
    if (hostSeconds !== undefined) {
      const at = scale(hostSeconds);
      sheet.doc
        .lineWidth(1.6)
        .strokeColor(colors.text)
        .moveTo(at, top + 2)
        .lineTo(at, top + rowHeight - 2)
        .stroke();
    }
    const host = hostSeconds === undefined ? '' : ` (${words.number(hostSeconds, 3)})`;
    sheet.put(`${words.number(seconds, 3)}${host}`, x + width, text, styles.number, 'right');
  });
  const limit = scale(leastWindowS);
  limitLine(sheet, [limit, frame.y - 3], [limit, frame.y + frame.height], colors.text);
  labelOnPaper(sheet, words.t('audit.limit', { seconds: leastWindowS }), limit, y, styles.axis, 'center');
  const axis = windows.some(({ hostSeconds }) => hostSeconds !== undefined)
    ? words.t('audit.lengthAxisBoth')
    : words.t('audit.lengthAxis');
  sheet.put(axis, frame.x + frame.width / 2, frame.y + frame.height + 16, styles.axis, 'center');
}
