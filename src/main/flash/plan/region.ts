import type { MemoryRegion } from '../../../shared/domain/flash.ts';

/** One erase unit at its address. */
export interface Sector {
  address: number;
  bytes: number;
}

export function regionEnd(region: MemoryRegion): number {
  return region.address + region.bytes;
}

export function regionAt(memory: readonly MemoryRegion[], address: number): MemoryRegion | undefined {
  return memory.find((region) => address >= region.address && address < regionEnd(region));
}

/** Sectors of a region that overlap `[from, to)`, in order of address; none for RAM. */
export function sectorsWithin(region: MemoryRegion, from: number, to: number): Sector[] {
  const found: Sector[] = [];
  let start = region.address;
  for (const { count, bytes } of region.sectors) {
    const first = Math.max(0, Math.floor((from - start) / bytes));
    const end = Math.min(count, Math.ceil((to - start) / bytes));
    for (let index = first; index < end; index += 1) found.push({ address: start + index * bytes, bytes });
    start += count * bytes;
  }
  return found;
}
