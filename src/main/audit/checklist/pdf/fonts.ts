import type { PdfFile } from './file.ts';
import { PdfScanner } from './scanner.ts';
import type { PdfDict, PdfValue } from './scanner.ts';

/** One character of a shown string. */
export interface Glyph {
  /** What it means; U+FFFD where the file does not tell. */
  text: string;
  /** Advance in thousandths of the size. */
  width: number;
  /** A single byte 32, which word spacing widens. */
  isBlank: boolean;
}

export interface PdfFont {
  glyphs(shown: string): Glyph[];
}

const unknownGlyph = '\ufffd';
const usualWidth = 500;
/** Codes of one font whose meaning is kept; no font has more. */
const mostCodes = 65_536;

/** How a font's codes are read. ISO 32000-1, 9.6 to 9.10. */
export function pdfFont(file: PdfFile, dict: PdfDict | undefined): PdfFont {
  const subtype = file.get(dict, 'Subtype');
  const meaning = readToUnicode(file.stream(dict?.entries.get('ToUnicode')));
  if (subtype?.kind === 'name' && subtype.value === 'Type0') return compositeFont(file, dict, meaning);
  const first = file.get(dict, 'FirstChar');
  const start = first?.kind === 'number' ? first.value : 0;
  const widths = file.numbers(dict, 'Widths');
  const encoding = simpleEncoding(file, dict);
  return {
    glyphs: (shown) =>
      Array.from(shown, (char) => {
        const code = char.charCodeAt(0);
        const text = meaning.get(code) ?? encoding(code);
        return { text, width: widths[code - start] ?? usualWidth, isBlank: code === 32 };
      }),
  };
}

function compositeFont(file: PdfFile, dict: PdfDict | undefined, meaning: ReadonlyMap<number, string>): PdfFont {
  const inner = file.dict(file.items(dict, 'DescendantFonts')[0]);
  const usual = file.get(inner, 'DW');
  const widths = cidWidths(file, inner);
  const fallback = usual?.kind === 'number' ? usual.value : 1000;
  return {
    glyphs: (shown) => {
      const glyphs: Glyph[] = [];
      for (let k = 0; k + 1 < shown.length; k += 2) {
        const code = shown.charCodeAt(k) * 256 + shown.charCodeAt(k + 1);
        glyphs.push({ text: meaning.get(code) ?? unknownGlyph, width: widths.get(code) ?? fallback, isBlank: false });
      }
      return glyphs;
    },
  };
}

/** `W`: a code and the widths from it on, or two codes and the width of all between. */
function cidWidths(file: PdfFile, inner: PdfDict | undefined): Map<number, number> {
  const widths = new Map<number, number>();
  let set = 0;
  const items = file.items(inner, 'W').map((item) => file.resolve(item));
  for (let k = 0; k + 1 < items.length;) {
    const [from, second, third] = [items[k], items[k + 1], items[k + 2]];
    if (from?.kind === 'number' && second?.kind === 'array') {
      second.items.forEach((item, i) => {
        if (item.kind === 'number') widths.set(from.value + i, item.value);
      });
      k += 2;
    } else if (from?.kind === 'number' && second?.kind === 'number' && third?.kind === 'number') {
      for (let code = from.value; code <= second.value && set < mostCodes; code += 1, set += 1)
        widths.set(code, third.value);
      k += 3;
    } else k += 1;
  }
  return widths;
}

/** A map from codes to text; the codes of simple fonts have one byte, those of composite ones two. */
export function readToUnicode(cmap: string): Map<number, string> {
  const meaning = new Map<number, string>();
  const scanner = new PdfScanner(cmap);
  // Counted, so that ranges which repeat each other cost no more than good ones.
  const budget = { codes: mostCodes };
  let operands: PdfValue[] = [];
  for (let token = scanner.next(); token; token = scanner.next()) {
    if (token.kind !== 'word') {
      operands.push(token);
      continue;
    }
    if (budget.codes <= 0) break;
    if (token.value === 'endbfchar') addPairs(meaning, operands, budget);
    if (token.value === 'endbfrange') addRanges(meaning, operands, budget);
    operands = [];
  }
  return meaning;
}

interface CodeBudget {
  codes: number;
}

function addPairs(meaning: Map<number, string>, operands: readonly PdfValue[], budget: CodeBudget): void {
  for (let k = 0; k + 1 < operands.length && budget.codes > 0; k += 2, budget.codes -= 1) {
    const [code, text] = [operands[k], operands[k + 1]];
    if (code?.kind === 'string' && text?.kind === 'string') meaning.set(numberOf(code.value), utf16Of(text.value));
  }
}

function addRanges(meaning: Map<number, string>, operands: readonly PdfValue[], budget: CodeBudget): void {
  for (let k = 0; k + 2 < operands.length; k += 3) {
    const [from, to, text] = [operands[k], operands[k + 1], operands[k + 2]];
    if (from?.kind !== 'string' || to?.kind !== 'string') continue;
    const [start, end] = [numberOf(from.value), numberOf(to.value)];
    for (let code = start; code <= end && budget.codes > 0; code += 1, budget.codes -= 1) {
      const own = text?.kind === 'array' ? text.items[code - start] : undefined;
      if (own?.kind === 'string') meaning.set(code, utf16Of(own.value));
      else if (text?.kind === 'string') meaning.set(code, shifted(utf16Of(text.value), code - start));
      else break;
    }
  }
}

const numberOf = (bytes: string): number =>
  [...bytes.slice(0, 4)].reduce((sum, byte) => sum * 256 + byte.charCodeAt(0), 0);

/** Text of UTF-16 big-endian bytes. */
export function utf16Of(bytes: string): string {
  const parts: string[] = [];
  for (let k = 0; k + 1 < bytes.length; k += 2)
    parts.push(String.fromCharCode(bytes.charCodeAt(k) * 256 + bytes.charCodeAt(k + 1)));
  return parts.join('');
}

/** The last character of a range moves on with its codes. */
function shifted(text: string, by: number): string {
  const last = text.codePointAt(text.length - 1);
  if (last === undefined) return '';
  return text.slice(0, -1) + String.fromCodePoint(Math.min(0x10ffff, last + by));
}

const ansi = new TextDecoder('windows-1252');

function simpleEncoding(file: PdfFile, dict: PdfDict | undefined): (code: number) => string {
  const font = file.get(dict, 'BaseFont');
  const signs = font?.kind === 'name' ? signsOf(font.value) : undefined;
  const differences = new Map<number, string>();
  let code = 0;
  for (const item of file.items(file.dict(dict?.entries.get('Encoding')), 'Differences')) {
    if (item.kind === 'number') code = item.value;
    else if (item.kind === 'name') {
      differences.set(code, glyphText(item.value));
      code += 1;
    }
  }
  return (own) => signs?.[own] ?? differences.get(own) ?? ansi.decode(Uint8Array.of(own));
}

/** Boxes and ticks of the fonts of signs, by their codes. */
const dingbats: Readonly<Record<number, string>> = {
  0x33: '\u2713',
  0x34: '\u2714',
  0x6f: '\u2610',
  0x71: '\u2610',
  0x72: '\u2610',
};
const wingdings: Readonly<Record<number, string>> = {
  0x6f: '\u2610',
  0x71: '\u2610',
  0xa8: '\u2610',
  0xfb: '\u2717',
  0xfc: '\u2713',
  0xfd: '\u2612',
  0xfe: '\u2611',
};

function signsOf(name: string): Readonly<Record<number, string>> | undefined {
  if (/dingbats/i.test(name)) return dingbats;
  return /wingdings/i.test(name) ? wingdings : undefined;
}

/** Glyphs by the names that forms need; letters are named by themselves. */
const glyphNames: Readonly<Record<string, string>> = {
  space: ' ',
  period: '.',
  comma: ',',
  colon: ':',
  semicolon: ';',
  question: '?',
  exclam: '!',
  hyphen: '-',
  endash: '\u2013',
  emdash: '\u2014',
  underscore: '_',
  slash: '/',
  parenleft: '(',
  parenright: ')',
  bracketleft: '[',
  bracketright: ']',
  quotesingle: "'",
  quoteright: '\u2019',
  quotedbl: '"',
  equal: '=',
  percent: '%',
  at: '@',
  plus: '+',
  ampersand: '&',
  fi: 'fi',
  fl: 'fl',
  ff: 'ff',
  ffi: 'ffi',
  ffl: 'ffl',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
};

function glyphText(name: string): string {
  if (name.length === 1) return name;
  const code = /^uni([0-9A-F]{4})$/.exec(name)?.[1] ?? /^u([0-9A-F]{4,5})$/.exec(name)?.[1];
  if (code !== undefined) return String.fromCodePoint(parseInt(code, 16));
  return Object.hasOwn(glyphNames, name) ? (glyphNames[name] as string) : unknownGlyph;
}
