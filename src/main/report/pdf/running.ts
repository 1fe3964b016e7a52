import { drawMark } from './marks.ts';
import type { Sheet } from './sheet.ts';
import { colors, styles } from './theme.ts';
import { outcomeMark, outcomeWord, sessionOutcome } from './words.ts';
import type { Words } from './words.ts';
import type { SessionView } from '../view.ts';

/**
 * Head and foot of every page, drawn when the number of pages is known. They are artifacts: a screen reader has met all
 * of it on the cover.
 */
export function drawRunningLines(sheet: Sheet, words: Words, view: SessionView): void {
  const { doc } = sheet;
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    sheet.artifact(() => {
      if (page > start) drawHead(sheet, words, view);
      drawFoot(sheet, words, view, page - start + 1, count);
    }, 'Pagination');
  }
}

function drawHead(sheet: Sheet, words: Words, view: SessionView): void {
  const top = sheet.page.top - 27;
  const outcome = sessionOutcome(view);
  const word = outcomeWord(words, outcome);
  // Session ids are long, and the one thing that must be readable on a loose page.
  sheet.put(
    sheet.type.shorten(words.t('running.session', { session: view.sessionId }), styles.running, sheet.width * 0.46),
    sheet.left,
    top,
    styles.running,
  );
  const dut = `${words.dutName(view)}${view.dutUnit.serial ? ` · ${view.dutUnit.serial}` : ''}`;
  sheet.put(
    sheet.type.shorten(dut, styles.running, sheet.width * 0.28),
    sheet.left + sheet.width * 0.64,
    top,
    styles.running,
    'center',
  );
  const style = { ...styles.running, color: outcomeMark[outcome].color };
  sheet.put(word, sheet.page.right, top, style, 'right');
  drawMark(sheet.doc, outcomeMark[outcome], sheet.page.right - sheet.type.width(word, style) - 10.5, top + 1.3, 7.5);
  sheet.rule(sheet.left, top + 13, sheet.width, colors.border, 0.5);
}

function drawFoot(sheet: Sheet, words: Words, view: SessionView, page: number, pages: number): void {
  const top = sheet.page.bottom + 14;
  sheet.rule(sheet.left, top - 5, sheet.width, colors.border, 0.5);
  const third = sheet.width / 3;
  const origin = words.t('running.origin', {
    name: view.app.name,
    version: view.app.version,
    hash: view.integrity.journalHash.slice(0, 16),
  });
  sheet.put(sheet.type.shorten(origin, styles.running, third + 30), sheet.left, top, styles.running);
  if (view.simulated) {
    const word = words.term('simulated');
    const width = sheet.type.width(word, styles.mark) + 14;
    const middle = sheet.left + sheet.width / 2 + 20;
    sheet.doc.roundedRect(middle - width / 2, top - 2, width, 13.5, 3).fill(colors.sim);
    sheet.put(word, middle, top - 0.2, { ...styles.mark, color: colors.paper }, 'center');
  }
  sheet.put(words.t('running.page', { page, pages }), sheet.page.right, top, styles.running, 'right');
}
