import type { Style } from './theme.ts';

export type Pdf = PDFKit.PDFDocument;

/**
 * Measures, breaks and places text. The PDF library's own line breaking is not used: it starts pages by itself and lets long
 * words (hashes, file names) run over the edge.
 */
export class Typesetter {
  private readonly widths = new Map<string, number>();
  private readonly doc: Pdf;
  private readonly hyphenation: ReadonlyMap<string, readonly string[]>;

  /** @param hyphenation Long words with a hyphen at each place where they may be parted, blanks between them. */
  constructor(doc: Pdf, hyphenation = '') {
    this.doc = doc;
    const words = hyphenation.split(' ').filter((word) => word.includes('-'));
    this.hyphenation = new Map(words.map((word) => [word.replaceAll('-', ''), word.split('-')]));
  }

  width(text: string, style: Style): number {
    const key = `${style.font}|${style.size}|${style.tracking ?? 0}|${text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    const shown = printable(text);
    this.doc.font(style.font).fontSize(style.size);
    const width = this.doc.widthOfString(shown, { characterSpacing: style.tracking ?? 0 });
    this.widths.set(key, width);
    return width;
  }

  /**
   * Lines no wider than `width`; a word that is wider is parted where its language does, or torn, first behind a separator. Never empty. A line that ends where a
   * blank was keeps that blank, so that whoever reads the lines one after the other (a screen reader, a search) finds two words.
   */
  break(text: string, style: Style, width: number): string[] {
    return text.split('\n').flatMap((paragraph) => this.breakParagraph(paragraph, style, width));
  }

  /** As few lines as `break`, but of about equal length: for titles. */
  balance(text: string, style: Style, width: number): string[] {
    const lines = this.break(text, style, width);
    if (lines.length < 2) return lines;
    let [tight, wide] = [width / lines.length, width];
    while (wide - tight > 2) {
      const middle = (tight + wide) / 2;
      if (this.break(text, style, middle).length > lines.length) tight = middle;
      else wide = middle;
    }
    return this.break(text, style, wide);
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
      if (line !== '') lines.push(`${line} `);
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
      const parted = this.part(rest, style, width);
      if (parted) {
        parts.push(parted.head);
        rest = parted.rest;
        continue;
      }
      const characters = [...rest];
      const fits = most(
        characters.length - 1,
        (count) => this.width(characters.slice(0, count).join(''), style) <= width,
      );
      const head = characters.slice(0, Math.max(1, fits)).join('');
      const separator = Math.max(...['/', '\\', '-', '_', '.', ','].map((mark) => head.lastIndexOf(mark)));
      const cut = separator > head.length / 2 ? separator + 1 : head.length;
      parts.push(head.slice(0, cut));
      rest = rest.slice(cut);
    }
    parts.push(rest);
    return parts;
  }

  /** The longest beginning of a known word that fits with a hyphen behind it; what is not a letter may follow the word. */
  private part(text: string, style: Style, width: number): { head: string; rest: string } | undefined {
    const word = /^\p{L}+/u.exec(text)?.[0] ?? '';
    const syllables = this.hyphenation.get(word) ?? [];
    const heads = syllables.slice(0, -1).map((_, k) => syllables.slice(0, k + 1).join(''));
    const head = heads.findLast((candidate) => this.width(`${candidate}-`, style) <= width);
    return head === undefined ? undefined : { head: `${head}-`, rest: text.slice(head.length) };
  }

  /** One line shortened in its middle until it fits. */
  shorten(text: string, style: Style, width: number): string {
    if (this.width(text, style) <= width) return text;
    const characters = [...text];
    const short = (keep: number): string => {
      const tail = Math.floor(keep / 2);
      return `${characters.slice(0, keep - tail).join('')}…${characters.slice(characters.length - tail).join('')}`;
    };
    return short(most(characters.length - 1, (keep) => this.width(short(keep), style) <= width));
  }

  /** As `break`, but text that needs more lines than `count` loses its middle. */
  breakTo(text: string, style: Style, width: number, count: number): string[] {
    const lines = this.break(text, style, width);
    if (lines.length <= count) return lines;
    const characters = [...text.replaceAll('\n', ' ')];
    const short = (keep: number): string[] => {
      const tail = Math.floor(keep / 2);
      return this.break(
        `${characters.slice(0, keep - tail).join('')}…${characters.slice(characters.length - tail).join('')}`,
        style,
        width,
      );
    };
    return short(most(characters.length - 1, (keep) => short(keep).length <= count));
  }

  /** Places one line with its baseline at `baseline`. `x` is its left, middle or right end, as `align` says. */
  line(text: string, x: number, baseline: number, style: Style, align: 'left' | 'center' | 'right' = 'left'): void {
    const width = align === 'left' ? 0 : this.width(text.trimEnd(), style);
    const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
    this.doc.font(style.font).fontSize(style.size).fillColor(style.color);
    this.doc.text(printable(text), left, baseline, {
      lineBreak: false,
      baseline: 'alphabetic',
      characterSpacing: style.tracking ?? 0,
    });
  }

  /** Places lines below each other, the first with its line box at `top`. Returns the end of the last line box. */
  lines(
    lines: readonly string[],
    x: number,
    top: number,
    style: Style,
    align: 'left' | 'center' | 'right' = 'left',
  ): number {
    lines.forEach((text, i) => this.line(text, x, baselineOf(top + i * style.leading, style), style, align));
    return top + lines.length * style.leading;
  }
}

/** The largest count from 0 to `limit` that fits, where all smaller ones fit too. */
function most(limit: number, fits: (count: number) => boolean): number {
  let [low, high] = [0, limit];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the baseline lies in a line box that begins at `top`: Plex has ascenders of 0.78 and descenders of 0.22 of its size. */
export function baselineOf(top: number, style: Style): number {
  return top + (style.leading - style.size) / 2 + style.size * 0.79;
}

/**
 * Control characters have no glyph. Plex Mono lacks the narrow no-break space, and that of Plex Sans all but vanishes at these
 * sizes; its ordinary one is narrow enough to hold a value and its unit together.
 */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').replaceAll('\u202f', '\u00a0');
}
