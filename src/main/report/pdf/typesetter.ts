import type { FontName, Style } from './theme.ts';

export type Pdf = PDFKit.PDFDocument;

/**
 * Measures, breaks and places text. The PDF library's own line breaking is not used: it starts pages by itself and lets long
 * words (hashes, file names) run over the edge.
 */
export class Typesetter {
  private readonly widths = new Map<string, number>();
  private readonly doc: Pdf;

  constructor(doc: Pdf) {
    this.doc = doc;
  }

  width(text: string, style: Style): number {
    const key = `${style.font}|${style.size}|${style.tracking ?? 0}|${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    const shown = printable(text, style.font);
    this.doc.font(style.font).fontSize(style.size);
    const width = this.doc.widthOfString(shown, { characterSpacing: style.tracking ?? 0 });
    this.widths.set(key, width);
    return width;
  }

  /** Lines no wider than `width`; a word that is wider is torn, first behind a separator. Never empty. */
  break(text: string, style: Style, width: number): string[] {
    return text.split('\n').flatMap((paragraph) => this.breakParagraph(paragraph, style, width));
  }

  private breakParagraph(text: string, style: Style, width: number): string[] {
    const lines: string[] = [];
    let line = '';
    // Only blanks part words: no-break spaces hold a value and its unit together.
    for (const word of text.split(/[ \t]+/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (this.width(longer, style) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(line);
      const parts = this.tear(word, style, width);
      line = parts.pop() ?? '';
      lines.push(...parts);
    }
    lines.push(line);
    return lines;
  }

  private tear(word: string, style: Style, width: number): string[] {
    const parts: string[] = [];
    let rest = word;
    while (rest !== '' && this.width(rest, style) > width) {
      const characters = [...rest];
      let fits = 1;
      while (fits < characters.length && this.width(characters.slice(0, fits + 1).join(''), style) <= width) fits += 1;
      const head = characters.slice(0, fits).join('');
      const separator = Math.max(...['/', '\\', '-', '_', '.', ','].map((mark) => head.lastIndexOf(mark)));
      const cut = separator > head.length / 2 ? separator + 1 : head.length;
      parts.push(head.slice(0, cut));
      rest = rest.slice(cut);
    }
    parts.push(rest);
    return parts;
  }

  /** One line shortened in its middle until it fits. */
  shorten(text: string, style: Style, width: number): string {
    if (this.width(text, style) <= width) return text;
    const characters = [...text];
    for (let keep = characters.length - 1; keep > 1; keep -= 1) {
      const tail = Math.floor(keep / 2);
      const short = `${characters.slice(0, keep - tail).join('')}…${characters.slice(characters.length - tail).join('')}`;
      if (this.width(short, style) <= width) return short;
    }
    return '…';
  }

  /** Places one line with its baseline at `baseline`. `x` is its left, middle or right end, as `align` says. */
  line(text: string, x: number, baseline: number, style: Style, align: 'left' | 'center' | 'right' = 'left'): void {
    const width = align === 'left' ? 0 : this.width(text, style);
    const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
    this.doc.font(style.font).fontSize(style.size).fillColor(style.color);
    this.doc.text(printable(text, style.font), left, baseline, {
      lineBreak: false,
      baseline: 'alphabetic',
      characterSpacing: style.tracking ?? 0,
    });
  }

  /** Places lines below each other, the first with its line box at `top`. Returns the end of the last line box. */
  lines(lines: readonly string[], x: number, top: number, style: Style, align: 'left' | 'center' | 'right' = 'left'): number {
    lines.forEach((text, i) => this.line(text, x, baselineOf(top + i * style.leading, style), style, align));
    return top + lines.length * style.leading;
  }
}

/** Where the baseline lies in a line box that begins at `top`: Plex has ascenders of 0.78 and descenders of 0.22 of its size. */
export function baselineOf(top: number, style: Style): number {
  return top + (style.leading - style.size) / 2 + style.size * 0.79;
}

/** Control characters have no glyph, and Plex Mono lacks the narrow no-break space. */
function printable(text: string, font: FontName): string {
  const visible = text.replace(/\p{Cc}/gu, ' ');
  return font.startsWith('mono') ? visible.replaceAll('\u202f', '\u00a0') : visible;
}
