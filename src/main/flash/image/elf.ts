import { Fault } from '../../../shared/fault/index.ts';
import { maxImageBytes } from './segments.ts';
import type { Piece } from './segments.ts';

const headerBytes = 52;
const programHeaderBytes = 32;
const sectionHeaderBytes = 40;
const typeExecutable = 2;
const machineArm = 40;
const segmentLoad = 1;
const sectionNoBits = 8;
const sectionAllocated = 2;

interface Range {
  offset: number;
  bytes: number;
}

/** Whether a file starts like an ELF file. As the first word of a BIN image it would be a stack pointer that no core can have. */
export function looksLikeElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/**
 * What a loader puts into the memory: the file's part of each load segment, at its *physical* address (initial values of variables lie in
 * flash). Where there is a section table, only what sections fill: a linker whose pages are larger than the board's first free address puts
 * the file's own header into the first segment, below the program. Offsets: System V ABI, figures 4-3, 4-8 and 5-1; machine 40: ELF for the
 * Arm architecture.
 * @throws Fault `flash.imageNotElf`, `flash.imageMachine` (64 bit, big-endian, not Arm), `flash.imageNotLinked`, `flash.imageDamaged`.
 */
export function readElf(name: string, bytes: Uint8Array): Piece[] {
  if (!looksLikeElf(bytes)) throw new Fault('flash.imageNotElf', { name });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < headerBytes) throw damaged(name, 0, headerBytes, bytes.length);
  const bits = bytes[4] === 1 ? 32 : 64;
  const order = bytes[5] === 1 ? 'little' : 'big';
  const machine = view.getUint16(18, order === 'little');
  if (bits !== 32 || order !== 'little' || machine !== machineArm)
    throw new Fault('flash.imageMachine', { name, bits, order, machine });
  if (view.getUint16(16, true) !== typeExecutable)
    throw new Fault('flash.imageNotLinked', { name, type: view.getUint16(16, true) });
  const sections = filledSections(name, view);
  const pieces: Piece[] = [];
  let total = 0;
  for (const { offset, bytes: length, address } of loadSegments(name, view)) {
    for (const part of sections ? partsOf({ offset, bytes: length }, sections) : [{ offset, bytes: length }]) {
      total += part.bytes;
      // Headers may all point at the same bytes: stop before a small file becomes a large image.
      if (total > maxImageBytes)
        throw new Fault('flash.imageTooLarge', { name, bytes: total, maxBytes: maxImageBytes });
      pieces.push({
        address: address + part.offset - offset,
        bytes: bytes.subarray(part.offset, part.offset + part.bytes),
      });
    }
  }
  return pieces;
}

function loadSegments(name: string, view: DataView): (Range & { address: number })[] {
  const table = view.getUint32(28, true);
  const size = view.getUint16(42, true);
  const count = view.getUint16(44, true);
  if (count === 0) return [];
  if (size < programHeaderBytes) throw damaged(name, 42, programHeaderBytes, size);
  if (table + count * size > view.byteLength) throw damaged(name, table, count * size, view.byteLength);
  const segments: (Range & { address: number })[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = table + index * size;
    const bytes = view.getUint32(at + 16, true);
    if (view.getUint32(at, true) !== segmentLoad || bytes === 0) continue;
    const offset = view.getUint32(at + 4, true);
    if (offset + bytes > view.byteLength) throw damaged(name, offset, bytes, view.byteLength);
    segments.push({ offset, bytes, address: view.getUint32(at + 12, true) });
  }
  return segments;
}

/** File ranges of sections with bytes that are part of the image; undefined where the table was stripped. */
function filledSections(name: string, view: DataView): Range[] | undefined {
  const table = view.getUint32(32, true);
  const size = view.getUint16(46, true);
  const count = view.getUint16(48, true);
  if (table === 0 || count === 0) return undefined;
  if (size < sectionHeaderBytes) throw damaged(name, 46, sectionHeaderBytes, size);
  if (table + count * size > view.byteLength) throw damaged(name, table, count * size, view.byteLength);
  const ranges: Range[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = table + index * size;
    const allocated = (view.getUint32(at + 8, true) & sectionAllocated) !== 0;
    const bytes = view.getUint32(at + 20, true);
    if (!allocated || bytes === 0 || view.getUint32(at + 4, true) === sectionNoBits) continue;
    ranges.push({ offset: view.getUint32(at + 16, true), bytes });
  }
  return ranges;
}

/** What the sections fill of one segment. Sections never share bytes of the file; where a damaged one claims to, the image overlaps. */
function partsOf(segment: Range, sections: readonly Range[]): Range[] {
  const end = segment.offset + segment.bytes;
  return sections.flatMap(({ offset, bytes }) => {
    const from = Math.max(offset, segment.offset);
    const to = Math.min(offset + bytes, end);
    return to > from ? [{ offset: from, bytes: to - from }] : [];
  });
}

function damaged(name: string, offset: number, neededBytes: number, fileBytes: number): Fault {
  return new Fault('flash.imageDamaged', { name, offset, neededBytes, fileBytes });
}
