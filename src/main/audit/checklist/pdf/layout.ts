/** A piece of text on a page; the y axis points up. */
export interface PlacedText {
  x: number;
  y: number;
  /** Where it ends. */
  toX: number;
  size: number;
  text: string;
}

/** Shares of the size: pieces on one line differ by less in height, and a wider gap than this is a blank. */
const sameLine = 0.45;
const blankGap = 0.18;

/** Lines from top to bottom, each from left to right. */
export function linesOfPage(texts: readonly PlacedText[]): string[] {
  const good = texts.filter(({ x, y, toX, size }) => [x, y, toX, size].every(Number.isFinite));
  const lines: PlacedText[][] = [];
  for (const piece of good.toSorted((a, b) => b.y - a.y)) {
    const line = lines.at(-1);
    const [first] = line ?? [];
    if (line && first && Math.abs(first.y - piece.y) <= sameLine * Math.max(first.size, piece.size, 1))
      line.push(piece);
    else lines.push([piece]);
  }
  return lines.map(joined).filter((line) => line !== '');
}

function joined(line: readonly PlacedText[]): string {
  const parts: string[] = [];
  let end: number | null = null;
  for (const { x, toX, size, text } of line.toSorted((a, b) => a.x - b.x)) {
    if (end !== null && x - end > blankGap * size) parts.push(' ');
    parts.push(text);
    end = toX;
  }
  return parts.join('').replaceAll(/\s+/g, ' ').trim();
}
