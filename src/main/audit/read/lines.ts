/** One line of a text file. */
export interface TextLine {
  text: string;
  /** From 1. */
  number: number;
}

export const lineLimits = {
  /** Longer lines are cut here; the longest published one (10,000 detections) has some 80 kB. */
  characters: 1_048_576,
  lines: 20_000_000,
} as const;

/** Characters from the beginning of a text by which it is told what ends its lines. */
const decidingCharacters = 65_536;

/**
 * Lines of a text in UTF-8, one at a time: a 100 MB log needs no more memory than its longest line. Line ends are LF; carriage returns
 * and NULs are dropped wherever they stand (submitters' tools put them inside lines too), bytes that are no UTF-8 become U+FFFD. A text
 * without any LF ends its lines with CR; one in UTF-16, as some shells write it, comes out right as far as it is plain English.
 */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine[]> {
  const decoder = new TextDecoder('utf-8');
  const splitter = new LineSplitter();
  for await (const piece of pieces) {
    const lines = splitter.push(decoder.decode(piece, { stream: true }));
    if (lines.length > 0) yield lines;
    if (splitter.number > lineLimits.lines) return;
  }
  const last = [...splitter.push(decoder.decode()), ...splitter.end()];
  if (last.length > 0) yield last;
}

class LineSplitter {
  number = 0;
  #rest = '';
  /** Not decided yet while undefined: then everything waits in `#rest`. */
  #lineEnd: '\n' | '\r' | undefined;

  push(text: string): TextLine[] {
    if (this.#lineEnd !== undefined) return this.#split(text, this.#lineEnd);
    this.#rest += text;
    const head = this.#rest.slice(0, decidingCharacters);
    if (!head.includes('\n') && head.length < decidingCharacters) return [];
    return this.#decide(head);
  }

  end(): TextLine[] {
    const lines = this.#lineEnd === undefined ? this.#decide(this.#rest.slice(0, decidingCharacters)) : [];
    if (this.#rest !== '') lines.push(this.#line(this.#rest));
    this.#rest = '';
    return lines;
  }

  #decide(head: string): TextLine[] {
    this.#lineEnd = head.includes('\n') || !head.includes('\r') ? '\n' : '\r';
    // The mark of UTF-16 at the beginning.
    const waiting = this.#rest.replace(/^\ufffd{2}/, '');
    this.#rest = '';
    return this.#split(waiting, this.#lineEnd);
  }

  #split(text: string, lineEnd: string): TextLine[] {
    const lines: TextLine[] = [];
    let start = 0;
    for (let end = text.indexOf(lineEnd); end >= 0; end = text.indexOf(lineEnd, start)) {
      lines.push(this.#line(this.#rest + text.slice(start, end)));
      this.#rest = '';
      start = end + 1;
    }
    if (this.#rest.length < lineLimits.characters) this.#rest += text.slice(start, start + lineLimits.characters);
    return lines;
  }

  #line(text: string): TextLine {
    this.number += 1;
    return { text: clean(text), number: this.number };
  }
}

function clean(line: string): string {
  const text = line.length > lineLimits.characters ? line.slice(0, lineLimits.characters) : line;
  return /[\r\0]/.test(text) ? text.replaceAll(/[\r\0]/g, '') : text;
}
