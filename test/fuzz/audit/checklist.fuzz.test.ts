import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../src/main/audit/checklist/answers.ts';
import { xmlLines } from '../../../src/main/audit/checklist/docx.ts';
import { paperLimits, readPaper } from '../../../src/main/audit/checklist/index.ts';
import { claimsIn } from '../../../src/main/audit/package/claims.ts';
import { madeDocx, madePage } from '../../support/audit/papers.ts';

const answers = ['yes', 'no', 'unanswered', 'unreadable'];

/** Reads a paper as an audit does: whatever it holds, there are lines or a reason, and sound answers with lines of their own. */
async function check(name: string, bytes: Uint8Array): Promise<void> {
  const paper = await readPaper(name, bytes);
  if ('reason' in paper) {
    expect(paper.reason).not.toBe('');
    return;
  }
  expect(paper.lines.length).toBeLessThanOrEqual(paperLimits.lines);
  checkLines(paper.lines);
}

function checkLines(lines: readonly string[]): void {
  for (const { answer, line } of readAnswers(lines)) {
    expect(answers).toContain(answer);
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.join('\n').split('\n').length);
  }
  for (const { line } of claimsIn(lines)) expect(lines[line - 1]).toBeDefined();
}

/** Bytes of a good file with some of them changed, cut or said twice. */
const damages = fc.array(
  fc.record({ at: fc.nat(), kind: fc.constantFrom('set', 'cut', 'twice'), byte: fc.nat(255), length: fc.nat(40) }),
  { minLength: 1, maxLength: 6 },
);

function damaged(
  good: Uint8Array,
  changes: readonly { at: number; kind: string; byte: number; length: number }[],
): Buffer {
  let bytes = Buffer.from(good);
  for (const { at, kind, byte, length } of changes) {
    if (bytes.length === 0) break;
    const place = at % bytes.length;
    const [before, piece] = [bytes.subarray(0, place), bytes.subarray(place, place + length)];
    if (kind === 'set') bytes[place] = byte;
    else if (kind === 'cut') bytes = Buffer.concat([before, bytes.subarray(place + length)]);
    else bytes = Buffer.concat([before, piece, bytes.subarray(place)]);
  }
  return bytes;
}

const font =
  '<< /Type /Font /Subtype /Type0 /ToUnicode 8 0 R /DescendantFonts [<< /DW 500 /W [1 [600] 65 67 500] >>] >>';
const page = `/Annots [ << /Subtype /Widget /FT /Btn /AS /On /Rect [35 678 45 688] >> << /Subtype /FreeText /Contents (yes) /Rect [1 2 3 4] >> ]`;
const map = {
  dict: '',
  stream: '1 beginbfrange <0041> <0043> <0061> endbfrange 1 beginbfchar <0001> <2612> endbfchar',
};
const packed = { dict: '/Type /ObjStm /N 1 /First 5', stream: '20 0 << /Length 9 >>' };
const content =
  'q 1 0 0 1 9 9 cm BT /F1 10 Tf 50 700 Td (Retrained: yes) Tj T* [<0041> -300 (x)] TJ /F2 9 Tf <00010041> Tj ET Q /X1 Do';
const form = { dict: '/Subtype /Form', stream: 'BT /F1 10 Tf 50 700 Td (form) Tj ET /X1 Do' };
const pdf = madePage(content, { page, font, objects: [form, map, packed] });

const words = fc.constantFrom(
  'same code in accuracy and performance modes?',
  'Retrained:',
  'Pruning',
  'None of the above',
  'Caching queries',
  'MLPerf Tiny v1.1 results',
  '[x]',
  '[ ]',
  '(x)',
  '\u2612',
  'yes',
  'no',
  '?',
  ':',
  '|',
  '**',
  '\n',
);

describe('papers of a package', () => {
  it('as PDF files with damages give lines or a reason', { timeout: 20_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(damages, (changes) => check('c.pdf', damaged(pdf, changes))),
      { numRuns: 4_000 },
    );
  });

  it('as PDF files of any content give lines or a reason', { timeout: 20_000 }, async () => {
    const operators = fc.constantFrom(
      'BT',
      'ET',
      'Tf',
      'Td',
      'TJ',
      'Tj',
      "'",
      'q',
      'Q',
      'cm',
      'Do',
      '[',
      ']',
      '<<',
      '>>',
      '(',
      ')',
      '<41',
      '/F1',
      '/X1',
      '9',
      '-1',
      '.5',
      'ID',
      'EI',
    );
    const stream = fc.array(fc.oneof(operators, fc.string()), { maxLength: 60 }).map((parts) => parts.join(' '));
    await fc.assert(
      fc.asyncProperty(stream, (drawn) =>
        check('c.pdf', madePage(drawn, { page, objects: [{ dict: '/Subtype /Form', stream: drawn }] })),
      ),
      { numRuns: 2_000 },
    );
  });

  it('as Word documents with damages give lines or a reason', { timeout: 20_000 }, async () => {
    const docx = await madeDocx('<w:p><w:t>Retrained: yes</w:t><w:sym w:char="F0FE"/></w:p>');
    await fc.assert(
      fc.asyncProperty(damages, (changes) => check('c.docx', damaged(docx, changes))),
      { numRuns: 2_000 },
    );
    const tags = fc.constantFrom(
      '<w:t>',
      '</w:t>',
      '<w:p/>',
      '</w:p>',
      '<w:tc>',
      '</w:tc>',
      '<mc:Fallback>',
      '</mc:Fallback>',
      '<w:checkBox>',
      '</w:checkBox>',
      '<w:default/>',
      '<',
      '>',
      '&#x41;',
      '&#9999999;',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(tags, fc.string()), { maxLength: 60 }), (parts) =>
        checkLines(xmlLines(parts.join(''))),
      ),
      { numRuns: 2_000 },
    );
  });

  it('as texts give sound answers', { timeout: 20_000 }, async () => {
    const text = fc
      .array(fc.oneof(words, fc.string({ unit: 'binary' })), { maxLength: 60 })
      .map((parts) => parts.join(' '));
    await fc.assert(
      fc.asyncProperty(text, (any) => check('c.md', Buffer.from(any))),
      { numRuns: 3_000 },
    );
  });

  it('that were made to take long do not', { timeout: 20_000 }, async () => {
    const long = (piece: string, count: number): Buffer => Buffer.from(`%PDF-1.4\n${piece.repeat(count)}`);
    for (const piece of [
      'trailer<<',
      '1 0 obj (',
      '1 0 obj <<',
      '1 0 obj [',
      '1 0 obj <',
      'stream\n',
      '1 0 obj << >> stream\n',
    ])
      await check('c.pdf', long(piece, 60_000));
    const ranges = '1 beginbfrange <0000> <fff0> <0041> endbfrange '.repeat(20_000);
    await check('c.pdf', madePage(content, { font, objects: [form, { dict: '', stream: ranges }] }));
    await check('c.docx', await madeDocx('<w:p><w:t>x</w:t></w:p>'.repeat(100_000)));
    for (const piece of ['[ ] Pruning ', 'same code ', '- - - - ', '[ ', '\n', 'MLPerf Tiny Tiny '])
      await check('c.md', Buffer.from(piece.repeat(20_000)));
  });
});
