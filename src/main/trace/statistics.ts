import type { BlockStore } from './block-store.ts';
import { chunkOf } from './block-store.ts';
import { levels } from './layout.ts';
import { noSums } from './sums.ts';
import type { Sums } from './sums.ts';
import type { TraceHeader, TraceStatistics } from './types.ts';

/**
 * Sums of samples [first, end): whole chunks from the pyramid, as coarse as they fit, and the edges from the samples.
 * @param level the coarsest level to use; whoever knows that the interval is short spares the search.
 */
export async function sumsOf(store: BlockStore, first: number, end: number, level: number = levels): Promise<Sums> {
  const sums = noSums();
  await addRange(store, sums, first, end, level);
  return sums;
}

async function addRange(store: BlockStore, into: Sums, first: number, end: number, level: number): Promise<void> {
  if (first >= end) return;
  if (level === 0) {
    await store.addSamples(into, first, end);
    return;
  }
  const chunk = chunkOf(level);
  const from = Math.ceil(first / chunk);
  const to = Math.floor(end / chunk);
  if (from >= to) {
    await addRange(store, into, first, end, level - 1);
    return;
  }
  await addRange(store, into, first, from * chunk, level - 1);
  await store.addEntries(into, level, from, to);
  await addRange(store, into, to * chunk, end, level - 1);
}

/** Statistics in SI units of summed stored values. Energy and charge are those of the samples that are there; gaps add nothing. */
export function statisticsOf(
  { scale, quantity, sampleRateHz, voltageV }: TraceHeader,
  sums: Sums,
  { first, end, saturated }: { first: number; end: number; saturated: number },
): TraceStatistics {
  const none = sums.count === 0;
  const sum = sums.sum * scale;
  const timed = sum / sampleRateHz;
  const perVolt = (joule: number): number | null => (voltageV === null ? null : joule / voltageV);
  const byQuantity = {
    current: { energyJ: voltageV === null ? null : timed * voltageV, chargeC: timed },
    power: { energyJ: timed, chargeC: perVolt(timed) },
    energy: { energyJ: sum, chargeC: perVolt(sum) },
  };
  return {
    firstSample: first,
    endSample: end,
    count: sums.count,
    gaps: end - first - sums.count,
    saturated,
    min: none ? NaN : sums.min * scale,
    max: none ? NaN : sums.max * scale,
    mean: none ? NaN : sum / sums.count,
    rms: none ? NaN : Math.sqrt(sums.sumSquares / sums.count) * scale,
    sum,
    ...byQuantity[quantity],
  };
}
