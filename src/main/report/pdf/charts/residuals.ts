import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import { band, horizontalGrid, limitLine, linear } from './plot.ts';
import type { Frame } from './plot.ts';

export const residualChartHeight = 118;

/** Acceptance of a single load (uncertainty, section 9.2). */
const limit = 3;

/** Residual over its standard uncertainty for each load, in the order of the readings; a load outside of +-3 is refused. */
export function residualChart(
  sheet: Sheet,
  words: Words,
  points: readonly { name: string; value: number }[],
  x: number,
  y: number,
  width: number,
): void {
  const frame: Frame = { x: x + 30, y: y + 4, width: width - 34, height: residualChartHeight - 32 };
  const reach = Math.max(limit * 1.15, ...points.map(({ value }) => Math.abs(value) * 1.1));
  const scale = linear(-reach, reach, frame.y + frame.height, frame.y);
  band(sheet, frame.x, scale(1), frame.width, scale(-1) - scale(1), colors.ok, 0.08);
  horizontalGrid(sheet, frame, scale, [-3, -2, -1, 0, 1, 2, 3], (value) => words.number(value, 0, true));
  for (const side of [limit, -limit])
    limitLine(sheet, [frame.x, scale(side)], [frame.x + frame.width, scale(side)], colors.bad);
  sheet.rule(frame.x, scale(0), frame.width, colors.borderStrong, 0.8);
  const step = frame.width / Math.max(1, points.length);
  points.forEach(({ name, value }, i) => {
    const px = frame.x + step * (i + 0.5);
    sheet.doc.circle(px, scale(value), 2.5).fill(Math.abs(value) > limit ? colors.bad : colors.data1);
    sheet.put(sheet.type.shorten(name, styles.axis, step - 3), px, frame.y + frame.height + 3, styles.axis, 'center');
  });
  sheet.put(words.t('energy.loadAxis'), frame.x + frame.width / 2, frame.y + frame.height + 14, styles.axis, 'center');
}
