import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Style } from '../theme.ts';
import type { Words } from '../words.ts';
import type { RunView } from '../../view.ts';

/** Cells smaller than this have no room for the name of their class. */
const leastNamed = 6.5;

interface Layout {
  /** Side of one cell. */
  cell: number;
  /** Room for the names at the left and above. */
  labelRoom: number;
  headRoom: number;
}

/** Few classes do not make a giant of the matrix; many go without names. */
function layout(classes: number, width: number): Layout {
  const named = (width - 52) / Math.max(1, classes);
  if (named >= leastNamed) return { cell: Math.min(62, named), labelRoom: 52, headRoom: 44 };
  return { cell: (width - 14) / Math.max(1, classes), labelRoom: 14, headRoom: 14 };
}

export function confusionHeight(run: RunView, width: number): number {
  const { cell, headRoom } = layout(columnCount(run), width);
  return headRoom + (run.figures.confusion?.length ?? 0) * cell + 6;
}

/** A DUT may print more values than there are classes: such columns are shown too. */
function columnCount(run: RunView): number {
  return Math.max(0, ...(run.figures.confusion ?? []).map((row) => row.length));
}

/** Rows are true classes, columns predictions; the tint of a cell is its share of the row. Right ones blue, wrong ones orange. */
export function confusionChart(sheet: Sheet, words: Words, run: RunView, x: number, y: number, width: number): void {
  const confusion = run.figures.confusion ?? [];
  const columns = columnCount(run);
  const { cell, labelRoom, headRoom } = layout(columns, width);
  const left = x + labelRoom;
  const top = y + headRoom;
  const label = { ...styles.axis, color: colors.text, size: Math.min(7, cell * 0.8) };
  const figure = { ...styles.number, size: Math.min(8, cell * 0.42), leading: Math.min(10, cell * 0.5) };
  confusion.forEach((row, truth) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    row.forEach((value, predicted) => {
      const share = total > 0 ? value / total : 0;
      const color = truth === predicted ? colors.data1 : colors.data2;
      const cx = left + predicted * cell;
      const cy = top + truth * cell;
      sheet.doc.rect(cx, cy, cell, cell).fill(colors.paper);
      // Wrong ones are rare: a square root makes them visible without shouting.
      if (value > 0)
        sheet.doc
          .save()
          .fillOpacity(0.08 + 0.92 * (truth === predicted ? share : Math.sqrt(share)))
          .rect(cx, cy, cell, cell)
          .fill(color)
          .restore();
      if (cell >= 12 && value > 0) {
        const dark = truth === predicted ? share > 0.45 : share > 0.2;
        sheet.put(
          words.count(value),
          cx + cell / 2,
          cy + (cell - figure.leading) / 2,
          { ...figure, color: dark ? colors.paper : colors.text },
          'center',
        );
      }
    });
    if (labelRoom > 14) {
      const name = sheet.type.shorten(words.className(run, truth), label, labelRoom - 16);
      sheet.put(name, left - 4, top + truth * cell + (cell - label.leading) / 2, label, 'right');
    }
  });
  grid(sheet, left, top, cell, columns, confusion.length);
  if (labelRoom > 14) {
    const names = Array.from({ length: columns }, (_, i) => words.className(run, i));
    // On end where any of them would touch its neighbour lying down.
    const upright = names.some((name) => sheet.type.width(name, label) > cell - 4);
    names.forEach((name, i) =>
      columnName(sheet, name, left + (i + 0.5) * cell, top - 4, label, upright, headRoom - 14),
    );
  }
  axisNames(sheet, words, x, y, left, top, cell, columns, confusion.length);
}

function grid(sheet: Sheet, left: number, top: number, cell: number, columns: number, rows: number): void {
  const { doc } = sheet;
  if (cell < 5) {
    // Lines would hide the cells between them.
    doc
      .lineWidth(0.4)
      .strokeColor(colors.borderStrong)
      .rect(left, top, columns * cell, rows * cell)
      .stroke();
    return;
  }
  doc.lineWidth(0.4).strokeColor(colors.border);
  for (let i = 0; i <= columns; i += 1)
    doc
      .moveTo(left + i * cell, top)
      .lineTo(left + i * cell, top + rows * cell)
      .stroke();
  for (let i = 0; i <= rows; i += 1)
    doc
      .moveTo(left, top + i * cell)
      .lineTo(left + columns * cell, top + i * cell)
      .stroke();
}

function columnName(
  sheet: Sheet,
  name: string,
  x: number,
  bottom: number,
  style: Style,
  upright: boolean,
  room: number,
): void {
  if (!upright) {
    sheet.put(name, x, bottom - style.leading, style, 'center');
    return;
  }
  sheet.doc.save().rotate(-90, { origin: [x, bottom] });
  sheet.put(sheet.type.shorten(name, style, room), x, bottom - style.leading / 2, style);
  sheet.doc.restore();
}

function axisNames(
  sheet: Sheet,
  words: Words,
  x: number,
  y: number,
  left: number,
  top: number,
  cell: number,
  columns: number,
  rows: number,
): void {
  sheet.put(words.t('chart.predicted'), left + (columns * cell) / 2, y, styles.axis, 'center');
  const middle = top + (rows * cell) / 2;
  sheet.doc.save().rotate(-90, { origin: [x, middle] });
  sheet.put(words.t('chart.trueClass'), x, middle + 1.5, styles.axis, 'center');
  sheet.doc.restore();
}
