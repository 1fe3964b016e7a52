import { Fault } from '../../../shared/fault/index.ts';

/** A piece of an image as a reader met it; pieces may come in any order. */
export interface Piece {
  address: number;
  bytes: Uint8Array;
  /** Line of a text format, from 1. */
  line?: number | undefined;
}

/** More than any part that this app flashes can hold, external memory included: a larger image is a mistake. */
export const maxImageBytes = 64 * 1024 * 1024;
export const addressSpaceBytes = 2 ** 32;

/** `0x08000100`: how an address stands in the facts of a fault. */
export function hexAddress(address: number): string {
  return `0x${address.toString(16).toUpperCase().padStart(8, '0')}`;
}

/**
 * Pieces in order of address, neighbours joined.
 * @throws Fault `flash.imageEmpty`, `flash.imageTooLarge`, `flash.imageAddress` past 32 bits, `flash.imageOverlap` where a byte is given twice.
 */
export function joinPieces(name: string, pieces: readonly Piece[]): { address: number; bytes: Uint8Array }[] {
  const filled = pieces.filter(({ bytes }) => bytes.length > 0);
  if (filled.length === 0) throw new Fault('flash.imageEmpty', { name });
  const total = filled.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (total > maxImageBytes) throw new Fault('flash.imageTooLarge', { name, bytes: total, maxBytes: maxImageBytes });
  // A stable sort: of two pieces at one address the one that came first in the file stays first.
  const sorted = filled.toSorted((a, b) => a.address - b.address);
  const runs: Piece[][] = [];
  let end = -1;
  for (const piece of sorted) {
    if (piece.address < end) throw overlap(name, piece);
    const last = piece.address === end ? runs.at(-1) : undefined;
    if (last) last.push(piece);
    else runs.push([piece]);
    end = piece.address + piece.bytes.length;
    if (end > addressSpaceBytes) throw new Fault('flash.imageAddress', { name, address: hexAddress(piece.address) });
  }
  return runs.map((run) => ({ address: run[0]?.address ?? 0, bytes: concatenated(run) }));
}

function overlap(name: string, { address, line }: Piece): Fault {
  const facts = { name, address: hexAddress(address) };
  return line === undefined
    ? new Fault('flash.imageOverlap', facts)
    : new Fault('flash.imageHexOverlap', { ...facts, line });
}

function concatenated(pieces: readonly Piece[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let at = 0;
  for (const { bytes } of pieces) {
    whole.set(bytes, at);
    at += bytes.length;
  }
  return whole;
}
