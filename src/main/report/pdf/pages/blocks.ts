import { narrowSpace } from '../../../../shared/units/index.ts';
import { drawMark } from '../marks.ts';
import type { Mark } from '../marks.ts';
import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Style } from '../theme.ts';
import { outcomeMark, outcomeOf, outcomeWord } from '../words.ts';
import type { Words } from '../words.ts';
import { measuredCount } from '../../view.ts';
import type { RunView, SessionView } from '../../view.ts';

/** One big figure with its name above and what it rests on below. */
export interface Tile {
  name: string;
  value: string;
  unit?: string;
  note: string;
}

/** A written figure in the two parts of a tile. */
export function parts(figure: string): { value: string; unit?: string } {
  const [value = '', unit] = figure.split(narrowSpace);
  return unit === undefined ? { value } : { value, unit };
}

/** Figures side by side, all of one height. */
export function drawTiles(sheet: Sheet, tiles: readonly Tile[]): void {
  const gap = 10;
  const width = (sheet.width - gap * (tiles.length - 1)) / tiles.length;
  const inner = width - 16;
  const notes = tiles.map((tile) => sheet.type.break(tile.note, styles.small, inner));
  const height =
    8 +
    styles.small.leading +
    styles.figure.leading +
    Math.max(...notes.map((lines) => lines.length)) * styles.small.leading +
    9;
  sheet.ensure(height);
  const top = sheet.y;
  sheet.within('Div', {}, () => {
    tiles.forEach((tile, i) => {
      const x = sheet.left + i * (width + gap);
      sheet.artifact(() => {
        sheet.doc.roundedRect(x, top, width, height, 4).fillAndStroke(colors.ground, colors.border);
      }, 'Background');
      sheet.leaf('P', () => {
        sheet.put(sheet.type.shorten(tile.name, styles.small, inner), x + 8, top + 7, styles.small);
        const style = fitting(sheet, tile, inner);
        const valueTop = top + 8 + styles.small.leading;
        sheet.put(tile.value, x + 8, valueTop, style);
        if (tile.unit)
          sheet.put(tile.unit, x + 8 + sheet.type.width(tile.value, style) + 5, valueTop + 2.5, styles.muted);
        sheet.type.lines(notes[i] ?? [], x + 8, valueTop + styles.figure.leading + 1, styles.small);
      });
    });
  });
  sheet.y = top + height;
}

/** The largest size at which value and unit stand in one line. */
function fitting(sheet: Sheet, tile: Tile, width: number): Style {
  const unit = tile.unit ? sheet.type.width(tile.unit, styles.muted) + 5 : 0;
  let style: Style = styles.figure;
  while (style.size > 9 && sheet.type.width(tile.value, style) + unit > width)
    style = { ...style, size: style.size - 1 };
  return style;
}

/** The lines of a framed statement, and how high it is. */
export function layNotice(
  sheet: Sheet,
  title: string,
  lines: readonly string[],
): { titles: string[]; bodies: string[][]; height: number } {
  const width = sheet.width - 42;
  const titles = sheet.type.break(title, styles.bold, width);
  const bodies = lines.map((line) => sheet.type.break(line, styles.body, width));
  const height = 16 + titles.length * styles.bold.leading + bodies.flat().length * styles.body.leading;
  return { titles, bodies, height };
}

/** A framed statement with a sign: why figures are missing, or what they must not be taken for. */
export function drawNotice(sheet: Sheet, mark: Mark, title: string, lines: readonly string[]): void {
  const left = sheet.left + 30;
  const { titles, bodies, height } = layNotice(sheet, title, lines);
  sheet.ensure(height);
  const top = sheet.y;
  sheet.artifact(() => {
    sheet.doc.roundedRect(sheet.left, top, sheet.width, height, 4).fillAndStroke(colors.ground, colors.border);
    sheet.doc.rect(sheet.left, top + 3, 2.5, height - 6).fill(mark.color);
    drawMark(sheet.doc, mark, sheet.left + 12, top + 9, 11);
  }, 'Background');
  sheet.y = top + 8;
  sheet.leaf('P', () => {
    sheet.y = sheet.type.lines(titles, left, sheet.y, styles.bold);
  });
  for (const body of bodies) {
    sheet.leaf('P', () => {
      sheet.y = sheet.type.lines(body, left, sheet.y, styles.body);
    });
  }
  sheet.y = top + height;
}

/** Head of a page about one run: mode and workload at the left, its verdict at the right. */
export function drawRunTitle(sheet: Sheet, words: Words, view: SessionView, run: RunView, title: string): void {
  const outcome = outcomeOf(run);
  const word = outcomeWord(words, outcome);
  const mark = outcomeMark[outcome];
  const style = { ...styles.bold, color: mark.color };
  const top = sheet.y;
  const wordWidth = sheet.type.width(word, style) + 14;
  const room = sheet.width - wordWidth - 16;
  const balanced = sheet.type.balance(title, styles.page, room);
  const lines = balanced.length > 2 ? sheet.type.breakTo(title, styles.page, room, 2) : balanced;
  sheet.leaf('H1', () => {
    sheet.y = sheet.type.lines(lines, sheet.left, top, styles.page);
  });
  sheet.leaf('P', () => {
    drawMark(sheet.doc, mark, sheet.page.right - wordWidth, top + 5.5, 9.5);
    sheet.put(word, sheet.page.right, top + 4, style, 'right');
  });
  sheet.paragraph(run.workload.task, styles.muted);
  const set = words.term(`inputSet.${run.inputSet.kind}`);
  sheet.paragraph(
    words.t('run.line', { workload: run.workload.id, run: run.runId, date: words.date(run.startedAt), set }),
    styles.muted,
  );
  if (view.simulated) sheet.paragraph(words.t('simulated.run'), { ...styles.body, color: colors.sim });
  sheet.gap(3);
  sheet.artifact(() => sheet.rule(sheet.left, sheet.y, sheet.width, colors.borderStrong, 0.75));
  sheet.gap(9);
}

/** Says why a run has no end, and what to do. */
export function drawUnfinished(sheet: Sheet, words: Words, run: RunView): void {
  if (run.status === 'completed' && run.judgement) return;
  const done = measuredCount(run);
  const fault = words.fault(run);
  const title =
    run.status === 'completed'
      ? words.t('unfinished.notJudged')
      : words.t(`unfinished.${run.status}`, { done: words.count(done), total: words.count(run.inputsTotal) });
  drawNotice(sheet, outcomeMark.unfinished, title, [
    words.t('unfinished.partial'),
    ...(fault ? [fault.what, ...fault.remedies.slice(0, 1)] : []),
  ]);
  sheet.gap(10);
}

/** Title of a chart with the mark of simulated figures, as every chart carries it. */
export function drawChartTitle(
  sheet: Sheet,
  words: Words,
  view: SessionView,
  title: string,
  x: number,
  width: number,
): void {
  const top = sheet.y;
  sheet.leaf('H3', () => {
    sheet.put(sheet.type.shorten(title, styles.section, width - (view.simulated ? 62 : 0)), x, top, styles.section);
  });
  if (view.simulated) {
    const mark = words.term('simulated');
    sheet.artifact(() => sheet.put(mark, x + width, top + 2.5, { ...styles.mark, size: 6.5 }, 'right'));
  }
}
