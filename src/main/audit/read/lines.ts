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

/**
 * Lines of a text in UTF-8, one at a time: a 100 MB log needs no more memory than its longest line. Line ends are LF; carriage returns
 * and NULs are dropped wherever they stand (submitters' tools put them inside lines too), bytes that are no UTF-8 become U+FFFD.
 */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine[]> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let number = 0;
  const take = (text: string): TextLine[] => {
    const lines: TextLine[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      number += 1;
      lines.push({ text: clean(rest + text.slice(start, end)), number });
      rest = '';
      start = end + 1;
    }
    if (rest.length < lineLimits.characters) rest += text.slice(start, start + lineLimits.characters);
    return lines;
  };
  for await (const piece of pieces) {
    const lines = take(decoder.decode(piece, { stream: true }));
    if (lines.length > 0) yield lines;
    if (number > lineLimits.lines) return;
  }
  const last = take(`${decoder.decode()}`);
  if (rest !== '') last.push({ text: clean(rest), number: number + 1 });
  if (last.length > 0) yield last;
}

function clean(line: string): string {
  const text = line.length > lineLimits.characters ? line.slice(0, lineLimits.characters) : line;
  return /[\r\0]/.test(text) ? text.replaceAll(/[\r\0]/g, '') : text;
}
