import { alignUp } from './plan-op.ts';

/** Something that needs memory from step `first` to step `last`, both included. */
export interface ArenaItem {
  bytes: number;
  first: number;
  last: number;
}

export interface ArenaLayout {
  /** Offset of each item, a multiple of 16. */
  offsets: readonly number[];
  /** Bytes of the whole arena, a multiple of 16. */
  bytes: number;
  /** The largest sum of items alive at one step, unrounded: what no layout without overlaps can go below. */
  peakBytes: number;
  /** The first step at which that sum is reached. */
  peakStep: number;
}

/**
 * Places items so that those alive at the same step do not overlap. Greedy, largest first, lowest gap that fits; then in
 * order of first use; the smaller outcome wins. Deterministic: ties go to the earlier step, then to the lower index.
 */
export function planArena(items: readonly ArenaItem[]): ArenaLayout {
  const indices = items.map((_, i) => i);
  const at = (i: number): ArenaItem => items[i] as ArenaItem;
  const bySize = [...indices].sort((a, b) => at(b).bytes - at(a).bytes || at(a).first - at(b).first || a - b);
  const byTime = [...indices].sort((a, b) => at(a).first - at(b).first || at(b).bytes - at(a).bytes || a - b);
  const [first, second] = [place(items, bySize), place(items, byTime)] as const;
  const best = second.bytes < first.bytes ? second : first;
  return { ...best, ...peak(items) };
}

function place(items: readonly ArenaItem[], order: readonly number[]): { offsets: number[]; bytes: number } {
  const offsets = items.map(() => 0);
  const placed: number[] = [];
  let bytes = 0;
  for (const index of order) {
    const item = items[index] as ArenaItem;
    const size = alignUp(item.bytes);
    const neighbours = placed
      .filter((other) => overlaps(items[other] as ArenaItem, item))
      .sort((a, b) => (offsets[a] ?? 0) - (offsets[b] ?? 0));
    let offset = 0;
    for (const other of neighbours) {
      const start = offsets[other] ?? 0;
      if (start - offset >= size) break;
      offset = Math.max(offset, start + alignUp((items[other] as ArenaItem).bytes));
    }
    offsets[index] = offset;
    bytes = Math.max(bytes, offset + size);
    placed.push(index);
  }
  return { offsets, bytes };
}

function overlaps(a: ArenaItem, b: ArenaItem): boolean {
  return a.first <= b.last && b.first <= a.last;
}

function peak(items: readonly ArenaItem[]): { peakBytes: number; peakStep: number } {
  let peakBytes = 0;
  let peakStep = 0;
  for (const step of new Set(items.map((item) => item.first).sort((a, b) => a - b))) {
    const alive = items.reduce((sum, item) => sum + (item.first <= step && step <= item.last ? item.bytes : 0), 0);
    if (alive > peakBytes) {
      peakBytes = alive;
      peakStep = step;
    }
  }
  return { peakBytes, peakStep };
}
