import { colors } from './theme.ts';
import type { Pdf } from './typesetter.ts';

/** A sign before a word; always together with the word, never colour alone. */
export interface Mark {
  shape: 'check' | 'warning' | 'cross' | 'dash';
  color: string;
}

/** Room for a sign and the space behind it in a line of text. */
export const markWidth = 12;

export const marks = {
  ok: { shape: 'check', color: colors.ok },
  warn: { shape: 'warning', color: colors.warn },
  bad: { shape: 'cross', color: colors.bad },
  none: { shape: 'dash', color: colors.muted },
} as const satisfies Record<string, Mark>;

/** Draws a sign into a square of `size` points. */
export function drawMark(doc: Pdf, mark: Mark, x: number, y: number, size: number): void {
  const u = size / 16;
  const at = (px: number, py: number): [number, number] => [x + px * u, y + py * u];
  doc
    .save()
    .lineCap('round')
    .lineJoin('round')
    .fillColor(mark.color)
    .strokeColor(colors.paper)
    .lineWidth(1.9 * u);
  if (mark.shape === 'warning') {
    doc
      .moveTo(...at(8, 1.6))
      .lineTo(...at(15, 14.2))
      .lineTo(...at(1, 14.2))
      .closePath();
    doc
      .strokeColor(mark.color)
      .lineWidth(1.6 * u)
      .fillAndStroke(mark.color, mark.color);
    doc.strokeColor(colors.paper).lineWidth(1.7 * u);
    doc
      .moveTo(...at(8, 6))
      .lineTo(...at(8, 9.6))
      .stroke();
    doc.circle(...at(8, 12.1), 1.05 * u).fill(colors.paper);
  } else {
    doc.circle(...at(8, 8), 7.6 * u).fill(mark.color);
    if (mark.shape === 'check')
      doc
        .moveTo(...at(4.4, 8.4))
        .lineTo(...at(7, 11))
        .lineTo(...at(11.7, 5.4))
        .stroke();
    if (mark.shape === 'cross') {
      doc
        .moveTo(...at(5.2, 5.2))
        .lineTo(...at(10.8, 10.8))
        .stroke();
      doc
        .moveTo(...at(10.8, 5.2))
        .lineTo(...at(5.2, 10.8))
        .stroke();
    }
    if (mark.shape === 'dash')
      doc
        .moveTo(...at(4.8, 8))
        .lineTo(...at(11.2, 8))
        .stroke();
  }
  doc.restore();
}
