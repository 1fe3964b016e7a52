import { expect } from 'vitest';
import { renderReport } from '../../../src/main/report/pdf/index.ts';
import type { ReportFonts } from '../../../src/main/report/pdf/index.ts';
import type { SessionView } from '../../../src/main/report/view.ts';
import { createText } from '../../../src/shared/text/index.ts';
import type { Text } from '../../../src/shared/text/index.ts';
import { readPdf } from './pdf-reader.ts';
import type { PdfRead } from './pdf-reader.ts';

/** All text of a report, with ordinary blanks. */
export function flatText(pdf: PdfRead): string {
  return pdf.pages
    .map((page) => page.text)
    .join('\n')
    .replaceAll('\u00a0', ' ');
}

/** A report on Letter: tagged, its fonts embedded, with a word and a glyph for everything. */
export async function expectSoundReport(view: SessionView, fonts: ReportFonts): Promise<void> {
  const missing = new Set<string>();
  const text = createText();
  const spy: Text = {
    ...text,
    t(key, values) {
      const words = text.t(key, values);
      if (words === key || words === '' || /\{\w+\}|undefined|NaN/.test(words)) missing.add(`${key}: ${words}`);
      return words;
    },
  };
  const pdf = readPdf(await renderReport(view, { text: spy, paper: 'Letter', fonts }));
  // A rule has words of its own for a message, or shares those of `rule.common`.
  expect([...missing].filter((key) => !/^rule\.[A-Z]+-\d+\.\w+: rule\./.test(key))).toEqual([]);
  expect(flatText(pdf)).not.toMatch(/\ufffd|undefined|NaN|\[object/);
  expect(pdf.tagged).toBe(true);
  expect(pdf.lang).toBe('en');
  expect(pdf.fonts.length).toBeGreaterThan(1);
  expect(pdf.fonts.every((font) => font.embedded && /^[A-Z]{6}\+IBMPlex/.test(font.name))).toBe(true);
  for (const page of pdf.pages) expect(page.unmarked).toEqual([]);
  const count = (type: string): number => pdf.elements.filter((element) => element.type === type).length;
  expect(count('H1')).toBeGreaterThanOrEqual(2);
  expect(count('TD')).toBeGreaterThan(count('TR') / 2);
  expect(count('Document')).toBe(1);
  expect(
    pdf.elements.filter((element) => element.type === 'Figure').every((element) => (element.alt ?? '').length > 20),
  ).toBe(true);
}
