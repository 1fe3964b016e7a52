import { Fault } from '../../shared/fault/index.ts';
import type { TraceEvent } from './types.ts';

/**
 * The samples between the two edges of a window. In a trace of the runner they follow the mark `window-N` (the last of that name: a window may have
 * been repeated); in any other the first edge is a time mark of its own and windows follow in pairs (energy monitors, section 8.1).
 * @throws Fault `trace.noWindow`.
 */
export function findWindow(
  events: readonly TraceEvent[],
  number: number,
  path: string,
): { first: number; end: number } {
  const edges = events
    .filter((event) => event.kind === 'edge' && event.level !== 'rise')
    .map((edge) => edge.sampleIndex);
  const marks = events.filter((event) => event.kind === 'mark');
  const [start, end] = marks.some(({ name }) => name.startsWith('window-'))
    ? afterMark(marks, edges, `window-${number}`)
    : edges.slice(2 * number - 1, 2 * number + 1);
  if (start === undefined || end === undefined)
    throw new Fault('trace.noWindow', { path, window: number, edges: edges.length });
  return { first: Math.floor(start), end: Math.floor(end) };
}

function afterMark(
  marks: readonly { name: string; sampleIndex: number }[],
  edges: readonly number[],
  name: string,
): readonly number[] {
  const at = marks.findLastIndex((mark) => mark.name === name);
  const mark = marks[at];
  if (!mark) return [];
  const until = marks[at + 1]?.sampleIndex ?? Infinity;
  return edges.filter((edge) => edge >= mark.sampleIndex && edge < until).slice(-2);
}
