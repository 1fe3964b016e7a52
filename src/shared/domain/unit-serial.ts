/** Longest serial of a unit. */
export const longestSerial = 120;

/** A serial as it was typed or scanned, without what scanners put around it: control characters, blanks, and too many characters. */
export function cleanSerial(typed: string): string {
  return typed
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, longestSerial);
}

/**
 * Whether a serial looks as a recipe wants it: `#` stands for a digit, `?` for any character, `*` for any characters (also none), anything
 * else for itself; an empty pattern takes everything. Capitals count. Needs at most pattern times serial steps, so that no pattern of
 * a foreign file can hold up the app.
 */
export function serialFits(serial: string, pattern: string): boolean {
  if (pattern === '') return true;
  const [text, marks] = [[...serial], [...pattern]];
  let [at, mark] = [0, 0];
  let star: { mark: number; at: number } | undefined;
  while (at < text.length) {
    const wanted = marks[mark];
    if (wanted === '*') {
      star = { mark, at };
      mark += 1;
    } else if (wanted !== undefined && charFits(text[at] ?? '', wanted)) {
      at += 1;
      mark += 1;
    } else if (star) {
      star.at += 1;
      at = star.at;
      mark = star.mark + 1;
    } else return false;
  }
  return marks.slice(mark).every((rest) => rest === '*');
}

function charFits(char: string, mark: string): boolean {
  return mark === '?' || (mark === '#' ? /^[0-9]$/.test(char) : char === mark);
}
