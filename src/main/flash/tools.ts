import type { MemoryRegion } from '../../shared/domain/flash.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { FlashJob, FlashPlan, ProbeChoice } from './types.ts';

/** An address as people write it: `0x08000100`. */
export function addressText(address: number): string {
  return `0x${address.toString(16).padStart(8, '0')}`;
}

export function byteText(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}

/** What a person calls a probe. */
export function probeText({ serial, kind, remote }: ProbeChoice): string {
  const names = { stlink: 'ST-LINK', cmsisDap: 'CMSIS-DAP', jlink: 'J-Link', other: 'probe' };
  if (serial !== '') return `${names[kind]} ${serial}`;
  return remote ? `${names[kind]} (virtual)` : names[kind];
}

/** Bytes handed to a tool at once: small enough for progress and cancelling, large enough that the tool's own work per piece does not count. */
const chunkBytes = 32 * 1024;

/** A plan's segments in pieces that start where a segment or a multiple of the chunk's size in it starts. */
export function chunksOf(segments: FlashPlan['program']): { address: number; bytes: Uint8Array }[] {
  return segments.flatMap(({ address, bytes }) => {
    const chunks = [];
    for (let start = 0; start < bytes.length; start += chunkBytes)
      chunks.push({ address: address + start, bytes: bytes.subarray(start, start + chunkBytes) });
    return chunks;
  });
}

/** Ranges to erase, cut at sectors into pieces of at least 64 KB, so that erasing shows progress and can be cancelled. */
export function erasePieces(
  ranges: FlashPlan['erase'],
  memory: readonly MemoryRegion[],
): { address: number; bytes: number }[] {
  const least = 64 * 1024;
  return ranges.flatMap((range) => {
    const end = range.address + range.bytes;
    const pieces = [];
    let start = range.address;
    for (const boundary of sectorEnds(memory)) {
      if (boundary <= start || boundary > end) continue;
      if (boundary - start >= least || boundary === end) {
        pieces.push({ address: start, bytes: boundary - start });
        start = boundary;
      }
    }
    if (start < end) pieces.push({ address: start, bytes: end - start });
    return pieces;
  });
}

function* sectorEnds(memory: readonly MemoryRegion[]): Generator<number> {
  for (const region of [...memory].sort((a, b) => a.address - b.address)) {
    let end = region.address;
    for (const { count, bytes } of region.sectors) for (let index = 0; index < count; index += 1) yield (end += bytes);
  }
}

export function isRam(address: number, memory: readonly MemoryRegion[]): boolean {
  return memory.some(
    (region) => region.kind === 'ram' && address >= region.address && address < region.address + region.bytes,
  );
}

/** @throws Fault `flash.targetNoPower` when the probe measures less than the board needs; a probe that measures nothing passes. */
export function refuseVoltage(board: FlashJob['board'], targetV: number | null): void {
  const minV = board.flash.minTargetV;
  if (targetV !== null && targetV < minV)
    throw new Fault('flash.targetNoPower', { board: board.title, foundV: targetV, minV });
}

/** @throws Fault `flash.deviceWrong` when the chip's register does not read what the board's entry says. */
export function refuseChip(board: FlashJob['board'], found: number): void {
  const expected = board.flash.chipId;
  if (!expected) return;
  const masked = (value: number): number => (value & expected.mask) >>> 0;
  if (expected.values.some((value) => masked(value) === masked(found))) return;
  throw new Fault('flash.deviceWrong', {
    board: board.title,
    register: expected.name,
    found: addressText(masked(found)),
    expected: expected.values.map((value) => addressText(masked(value))).join(' / '),
  });
}

/** The first byte that is not what was written, as `flash.verifyMismatch`; undefined when all are. */
export function firstDifference(
  board: FlashJob['board'],
  address: number,
  expected: Uint8Array,
  found: Uint8Array,
): Fault | undefined {
  const index = expected.findIndex((value, at) => value !== found[at]);
  if (index < 0) return undefined;
  return new Fault('flash.verifyMismatch', {
    board: board.title,
    address: addressText(address + index),
    found: byteText(found[index] ?? 0),
    expected: byteText(expected[index] ?? 0),
  });
}

/** Whether a fault leaves nobody who knows what the flash holds. */
export function probeIsGone(error: unknown): boolean {
  return (
    error instanceof Fault &&
    ['flash.probeStalled', 'flash.probeUnplugged', 'flash.probeMissing', 'flash.toolEnded'].includes(error.code)
  );
}

/** Negative when `a` is older than `b`; what was built after a release is newer than it. Texts such as `0.12.0`, `0.12.0+dev`. */
export function compareVersions(a: string, b: string): number {
  const read = (text: string): number[] => [
    ...[0, 1, 2].map((index) => Number.parseInt(text.split('+')[0]?.split('.')[index] ?? '0', 10) || 0),
    text.includes('+dev') ? 1 : 0,
  ];
  const left = read(a);
  const right = read(b);
  return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
