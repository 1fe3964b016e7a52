import type { Sheet } from '../sheet.ts';
import { colors, styles } from '../theme.ts';
import type { Style } from '../theme.ts';
import type { Words } from '../words.ts';

/** Product and kind of document, above everything else. */
export function drawLetterhead(sheet: Sheet, words: Words, kind: string): void {
  const top = sheet.page.top - 14;
  sheet.leaf('P', () => {
    sheet.put(words.t('product'), sheet.left, top, { ...styles.section, size: 13, leading: 16 });
    sheet.put(kind, sheet.page.right, top + 2, styles.muted, 'right');
  });
  sheet.y = top + 21;
  sheet.artifact(() => sheet.rule(sheet.left, sheet.y, sheet.width, colors.text, 1));
  sheet.gap(16);
}

/** The band that says SIMULATED, and what that means here. */
export function drawSimulatedBand(sheet: Sheet, words: Words, text: string): void {
  const top = sheet.y;
  const style: Style = { font: 'sansBold', size: 15, leading: 19, color: colors.paper, tracking: 1.6 };
  const body = { ...styles.body, color: colors.paper };
  const word = words.term('simulated');
  const left = sheet.left + 14 + sheet.type.width(word, style) + 16;
  const lines = sheet.type.break(text, body, sheet.page.right - left - 12);
  const height = Math.max(34, lines.length * body.leading + 14);
  sheet.artifact(() => sheet.doc.roundedRect(sheet.left, top, sheet.width, height, 4).fill(colors.sim), 'Background');
  sheet.leaf('P', () => {
    sheet.put(word, sheet.left + 14, top + (height - style.leading) / 2, style);
    sheet.type.lines(lines, left, top + (height - lines.length * body.leading) / 2, body);
  });
  sheet.y = top + height + 16;
}
