import { Fault } from '../../shared/fault/index.ts';

/** A section of a 32-bit little-endian ELF file. */
export interface ElfSection {
  name: string;
  address: number;
  bytes: number;
  /** It is part of the loaded image (SHF_ALLOC). */
  allocated: boolean;
  /** It has no bytes in the file (SHT_NOBITS). */
  empty: boolean;
}

const sectionHeaderBytes = 40;
const typeNoBits = 8;
const flagAlloc = 2;

/**
 * The section table of an ELF file, as far as the memory report needs it. Field offsets: System V ABI, figure 4-3 and 4-8.
 * @throws Fault `firmware.elf` for anything that is not a whole 32-bit little-endian ELF file.
 */
export function readElfSections(bytes: Uint8Array): ElfSection[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bad = (problem: string): Fault => new Fault('firmware.elf', { problem });
  if (bytes.length < 52 || view.getUint32(0, false) !== 0x7f454c46) throw bad('magic');
  if (bytes[4] !== 1 || bytes[5] !== 1) throw bad('class');
  const table = view.getUint32(32, true);
  const count = view.getUint16(48, true);
  const names = view.getUint16(50, true);
  if (view.getUint16(46, true) !== sectionHeaderBytes || names >= count) throw bad('section headers');
  if (table + count * sectionHeaderBytes > bytes.length) throw bad('section headers');
  const field = (section: number, offset: number): number =>
    view.getUint32(table + section * sectionHeaderBytes + offset, true);
  const nameFrom = field(names, 16);
  const nameEnd = nameFrom + field(names, 20);
  if (nameEnd > bytes.length) throw bad('section names');
  const nameAt = (offset: number): string => {
    const start = nameFrom + offset;
    if (start >= nameEnd) throw bad('section names');
    const end = bytes.indexOf(0, start);
    return Buffer.from(bytes.subarray(start, end < 0 ? nameEnd : Math.min(end, nameEnd))).toString('latin1');
  };
  return Array.from({ length: count }, (_, section) => ({
    name: nameAt(field(section, 0)),
    address: field(section, 12),
    bytes: field(section, 20),
    allocated: (field(section, 8) & flagAlloc) !== 0,
    empty: field(section, 4) === typeNoBits,
  }));
}
