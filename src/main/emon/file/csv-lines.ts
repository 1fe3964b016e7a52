import { badFile } from './source.ts';
import type { ByteSource } from './source.ts';

export interface CsvLine {
  /** From 1. */
  number: number;
  text: string;
}

export const csvFormat = 'csv';
const mostLineChars = 65_536;

/** The lines of a text file, without line ends, in runs; UTF-8, or UTF-16 with its mark. @throws Fault `emon.badFile` for a line without end. */
export async function* readLines(source: ByteSource): AsyncGenerator<CsvLine[]> {
  let decoder: TextDecoder | undefined;
  let rest = '';
  let number = 1;
  const take = (text: string, last: boolean): CsvLine[] => {
    const lines: CsvLine[] = [];
    const whole = rest + text;
    let start = 0;
    for (let at = whole.indexOf('\n'); at >= 0; at = whole.indexOf('\n', start)) {
      lines.push({ number, text: trimEnd(whole.slice(start, at)) });
      number += 1;
      start = at + 1;
    }
    rest = whole.slice(start);
    if (rest.length > mostLineChars)
      throw badFile(source.path, csvFormat, `line ${number}: longer than ${mostLineChars}`);
    if (last && rest !== '') lines.push({ number, text: trimEnd(rest) });
    return lines;
  };
  for await (const piece of source.read()) {
    decoder ??= new TextDecoder(encodingOf(piece));
    const lines = take(decoder.decode(piece, { stream: true }), false);
    if (lines.length > 0) yield lines;
  }
  const lines = take(decoder?.decode() ?? '', true);
  if (lines.length > 0) yield lines;
}

function encodingOf(piece: Uint8Array): string {
  if (piece[0] === 0xff && piece[1] === 0xfe) return 'utf-16le';
  if (piece[0] === 0xfe && piece[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function trimEnd(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text;
}

/** Which character parts the columns: a tab where there is one, else a semicolon, else a comma. */
export function separatorOf(text: string): ',' | ';' | '\t' {
  if (text.includes('\t')) return '\t';
  return text.includes(';') ? ';' : ',';
}

/** The cells of a line, without quotes and spaces around them. */
export function splitLine(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '"') {
      if (quoted && text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = !quoted;
    } else if (char === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  cells.push(cell.trim());
  return cells;
}

const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const missing: ReadonlySet<string> = new Set(['', '-', 'nan', '-nan', 'null', 'na', 'n/a', 'inf', '-inf', 'infinity']);

/** A figure; NaN where the cell says that there is none, undefined where it is something else. */
export function readFigure(cell: string, decimalComma: boolean): number | undefined {
  const text = decimalComma && cell.includes(',') ? cell.replace(',', '.') : cell;
  if (plainNumber.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : Number.NaN;
  }
  return missing.has(cell.toLowerCase()) ? Number.NaN : undefined;
}
