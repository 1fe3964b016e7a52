import { describe, expect, it } from 'vitest';
import { readPaper } from '../../../../src/main/audit/checklist/index.ts';
import { madeDocx, madePage, madePdf } from '../../../support/audit/papers.ts';

async function linesOf(name: string, bytes: Uint8Array): Promise<string[]> {
  const paper = await readPaper(name, bytes);
  if (!('lines' in paper)) throw new Error(paper.reason);
  return paper.lines;
}

describe('the text of a PDF', () => {
  it('is read line by line as it stands on the page, whatever its order in the file', async () => {
    const content = `BT /F1 10 Tf 50 700 Td (second) Tj 0 20 Td (fir) Tj [(s) -20 (t)] TJ ET
      q 1 0 0 1 200 0 cm BT /F1 10 Tf 1 0 0 1 0 720 Tm (right) Tj ET Q
      BT /F1 10 Tf 12 TL 50 650 Td (a \\(b\\) \\101) Tj T* <63> Tj (d) ' ET`;
    expect(await linesOf('c.pdf', madePage(content))).toEqual(['first right', 'second', 'a (b) A', 'c', 'd']);
  });

  it('is read through maps of fonts, in forms and in streams of objects', async () => {
    const map = {
      dict: '',
      stream:
        '1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> <2612> endbfchar 2 beginbfrange <0041> <0043> <0061> <0050> <0051> [<0066> <00660069>] endbfrange',
    };
    const font = '<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 8 0 R /DescendantFonts [9 0 R] >>';
    const form = { dict: '/Subtype /Form /Matrix [1 0 0 1 0 -50]', stream: 'BT /F1 10 Tf 50 700 Td (form) Tj ET' };
    const inner = '<< /Subtype /CIDFontType2 /DW 500 /W [1 [600] 65 67 500] >>';
    const page = madePage('/X1 Do BT /F2 10 Tf 50 700 Td <000100410042004300500051> Tj ET', {
      font,
      objects: [form, map, inner],
    });
    expect(await linesOf('c.pdf', page)).toEqual(['\u2612abcffi', 'form']);
    const packed = {
      dict: '/Type /ObjStm /N 2 /First 10',
      stream: '1 0 2 34  << /Type /Catalog /Pages 2 0 R >> << /Type /Pages /Kids [4 0 R] >>',
    };
    const objects = ['null', 'null', packed, '<< /Type /Page /Contents 5 0 R /Resources << /Font << /F 6 0 R >> >> >>'];
    const text = { dict: '', stream: 'BT /F 9 Tf 9 9 Td (packed) Tj ET' };
    const file = madePdf([...objects, text, '<< /Type /Font /Subtype /TrueType >>']);
    expect(await linesOf('c.pdf', file)).toEqual(['packed']);
  });

  it('holds what was filled into its fields, ticks and remarks', async () => {
    const content =
      'BT /F1 10 Tf 50 700 Td (Same code?) Tj 0 -20 Td (Yes) Tj 60 0 Td (No) Tj -60 -20 Td (Name) Tj ET BT /F2 10 Tf 50 600 Td (4) Tj ET';
    const page = `/Annots [ << /Subtype /Widget /FT /Btn /AS /On /Rect [35 678 45 688] >>
      << /Subtype /Widget /Parent << /FT /Btn /V /Off >> /Rect [95 678 105 688] >>
      << /Subtype /Widget /FT /Tx /V <feff00410064> /Rect [100 658 200 668] >>
      << /Subtype /FreeText /Contents (remark) /Rect [70 600 100 610] >> ]`;
    expect(await linesOf('c.pdf', madePage(content, { page }))).toEqual([
      'Same code?',
      '[x] Yes [ ] No',
      'Name Ad',
      '\u2714 remark',
    ]);
  });

  it('that is filled in and saved again is the newer one', async () => {
    const page = madePage('BT /F1 10 Tf 50 700 Td (old) Tj ET').toString('latin1');
    const newer = '4 0 obj\n<< >>\nstream\nBT /F1 10 Tf 50 700 Td (new) Tj ET\nendstream\nendobj\n';
    expect(await linesOf('c.pdf', Buffer.from(page + newer, 'latin1'))).toEqual(['new']);
  });

  it('is refused with a reason where it cannot be read', async () => {
    const cases: [Uint8Array, string][] = [
      [madePdf(['<< /Type /Catalog >>'], '/Encrypt 9 0 R'), 'encrypted'],
      [madePage(''), 'no text'],
      [madePage('BT /F2 10 Tf 50 700 Td <00010002> Tj ET', { font: '<< /Subtype /Type0 >>' }), 'no text'],
      [madePage(' '.repeat(70e6)), 'too large'],
      [madePage('q '.repeat(600_000)), 'too large'],
      [Buffer.from('x'), 'unknown kind'],
    ];
    for (const [bytes, reason] of cases) expect(await readPaper('c.pdf', bytes)).toEqual({ reason });
  });

  it('ends where the file leads in circles', async () => {
    const loop = { dict: '/Subtype /Form', stream: '/X1 Do BT /F1 10 Tf 0 0 Td (x) Tj ET' };
    const bytes = madePage('/X1 Do', { objects: [loop], page: '/Kids [2 0 R 3 0 R]' });
    expect(await readPaper('c.pdf', bytes)).toEqual({ reason: 'no text' });
    expect((await linesOf('c.pdf', madePage('/X1 Do', { objects: [loop] }))).length).toBe(1);
  });
});

describe('the text of a Word document', () => {
  it('is read by paragraphs and rows, with its boxes', async () => {
    const body = `<w:p><w:r><w:t>Same &amp; code</w:t></w:r><w:r><w:tab/><w:t xml:space="preserve"> x</w:t></w:r></w:p>
      <w:tbl><w:tr><w:tc><w:p><w:t>Yes</w:t></w:p></w:tc><w:tc><w:p><w:sym w:font="Wingdings" w:char="F0FE"/></w:p></w:tc></w:tr></w:tbl>
      <w:p><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData><w:t>A</w:t><w:delText>gone</w:delText></w:p>
      <w:p><w:checkBox><w:default w:val="0"/></w:checkBox><w:t>B&#x2610;&#9746;</w:t></w:p>
      <mc:AlternateContent><mc:Fallback><w:p><w:t>twice</w:t></w:p></mc:Fallback></mc:AlternateContent>`;
    expect((await linesOf('c.docx', await madeDocx(body))).filter((line) => line !== '')).toEqual([
      'Same & code x',
      'Yes \u2611',
      '[x]A',
      '[ ]B\u2610\u2612',
    ]);
  });

  it('costs nothing for its depth, and is refused for its size or its lack', async () => {
    const deep = `${'<w:p>'.repeat(200_000)}<w:t>in</w:t>`;
    expect((await linesOf('c.docx', await madeDocx(deep))).filter((line) => line !== '')).toEqual(['in']);
    expect(await readPaper('c.docx', await madeDocx('x'.repeat(17 * 1024 ** 2)))).toEqual({ reason: 'too large' });
    expect(await readPaper('c.docx', await madeDocx('x', 'other.xml'))).toEqual({ reason: 'no document' });
  });
});

describe('other papers', () => {
  it('are texts, or of no kind that is known', async () => {
    expect(await linesOf('c.md', Buffer.from('a\r\nb\nc'))).toEqual(['a', 'b', 'c']);
    expect(await readPaper('c.png', Buffer.from('a'))).toEqual({ reason: 'unknown kind' });
    expect(await readPaper('c.txt', Buffer.from(' \n'))).toEqual({ reason: 'no text' });
  });
});
