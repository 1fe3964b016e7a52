import type { BlockStore } from './block-store.ts';
import { chunkOf } from './block-store.ts';
import { levels } from './layout.ts';
import { sumsOf } from './statistics.ts';
import { noSums } from './sums.ts';
import type { Sums } from './sums.ts';
import type { TraceColumns } from './types.ts';

/** A column is made of at least this many chunks of the level it is taken from, so that edges move by at most an eighth of a column. */
const leastChunks = 4;

/**
 * A view of samples [first, end): at most `columns` columns, never more than samples. Inner edges lie where chunks of the pyramid meet, so every
 * column says exactly what its own samples are; the first and the last edge are `first` and `end`. Reads 4 to 64 entries or at most 512 samples a column.
 */
export async function columnsOf(
  store: BlockStore,
  { first, end, columns, scale }: { first: number; end: number; columns: number; scale: number },
): Promise<TraceColumns> {
  const span = end - first;
  const length = Math.max(0, Math.min(Math.floor(columns), span));
  const level = levelFor(span / Math.max(1, length));
  const chunk = level === 0 ? 1 : chunkOf(level);
  const edges = new Float64Array(length + 1);
  for (let k = 0; k <= length; k += 1) edges[k] = Math.round((first + (k * span) / length) / chunk) * chunk;
  edges[0] = first;
  edges[length] = end;
  const view = {
    edges,
    min: new Float32Array(length),
    mean: new Float32Array(length),
    max: new Float32Array(length),
  };
  for (let k = 0; k < length; k += 1) {
    const from = edges[k] as number;
    const to = edges[k + 1] as number;
    const sums = await columnSums(store, level, from, to, k === 0 || k === length - 1);
    const none = sums.count === 0;
    view.min[k] = none ? NaN : sums.min * scale;
    view.mean[k] = none ? NaN : (sums.sum / sums.count) * scale;
    view.max[k] = none ? NaN : sums.max * scale;
  }
  return view;
}

async function columnSums(store: BlockStore, level: number, from: number, to: number, atEnd: boolean): Promise<Sums> {
  if (atEnd || level === 0) return sumsOf(store, from, to, level + 1);
  const sums = noSums();
  await store.addEntries(sums, level, from / chunkOf(level), to / chunkOf(level));
  return sums;
}

function levelFor(samplesPerColumn: number): number {
  let level = 0;
  while (level < levels && chunkOf(level + 1) * leastChunks <= samplesPerColumn) level += 1;
  return level;
}
