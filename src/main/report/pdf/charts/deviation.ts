import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import { band, decimalsOf, horizontalGrid, limitLine, linear, ticks } from './plot.ts';

export interface DeviationChart {
  /** Fractions of 1, one a window. */
  points: readonly { number: number; value: number }[];
  /** Symmetrical limits as fractions of 1, and their names. They are drawn where the scale reaches them. */
  limits: readonly { value: number; name: string; color: string }[];
  /** The scale reaches at least this far. */
  least: number;
  axis: string;
  /** Of the values beside the points. */
  decimals: number;
}

export const deviationChartHeight = 172;

/** Points above and below a zero line, in per cent. */
export function deviationChart(
  sheet: Sheet,
  words: Words,
  chart: DeviationChart,
  x: number,
  y: number,
  width: number,
): void {
  const frame = { x: x + 40, y: y + 6, width: width - 46, height: deviationChartHeight - 40 };
  const reach = Math.max(chart.least, ...chart.points.map((point) => Math.abs(point.value) * 1.25)) * 100;
  const scale = linear(-reach, reach, frame.y + frame.height, frame.y);
  const values = ticks(-reach, reach, 6);
  const decimals = decimalsOf(values);
  const innermost = chart.limits[0];
  if (innermost) {
    const half = Math.min(innermost.value * 100, reach);
    band(sheet, frame.x, scale(half), frame.width, scale(-half) - scale(half), colors.ok, 0.07);
  }
  horizontalGrid(sheet, frame, scale, values, (value) => (value === 0 ? '0' : words.number(value, decimals, true)));
  for (const limit of chart.limits) {
    const at = limit.value * 100;
    if (at > reach) continue;
    for (const side of [at, -at])
      limitLine(sheet, [frame.x, scale(side)], [frame.x + frame.width, scale(side)], limit.color);
    sheet.put(
      limit.name,
      frame.x + frame.width,
      scale(at) - styles.axis.leading - 0.5,
      { ...styles.axis, color: limit.color },
      'right',
    );
  }
  sheet.rule(frame.x, scale(0), frame.width, colors.borderStrong, 0.8);
  const column = frame.width / Math.max(1, chart.points.length);
  chart.points.forEach((point, i) => {
    const px = frame.x + column * (i + 0.5);
    const py = scale(point.value * 100);
    sheet.doc.lineWidth(1.6).strokeColor(colors.data1).moveTo(px, scale(0)).lineTo(px, py).stroke();
    sheet.doc.circle(px, py, 2.7).fill(colors.data1);
    // The value stands on the far side of the point from the zero line.
    const label = { ...styles.axis, color: colors.text, size: 6.5 };
    sheet.put(
      words.number(point.value * 100, chart.decimals, true),
      px,
      point.value * 100 < -0.5 / 10 ** chart.decimals ? py + 4 : py - 12.5,
      label,
      'center',
    );
    sheet.put(String(point.number), px, frame.y + frame.height + 4, styles.axis, 'center');
  });
  sheet.put(chart.axis, frame.x + frame.width / 2, frame.y + frame.height + 15, styles.axis, 'center');
}
