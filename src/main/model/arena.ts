import { alignUp } from './plan-op.ts';

/** Something that needs memory from step `first` to step `last`, both included. */
export interface ArenaItem {
  bytes: number;
  first: number;
  last: number;
}

/** Two items that may share memory although both are alive: `below` begins `least` to `most` bytes before `above`. */
export interface ArenaOverlap {
  above: number;
  below: number;
  least: number;
  most: number;
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

/** How many orders are tried at most: as placements of one item each, and by the number of items. */
const placements = 20_000;
const ordersAnItem = 20;

/**
 * Places items so that those alive at the same step do not overlap, except as `overlaps` allows. Greedy, lowest place that fits, in
 * many orders: by size, by time, outwards from each of the largest, shuffled. The smallest outcome wins, the earliest of
 * equals. Deterministic.
 */
export function planArena(items: readonly ArenaItem[], overlaps: readonly ArenaOverlap[] = []): ArenaLayout {
  const neighbours = conflicts(items, overlaps);
  let best: Placement | undefined;
  for (const order of orders(items)) {
    const placed = place(items, neighbours, order);
    if (!best || placed.bytes < best.bytes) best = placed;
  }
  return { ...(best ?? { offsets: [], bytes: 0 }), ...peak(items) };
}

interface Placement {
  offsets: number[];
  bytes: number;
}

/** Another item that is alive at the same time, and the differences (own offset - other's) at which the two may overlap. */
interface Conflict {
  other: number;
  least: number;
  most: number;
}

function conflicts(items: readonly ArenaItem[], overlaps: readonly ArenaOverlap[]): Conflict[][] {
  const allowed = new Map<string, [number, number]>();
  for (const { above, below, least, most } of overlaps) {
    allowed.set(`${String(above)} ${String(below)}`, [least, most]);
    allowed.set(`${String(below)} ${String(above)}`, [-most, -least]);
  }
  return items.map((item, i) =>
    items.flatMap((other, j) => {
      if (i === j || item.first > other.last || other.first > item.last) return [];
      const [least, most] = allowed.get(`${String(i)} ${String(j)}`) ?? [1, 0];
      return [{ other: j, least, most }];
    }),
  );
}

function* orders(items: readonly ArenaItem[]): Generator<readonly number[]> {
  const at = (i: number): ArenaItem => items[i] as ArenaItem;
  const indices = items.map((_, i) => i);
  const bySize = indices.toSorted((a, b) => at(b).bytes - at(a).bytes || at(a).first - at(b).first || a - b);
  const byTime = indices.toSorted((a, b) => at(a).first - at(b).first || at(b).bytes - at(a).bytes || a - b);
  yield bySize;
  yield byTime;
  yield byTime.toReversed();
  const count = Math.min(Math.floor(placements / Math.max(items.length, 1)), ordersAnItem * items.length);
  for (const start of bySize.slice(0, Math.floor(count / 4))) {
    const distance = (i: number): number => Math.abs(at(i).first - at(start).first);
    yield bySize.toSorted((a, b) => distance(a) - distance(b));
  }
  let state = 1;
  const random = (below: number): number => {
    state = (Math.imul(1_664_525, state) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  for (let i = 0; i < count; i++) {
    // Half of them change the order by size only a little.
    const order = [...bySize];
    const swaps = i % 2 === 0 ? order.length : 3;
    for (let swap = 0; swap < swaps; swap++) {
      const [a, b] = [random(order.length), random(order.length)];
      [order[a], order[b]] = [order[b] ?? 0, order[a] ?? 0];
    }
    yield order;
  }
}

function place(items: readonly ArenaItem[], neighbours: readonly Conflict[][], order: readonly number[]): Placement {
  const offsets = items.map(() => -1);
  let bytes = 0;
  for (const index of order) {
    const size = alignUp(items[index]?.bytes ?? 0);
    const placed = (neighbours[index] ?? []).filter(({ other }) => (offsets[other] ?? -1) >= 0);
    const candidates = [0];
    for (const { other, least, most } of placed) {
      const offset = offsets[other] ?? 0;
      candidates.push(offset + alignUp(items[other]?.bytes ?? 0));
      if (least <= most) candidates.push(offset + alignUp(Math.max(least, -offset)), offset + floor16(most));
    }
    candidates.sort((a, b) => a - b);
    const fits = (start: number): boolean =>
      start >= 0 &&
      placed.every(({ other, least, most }) => {
        const offset = offsets[other] ?? 0;
        if (start + size <= offset || offset + alignUp(items[other]?.bytes ?? 0) <= start) return true;
        return start - offset >= least && start - offset <= most;
      });
    const start = candidates.find(fits) ?? 0;
    offsets[index] = start;
    bytes = Math.max(bytes, start + size);
  }
  return { offsets, bytes };
}

function floor16(bytes: number): number {
  return bytes === Infinity ? 0 : Math.floor(bytes / 16) * 16;
}

/** The largest sum of items alive at one step, and the first step at which it is reached. */
export function peak(items: readonly ArenaItem[]): { peakBytes: number; peakStep: number } {
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
