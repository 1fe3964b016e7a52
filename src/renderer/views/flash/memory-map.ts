import type { FlashLayout } from '../../../shared/domain/flash.ts';

export interface Stretch {
  address: number;
  bytes: number;
}

/** A stretch as shares of its region's length, 0 to 1. */
export interface Band {
  start: number;
  length: number;
  stretch: Stretch;
}

/** What is drawn of one region: where the file goes, and what is erased. */
export interface RegionMap {
  name: string;
  address: number;
  bytes: number;
  image: readonly Band[];
  erased: readonly Band[];
}

/** A row of the table: what becomes of a stretch of the memory. */
export interface StretchRow extends Stretch {
  region: string;
  what: 'program' | 'lose';
}

/** The regions that something happens in, and all flash. Thin stretches keep a length that can be seen. */
export function regionMaps(layout: FlashLayout): RegionMap[] {
  return layout.memory
    .filter(({ kind, imageBytes, erased }) => kind === 'flash' || imageBytes > 0 || erased.length > 0)
    .map(({ name, address, bytes, erased }) => {
      const band = (stretch: Stretch): Band => {
        const length = Math.min(1, Math.max(0.004, stretch.bytes / bytes));
        return { start: Math.min(1 - length, (stretch.address - address) / bytes), length, stretch };
      };
      return {
        name,
        address,
        bytes,
        image: layout.image.filter(({ region }) => region === name).map(band),
        erased: erased.map(band),
      };
    });
}

/** By address: what is programmed, and what is erased beside it. */
export function stretchRows(layout: FlashLayout): StretchRow[] {
  const regionOf = ({ address }: Stretch): string =>
    layout.memory.find((region) => address >= region.address && address < region.address + region.bytes)?.name ?? '';
  return [
    ...layout.image.map((stretch): StretchRow => ({ ...stretch, what: 'program' })),
    ...layout.alsoErased.map((stretch): StretchRow => ({ ...stretch, region: regionOf(stretch), what: 'lose' })),
  ].toSorted((a, b) => a.address - b.address);
}

/** `0x0800 0000` as people write it: eight digits. */
export function hexAddress(address: number): string {
  return `0x${address.toString(16).toUpperCase().padStart(8, '0')}`;
}

/** First and last byte. */
export function hexRange({ address, bytes }: Stretch): string {
  return `${hexAddress(address)} – ${hexAddress(address + Math.max(1, bytes) - 1)}`;
}
