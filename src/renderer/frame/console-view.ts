import type { ConsoleLine } from '../../shared/domain/bench-console.ts';

/** A line with the words that stand in its row. */
export interface ConsoleRow {
  line: ConsoleLine;
  text: string;
}

/** Selected rows by the numbers of their lines, both included. */
export interface LineSelection {
  from: number;
  to: number;
}

/** Local time of a line to the millisecond: `13:05:22.123`. */
export function lineTime(atEpochMs: number): string {
  const at = new Date(atEpochMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const ms = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${ms}`;
}

/** A text cut at what was searched, for marking: every second piece is a match. An empty search matches nothing. */
export function marked(text: string, search: string): string[] {
  if (search === '') return [text];
  const lower = text.toLowerCase();
  const wanted = search.toLowerCase();
  const pieces: string[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...pieces, text.slice(from)];
}

/** Indexes of the rows that contain what is searched. */
export function matchesOf(rows: readonly { text: string }[], search: string): number[] {
  if (search === '') return [];
  const wanted = search.toLowerCase();
  return rows.flatMap(({ text }, index) => (text.toLowerCase().includes(wanted) ? [index] : []));
}

/** Where the search goes from a row: the next or the previous match, around the ends. */
export function stepMatch(matches: readonly number[], from: number, direction: 1 | -1): number | undefined {
  if (direction === 1) return matches.find((index) => index > from) ?? matches[0];
  return matches.findLast((index) => index < from) ?? matches.at(-1);
}

/** Rows that pass the filter and were not cleared away. */
export function shownRows(
  lines: readonly ConsoleLine[],
  textOf: (line: ConsoleLine) => string,
  { filter, clearedSeq }: { filter: string; clearedSeq: number },
): ConsoleRow[] {
  const wanted = filter.toLowerCase();
  return lines.flatMap((line) => {
    if (line.seq <= clearedSeq) return [];
    const text = textOf(line);
    return wanted === '' || text.toLowerCase().includes(wanted) ? [{ line, text }] : [];
  });
}
