import PDFDocument from 'pdfkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticks, decimalsOf } from '../../../src/main/report/pdf/charts/plot.ts';
import { loadReportFonts } from '../../../src/main/report/pdf/fonts.ts';
import { styles } from '../../../src/main/report/pdf/theme.ts';
import { Typesetter } from '../../../src/main/report/pdf/typesetter.ts';

const doc = new PDFDocument({ autoFirstPage: false, font: '' });
for (const [name, bytes] of Object.entries(loadReportFonts()))
  doc.registerFont(name, Buffer.concat([bytes, Buffer.alloc(32)]));
const type = new Typesetter(doc);

const word = fc.string({ unit: fc.constantFrom(...'abcdefgh_-./0123456789'), minLength: 1, maxLength: 40 });
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '));

describe('breaking lines', () => {
  it('never gives a line that is too wide, and loses nothing', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 20, max: 200 }), (sentence, width) => {
        const lines = type.break(sentence, styles.body, width);
        for (const line of lines) expect(type.width(line.trimEnd(), styles.body)).toBeLessThanOrEqual(width);
        expect(lines.join('')).toBe(sentence);
      }),
      { numRuns: 300 },
    );
  });

  it('shortens to the lines and the width that it may have', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 160 }), fc.integer({ min: 1, max: 3 }), (sentence, width, most) => {
        const lines = type.breakTo(sentence, styles.body, width, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of [...lines, type.shorten(sentence, styles.body, width)])
          expect(type.width(line.trimEnd(), styles.body)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps a value and its unit together and begins lines anew at line breaks', () => {
    expect(
      type.break('a window of 10.24\u00a0s', styles.body, type.width('a window of 10.24', styles.body) + 1),
    ).toEqual(['a window of ', '10.24\u00a0s']);
    expect(type.break('one\ntwo', styles.body, 200)).toEqual(['one', 'two']);
  });

  it('parts a long word where its language does', () => {
    const parting = new Typesetter(doc, 'Ver-sorgungs-spannung');
    const width = parting.width('Versorgungs-', styles.body) + 1;
    expect(parting.break('Versorgungsspannung, 3\u00a0V', styles.body, width)).toEqual([
      'Versorgungs-',
      'spannung, ',
      '3\u00a0V',
    ]);
    expect(parting.break('Versorgungsspannung', styles.body, parting.width('Versorg-', styles.body))).toEqual(
      expect.arrayContaining(['Ver-']),
    );
  });

  it('tears a file name behind a separator', () => {
    const name = 'recordings/of_a_machine.bin';
    const width = Math.max(...['recordings/of_', 'a_machine.bin'].map((part) => type.width(part, styles.body)));
    expect(type.break(name, styles.body, width + 1)).toEqual(['recordings/of_', 'a_machine.bin']);
  });

  it('balances a title without adding lines', () => {
    const title = 'The measurement is valid and the quality target is met.';
    const lines = type.balance(title, styles.title, 400);
    expect(lines).toEqual(['The measurement is valid ', 'and the quality target is met.']);
  });
});

describe('axis steps', () => {
  it.each([
    [0, 17, 6, [0, 5, 10, 15]],
    [-1.3, 1.3, 6, [-1, -0.5, 0, 0.5, 1]],
    [0.8, 1, 8, [0.8, 0.85, 0.9, 0.95, 1]],
    [5, 5, 4, [5]],
  ])('from %d to %d', (from, to, count, expected) => {
    expect(ticks(from, to, count)).toEqual(expected);
  });

  it('are shown with the decimals that they need', () => {
    expect(decimalsOf([0, 5, 10])).toBe(0);
    expect(decimalsOf([-0.5, 0, 0.5])).toBe(1);
    expect(decimalsOf([0.02, 0.04])).toBe(2);
  });
});
