import { drawMark } from './marks.ts';
import type { Mark } from './marks.ts';
import type { Sheet } from './sheet.ts';
import { colors, styles } from './theme.ts';
import { outcomeMark, outcomeWord, sessionOutcome } from './words.ts';
import type { Words } from './words.ts';
import type { SessionView } from '../view.ts';

/** What stands at head and foot of every page. */
export interface RunningLines {
  /** What the document is about: the one thing that must be readable on a loose page. */
  subject: string;
  detail: string;
  outcome: { word: string; mark: Mark };
  origin: string;
  simulated: boolean;
}

export function sessionLines(words: Words, view: SessionView): RunningLines {
  const outcome = sessionOutcome(view);
  return {
    subject: words.t('running.session', { session: view.sessionId }),
    detail: `${words.dutName(view)}${view.dutUnit.serial ? ` · ${view.dutUnit.serial}` : ''}`,
    outcome: { word: outcomeWord(words, outcome), mark: outcomeMark[outcome] },
    origin: words.t('running.origin', {
      name: view.app.name,
      version: view.app.version,
      hash: view.integrity.journalHash.slice(0, 16),
    }),
    simulated: view.simulated,
  };
}

/**
 * Head and foot of every page, drawn when the number of pages is known. They are artifacts: a screen reader has met all
 * of it on the cover.
 */
export function drawRunningLines(sheet: Sheet, words: Words, lines: RunningLines): void {
  const { doc } = sheet;
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    sheet.artifact(() => {
      if (page > start) drawHead(sheet, lines);
      drawFoot(sheet, words, lines, page - start + 1, count);
    }, 'Pagination');
  }
}

function drawHead(sheet: Sheet, { subject, detail, outcome }: RunningLines): void {
  const top = sheet.page.top - 27;
  sheet.put(sheet.type.shorten(subject, styles.running, sheet.width * 0.46), sheet.left, top, styles.running);
  sheet.put(
    sheet.type.shorten(detail, styles.running, sheet.width * 0.28),
    sheet.left + sheet.width * 0.64,
    top,
    styles.running,
    'center',
  );
  const style = { ...styles.running, color: outcome.mark.color };
  sheet.put(outcome.word, sheet.page.right, top, style, 'right');
  const markLeft = sheet.page.right - sheet.type.width(outcome.word, style) - 10.5;
  drawMark(sheet.doc, outcome.mark, markLeft, top + 1.3, 7.5);
  sheet.rule(sheet.left, top + 13, sheet.width, colors.border, 0.5);
}

function drawFoot(sheet: Sheet, words: Words, { origin, simulated }: RunningLines, page: number, pages: number): void {
  const top = sheet.page.bottom + 14;
  sheet.rule(sheet.left, top - 5, sheet.width, colors.border, 0.5);
  const third = sheet.width / 3;
  sheet.put(sheet.type.shorten(origin, styles.running, third + 30), sheet.left, top, styles.running);
  if (simulated) {
    const word = words.term('simulated');
    const width = sheet.type.width(word, styles.mark) + 14;
    const middle = sheet.left + sheet.width / 2 + 20;
    sheet.doc.roundedRect(middle - width / 2, top - 2, width, 13.5, 3).fill(colors.sim);
    sheet.put(word, middle, top - 0.2, { ...styles.mark, color: colors.paper }, 'center');
  }
  sheet.put(words.t('running.page', { page, pages }), sheet.page.right, top, styles.running, 'right');
}
