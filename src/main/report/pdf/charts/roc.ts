import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import type { RocView, RunView } from '../../view.ts';
import { horizontalGrid, labelOnPaper, limitLine, linear, verticalGrid } from './plot.ts';
import type { Frame, Scale } from './plot.ts';

const highlighted = [
  { color: colors.data2, dash: null },
  { color: colors.data1, dash: [5, 2] },
] as const;

/** Curves of all classes in grey; the two that lie lowest in colour, with their names. A single curve is named alone. */
export function rocChart(sheet: Sheet, words: Words, run: RunView, x: number, y: number, side: number): void {
  const frame: Frame = { x: x + 28, y: y + 2, width: side - 34, height: side - 34 };
  const horizontal = linear(0, 1, frame.x, frame.x + frame.width);
  const vertical = linear(0, 1, frame.y + frame.height, frame.y);
  const marks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  horizontalGrid(sheet, frame, vertical, marks, (value) => words.number(value, 1));
  verticalGrid(sheet, frame, horizontal, marks, (value) => words.number(value, 1));
  limitLine(sheet, [frame.x, frame.y + frame.height], [frame.x + frame.width, frame.y], colors.borderStrong);
  const curves = (run.figures.roc ?? []).filter((curve) => curve.points.length > 1);
  const lowest = curves.toSorted((a, b) => (a.area ?? 1) - (b.area ?? 1)).slice(0, curves.length > 2 ? 2 : 1);
  for (const curve of curves)
    if (!lowest.includes(curve)) draw(sheet, curve, horizontal, vertical, colors.grey, 0.7, null, 0.55);
  lowest.forEach((curve, i) => {
    const look = highlighted[i] ?? highlighted[0];
    draw(sheet, curve, horizontal, vertical, look.color, 1.4, look.dash, 1);
  });
  legend(sheet, words, run, lowest, frame, curves.length - lowest.length);
  sheet.put(
    words.t('chart.falsePositives'),
    frame.x + frame.width / 2,
    frame.y + frame.height + 13,
    styles.axis,
    'center',
  );
  const middle = frame.y + frame.height / 2;
  sheet.doc.save().rotate(-90, { origin: [x, middle] });
  sheet.put(words.t('chart.truePositives'), x, middle + 1.5, styles.axis, 'center');
  sheet.doc.restore();
}

function draw(
  sheet: Sheet,
  curve: RocView,
  horizontal: Scale,
  vertical: Scale,
  color: string,
  width: number,
  dash: readonly [number, number] | null,
  opacity: number,
): void {
  const { doc } = sheet;
  doc.save().lineWidth(width).lineJoin('round').strokeColor(color).strokeOpacity(opacity);
  if (dash) doc.dash(dash[0], { space: dash[1] });
  curve.points.forEach((point, i) => {
    const px = horizontal(point.falsePositiveRate);
    const py = vertical(point.truePositiveRate);
    if (i === 0) doc.moveTo(px, py);
    else doc.lineTo(px, py);
  });
  doc.stroke().undash().restore();
}

function legend(
  sheet: Sheet,
  words: Words,
  run: RunView,
  lowest: readonly RocView[],
  frame: Frame,
  others: number,
): void {
  const rows = lowest.map((curve) =>
    words.t('chart.rocClass', { name: words.className(run, curve.classIndex), area: words.number(curve.area, 4) }),
  );
  if (others > 0) rows.push(words.t('chart.rocOthers', { count: others }));
  const right = frame.x + frame.width - 6;
  rows.forEach((row, i) => {
    const top = frame.y + frame.height - 8 - (rows.length - i) * 11;
    const style = { ...styles.axis, color: colors.text };
    const name = sheet.type.shorten(row, style, frame.width - 40);
    labelOnPaper(sheet, name, right, top, style, 'right');
    const look = highlighted[i];
    const isOther = i >= lowest.length;
    const end = right - sheet.type.width(name, style) - 5;
    sheet.doc
      .save()
      .lineWidth(isOther ? 0.8 : 1.4)
      .strokeColor(isOther || !look ? colors.grey : look.color);
    if (!isOther && look?.dash) sheet.doc.dash(look.dash[0], { space: look.dash[1] });
    sheet.doc
      .moveTo(end - 14, top + 4.5)
      .lineTo(end, top + 4.5)
      .stroke()
      .undash()
      .restore();
  });
}
