import type { Sheet } from './sheet.ts';
import { baselineOf } from './typesetter.ts';
import { colors, styles } from './theme.ts';
import type { Style } from './theme.ts';
import { drawMark, markWidth } from './marks.ts';
import type { Mark } from './marks.ts';

export interface Column {
  title: string;
  /** Share of what fixed columns leave, or a fixed width in points. */
  width: { share: number } | { points: number };
  align?: 'left' | 'right' | 'center';
  style?: Style;
  /** Longer text loses its middle; 3 unless told otherwise. */
  mostLines?: number;
}

export interface Cell {
  text: string;
  /** A second, smaller line: what the value is, or why there is none. */
  sub?: string;
  mark?: Mark;
  style?: Style;
}

export interface TableOptions {
  columns: readonly Column[];
  rows: readonly (readonly (Cell | string)[])[];
  left?: number;
  width?: number;
  /** Space above and below the text of a row. */
  padding?: number;
}

const gutter = 8;

interface Placed {
  column: Column;
  x: number;
  width: number;
}

interface Laid {
  cell: Cell;
  lines: string[];
  subLines: string[];
  style: Style;
}

/** A table with a head that is repeated on each page it reaches; rows are never torn. */
export function drawTable(sheet: Sheet, options: TableOptions): void {
  const padding = options.padding ?? 3;
  const placed = place(options.columns, options.left ?? sheet.left, options.width ?? sheet.width);
  const rows = options.rows.map((row) =>
    placed.map(({ column, width }, i) => layCell(sheet, row[i] ?? '', column, width)),
  );
  const headHeight =
    Math.max(...placed.map(({ column, width }) => sheet.type.break(column.title, styles.head, width).length)) *
      styles.head.leading +
    5;
  const firstRow = rows[0] ? heightOf(rows[0]) + 2 * padding : 0;
  sheet.ensure(headHeight + firstRow);
  sheet.within('Table', {}, () => {
    sheet.within('TR', {}, () => {
      for (const slot of placed) sheet.leaf('TH', () => drawHead(sheet, slot, headHeight), { scope: 'Column' });
    });
    endHead(sheet, placed, headHeight);
    for (const row of rows) {
      const height = heightOf(row) + 2 * padding;
      if (sheet.ensure(height)) {
        sheet.artifact(() => placed.forEach((slot) => drawHead(sheet, slot, headHeight)), 'Pagination');
        endHead(sheet, placed, headHeight);
      }
      sheet.within('TR', {}, () => {
        placed.forEach((slot, i) => {
          const laid = row[i];
          if (laid) sheet.leaf('TD', () => drawCell(sheet, slot, laid, sheet.y + padding + dropOf(row, laid)));
        });
      });
      sheet.y += height;
      ruleBelow(sheet, placed, colors.border, 0.4);
    }
  });
}

export type Fact = readonly [name: string, value: string, style?: Style];

export interface FactsOptions {
  /** A heading that stays with the facts. */
  heading?: string;
  left?: number;
  width?: number;
  nameWidth?: number;
  /** Longer values lose their middle. */
  mostLines?: number;
}

/** Names and values below each other, the names in a column of their own; on one page where one page holds them. */
export function drawFacts(sheet: Sheet, facts: readonly Fact[], options: FactsOptions = {}): void {
  const left = options.left ?? sheet.left;
  const width = options.width ?? sheet.width;
  const nameWidth = options.nameWidth ?? 92;
  const rows = facts.map(([name, value, style = styles.cell]) => {
    const names = sheet.type.break(name, styles.small, nameWidth - gutter);
    const values = sheet.type.breakTo(value, style, width - nameWidth, options.mostLines ?? 4);
    // Names are smaller than values: both stand on one baseline.
    const [nameBase, valueBase] = [baselineOf(0, styles.small), baselineOf(0, style)];
    const nameDrop = Math.max(0, valueBase - nameBase);
    const valueDrop = Math.max(0, nameBase - valueBase);
    return {
      names,
      values,
      style,
      nameDrop,
      valueDrop,
      height: Math.max(nameDrop + names.length * styles.small.leading, valueDrop + values.length * style.leading) + 2.5,
    };
  });
  const total = rows.reduce((sum, row) => sum + row.height, 0);
  const whole = total < (sheet.page.bottom - sheet.page.top) / 2 ? total : (rows[0]?.height ?? 0);
  if (options.heading === undefined) sheet.ensure(whole);
  else sheet.sectionHeading(options.heading, whole);
  sheet.within('Table', {}, () => {
    for (const row of rows) {
      sheet.ensure(row.height);
      sheet.within('TR', {}, () => {
        sheet.leaf('TH', () => sheet.type.lines(row.names, left, sheet.y + row.nameDrop, styles.small), {
          scope: 'Row',
        });
        sheet.leaf('TD', () => sheet.type.lines(row.values, left + nameWidth, sheet.y + row.valueDrop, row.style));
      });
      sheet.y += row.height;
    }
  });
}

function place(columns: readonly Column[], left: number, width: number): Placed[] {
  const fixed = columns.reduce((sum, column) => sum + ('points' in column.width ? column.width.points : 0), 0);
  const shares = columns.reduce((sum, column) => sum + ('share' in column.width ? column.width.share : 0), 0);
  const free = width - fixed - gutter * (columns.length - 1);
  let x = left;
  return columns.map((column) => {
    const own = 'points' in column.width ? column.width.points : (free * column.width.share) / shares;
    const slot = { column, x, width: own };
    x += own + gutter;
    return slot;
  });
}

function layCell(sheet: Sheet, raw: Cell | string, column: Column, width: number): Laid {
  const cell = typeof raw === 'string' ? { text: raw } : raw;
  const style = cell.style ?? column.style ?? styles.cell;
  const room = width - (cell.mark ? markWidth : 0);
  return {
    cell,
    style,
    lines: sheet.type.breakTo(cell.text, style, room, column.mostLines ?? 3),
    subLines: cell.sub === undefined ? [] : sheet.type.breakTo(cell.sub, styles.small, width, column.mostLines ?? 3),
  };
}

function heightOf(row: readonly Laid[]): number {
  return Math.max(
    ...row.map(
      (laid) =>
        dropOf(row, laid) + laid.lines.length * laid.style.leading + laid.subLines.length * styles.small.leading,
    ),
  );
}

/** How far a cell begins below its row, so that the first lines of all cells stand on one baseline. */
function dropOf(row: readonly Laid[], laid: Laid): number {
  return Math.max(...row.map((other) => baselineOf(0, other.style))) - baselineOf(0, laid.style);
}

function drawHead(sheet: Sheet, { column, x, width }: Placed, height: number): void {
  const lines = sheet.type.break(column.title, styles.head, width);
  const top = sheet.y + height - 4 - lines.length * styles.head.leading;
  sheet.type.lines(lines, anchor(column, x, width), top, styles.head, column.align ?? 'left');
}

function endHead(sheet: Sheet, placed: readonly Placed[], height: number): void {
  sheet.y += height;
  ruleBelow(sheet, placed, colors.borderStrong, 0.75);
}

function drawCell(sheet: Sheet, { column, x, width }: Placed, laid: Laid, top: number): void {
  const align = column.align ?? 'left';
  const { mark } = laid.cell;
  const style = mark ? { ...laid.style, color: mark.color } : laid.style;
  let textX = anchor(column, x, width);
  if (mark) {
    // In a column of numbers the sign stands before them, so that they keep their common end.
    const [first = ''] = laid.lines;
    const markX = align === 'right' ? textX - sheet.type.width(first, style) - markWidth : x;
    drawMark(sheet.doc, mark, markX, top + laid.style.leading / 2 - 4.2, 8.4);
    if (align !== 'right') textX = x + markWidth;
  }
  const below = sheet.type.lines(laid.lines, textX, top, style, mark && align !== 'right' ? 'left' : align);
  sheet.type.lines(laid.subLines, anchor(column, x, width), below, styles.small, align);
}

function anchor(column: Column, x: number, width: number): number {
  return column.align === 'right' ? x + width : column.align === 'center' ? x + width / 2 : x;
}

function ruleBelow(sheet: Sheet, placed: readonly Placed[], color: string, thickness: number): void {
  const first = placed[0];
  const last = placed.at(-1);
  if (!first || !last) return;
  sheet.artifact(() => sheet.rule(first.x, sheet.y, last.x + last.width - first.x, color, thickness));
}
