import type { BoardFlash, MemoryRegion } from '../../../shared/domain/flash.ts';
import { Fault } from '../../../shared/fault/index.ts';
import { hexAddress } from '../image/index.ts';
import type { FlashImage } from '../types.ts';
import { regionAt, regionEnd } from './region.ts';

/** A stretch of the image inside one region of the board. */
export interface ImagePiece {
  region: MemoryRegion;
  address: number;
  bytes: Uint8Array;
}

/**
 * The image cut at the borders of the board's regions.
 * @throws Fault `flash.layoutOutside` for the first byte that no region has; `flash.layoutRam` for bytes in the RAM of a board that has flash
 * (they would be gone at the reset).
 */
export function piecesOnBoard(image: FlashImage, { memory }: BoardFlash): ImagePiece[] {
  const hasFlash = memory.some(({ kind }) => kind === 'flash');
  return image.segments.flatMap((segment) => {
    const end = segment.address + segment.bytes.length;
    const pieces: ImagePiece[] = [];
    for (let address = segment.address; address < end;) {
      const region = regionAt(memory, address);
      if (!region) throw outside(image, memory, address, end);
      const to = Math.min(end, regionEnd(region));
      if (region.kind === 'ram' && hasFlash)
        throw new Fault('flash.layoutRam', {
          name: image.name,
          address: hexAddress(address),
          bytes: to - address,
          region: region.name,
        });
      pieces.push({
        region,
        address,
        bytes: segment.bytes.subarray(address - segment.address, to - segment.address),
      });
      address = to;
    }
    return pieces;
  });
}

function outside(image: FlashImage, memory: readonly MemoryRegion[], address: number, end: number): Fault {
  const next = Math.min(end, ...memory.map((region) => region.address).filter((start) => start > address));
  return new Fault('flash.layoutOutside', {
    name: image.name,
    address: hexAddress(address),
    bytes: next - address,
    regions: memory.map(
      (region) => `${region.name} ${hexAddress(region.address)}-${hexAddress(regionEnd(region) - 1)}`,
    ),
  });
}
