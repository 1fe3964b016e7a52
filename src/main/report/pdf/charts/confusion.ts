import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Words } from '../words.ts';
import type { RunView } from '../../view.ts';

const labelRoom = 52;
const headRoom = 44;

/** Side of one cell, so that few classes do not make a giant of the matrix. */
function cellSize(classes: number, room: number): number {
  return Math.min(46, (room - labelRoom) / Math.max(1, classes));
}

export function confusionHeight(run: RunView, width: number): number {
  const classes = run.figures.confusion?.length ?? 0;
  return headRoom + classes * cellSize(columnCount(run), width) + 16;
}

/** A DUT may print more values than there are classes: such columns are shown too. */
function columnCount(run: RunView): number {
  return Math.max(0, ...(run.figures.confusion ?? []).map((row) => row.length));
}

/** Rows are true classes, columns predictions; the tint of a cell is its share of the row. Right ones blue, wrong ones orange. */
export function confusionChart(sheet: Sheet, words: Words, run: RunView, x: number, y: number, width: number): void {
  const confusion = run.figures.confusion ?? [];
  const columns = columnCount(run);
  const cell = cellSize(columns, width);
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
      if (value > 0) sheet.doc.save().fillOpacity(0.08 + 0.92 * (truth === predicted ? share : Math.sqrt(share))).rect(cx, cy, cell, cell).fill(color).restore();
      if (cell >= 12 && value > 0) {
        const dark = truth === predicted ? share > 0.45 : share > 0.2;
        sheet.put(words.count(value), cx + cell / 2, cy + (cell - figure.leading) / 2, { ...figure, color: dark ? colors.paper : colors.text }, 'center');
      }
    });
    if (cell >= 6.5) {
      const name = sheet.type.shorten(words.className(run, truth), label, labelRoom - 10);
      sheet.put(name, left - 4, top + truth * cell + (cell - label.leading) / 2, label, 'right');
    }
  });
  grid(sheet, left, top, cell, columns, confusion.length);
  if (cell >= 6.5) {
    for (let i = 0; i < columns; i += 1) columnName(sheet, words.className(run, i), left + (i + 0.5) * cell, top - 4, label, cell);
  }
  axisNames(sheet, words, x, y, left, top, cell, columns, confusion.length);
}

function grid(sheet: Sheet, left: number, top: number, cell: number, columns: number, rows: number): void {
  const { doc } = sheet;
  doc.lineWidth(cell < 5 ? 0.1 : 0.4).strokeColor(colors.border);
  for (let i = 0; i <= columns; i += 1) doc.moveTo(left + i * cell, top).lineTo(left + i * cell, top + rows * cell).stroke();
  for (let i = 0; i <= rows; i += 1) doc.moveTo(left, top + i * cell).lineTo(left + columns * cell, top + i * cell).stroke();
}

/** Names of columns stand on end where they would touch each other lying down. */
function columnName(sheet: Sheet, name: string, x: number, bottom: number, style: typeof styles.axis | (Omit<typeof styles.axis, 'size' | 'color'> & { size: number; color: string }), cell: number): void {
  if (sheet.type.width(name, style) < cell - 4) {
    sheet.put(name, x, bottom - style.leading, style, 'center');
    return;
  }
  sheet.doc.save().rotate(-90, { origin: [x, bottom] });
  sheet.put(sheet.type.shorten(name, style, headRoom - 14), x, bottom - style.leading / 2, style);
  sheet.doc.restore();
}

function axisNames(sheet: Sheet, words: Words, x: number, y: number, left: number, top: number, cell: number, columns: number, rows: number): void {
  sheet.put(words.t('chart.predicted'), left + (columns * cell) / 2, y, styles.axis, 'center');
  const middle = top + (rows * cell) / 2;
  sheet.doc.save().rotate(-90, { origin: [x, middle] });
  sheet.put(words.t('chart.trueClass'), x, middle, styles.axis, 'center');
  sheet.doc.restore();
}
