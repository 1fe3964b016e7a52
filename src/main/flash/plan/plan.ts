import type { BoardFlash, MemoryRegion } from '../../../shared/domain/flash.ts';
import type { FlashImage, FlashPlan } from '../types.ts';
import { piecesOnBoard } from './pieces.ts';
import type { ImagePiece } from './pieces.ts';
import { regionEnd, sectorsWithin } from './region.ts';
import type { Sector } from './region.ts';

/** What erased flash reads as, on every part of the catalogue. */
const erased = 0xff;

/**
 * Decides what is erased and programmed before anything is touched: every sector that holds a byte of the image, one entry each; the image
 * rounded outwards to the board's write unit with 0xFF. Stretches that meet in one write unit are programmed together. A board whose regions
 * are RAM (emulated boards that are loaded, not flashed) has nothing to erase.
 * @throws Fault `flash.layoutOutside`, `flash.layoutRam`.
 */
export function planFlash(image: FlashImage, board: BoardFlash): FlashPlan {
  const groups = grouped(piecesOnBoard(image, board));
  const program = groups.map(padded);
  const erase: Sector[] = [];
  for (const { region, from, to } of groups)
    for (const sector of sectorsWithin(region, from, to)) {
      const last = erase.at(-1);
      if (last === undefined || sector.address > last.address) erase.push(sector);
    }
  return { erase, program, totalBytes: program.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

interface Group {
  region: MemoryRegion;
  from: number;
  to: number;
  pieces: ImagePiece[];
}

/** Pieces rounded to write units; neighbours in one unit, or side by side in one region, are one group. */
function grouped(pieces: readonly ImagePiece[]): Group[] {
  const groups: Group[] = [];
  for (const piece of pieces) {
    const { region } = piece;
    const unit = region.writeBytes;
    const from = region.address + Math.floor((piece.address - region.address) / unit) * unit;
    const upTo = region.address + Math.ceil((piece.address + piece.bytes.length - region.address) / unit) * unit;
    const to = Math.min(upTo, regionEnd(region));
    const last = groups.at(-1);
    if (last?.region === region && from <= last.to) {
      last.to = Math.max(last.to, to);
      last.pieces.push(piece);
    } else groups.push({ region, from, to, pieces: [piece] });
  }
  return groups;
}

function padded({ from, to, pieces }: Group): { address: number; bytes: Uint8Array } {
  const bytes = new Uint8Array(to - from).fill(erased);
  for (const piece of pieces) bytes.set(piece.bytes, piece.address - from);
  return { address: from, bytes };
}
