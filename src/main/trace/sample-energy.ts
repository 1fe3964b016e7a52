import type { TraceHeader } from './types.ts';

/** What a stored value is to be multiplied with to give the energy of its sample in J; null where that cannot be known. */
export function joulesPerStored(header: TraceHeader, voltageV: number | null = header.voltageV): number | null {
  const { quantity, scale, sampleRateHz } = header;
  if (quantity === 'energy') return scale;
  if (quantity === 'power') return scale / sampleRateHz;
  return voltageV === null ? null : (scale * voltageV) / sampleRateHz;
}
