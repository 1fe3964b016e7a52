import type { BoardFlash, FlashLayout } from '../../../shared/domain/flash.ts';
import type { FlashImage } from '../types.ts';
import { piecesOnBoard } from './pieces.ts';
import { planFlash } from './plan.ts';
import { regionEnd } from './region.ts';

type Stretch = FlashLayout['alsoErased'][number];

/**
 * The file map beside the memory map, as plain data for a screen: where each stretch of the image goes, what of each region is erased and
 * programmed, and what else lies in the erased sectors and is lost.
 * @throws Fault as `planFlash`.
 */
export function explainLayout(image: FlashImage, board: BoardFlash): FlashLayout {
  const { erase, totalBytes } = planFlash(image, board);
  const pieces = piecesOnBoard(image, board).map(({ region, address, bytes }) => ({
    address,
    bytes: bytes.length,
    region: region.name,
  }));
  const erasedRuns = joined(erase);
  return {
    image: pieces,
    memory: board.memory.map((region) => ({
      name: region.name,
      kind: region.kind,
      address: region.address,
      bytes: region.bytes,
      imageBytes: sum(pieces.filter((piece) => piece.region === region.name)),
      erased: erasedRuns.flatMap((run) => clipped(run, region.address, regionEnd(region))),
    })),
    sectors: erase.length,
    imageBytes: sum(pieces),
    programmedBytes: totalBytes,
    erasedBytes: sum(erase),
    alsoErased: erasedRuns.flatMap((run) => without(run, pieces)),
  };
}

function sum(stretches: readonly Stretch[]): number {
  return stretches.reduce((total, { bytes }) => total + bytes, 0);
}

/** Neighbours as one stretch. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const runs: Stretch[] = [];
  for (const { address, bytes } of stretches) {
    const last = runs.at(-1);
    if (last && last.address + last.bytes === address) last.bytes += bytes;
    else runs.push({ address, bytes });
  }
  return runs;
}

function clipped({ address, bytes }: Stretch, from: number, to: number): Stretch[] {
  const start = Math.max(address, from);
  const end = Math.min(address + bytes, to);
  return end > start ? [{ address: start, bytes: end - start }] : [];
}

/** What remains of a stretch when others, in order of address, are taken out. */
function without(run: Stretch, taken: readonly Stretch[]): Stretch[] {
  const end = run.address + run.bytes;
  const rest: Stretch[] = [];
  let at = run.address;
  for (const { address, bytes } of taken) {
    if (address >= end || address + bytes <= at) continue;
    if (address > at) rest.push({ address: at, bytes: address - at });
    at = address + bytes;
  }
  if (at < end) rest.push({ address: at, bytes: end - at });
  return rest;
}
