/** What a made-up ELF file says; what is left out is that of a sound program. */
export interface ElfSketch {
  segments: { address: number; bytes: Uint8Array; virtualAddress?: number; type?: number; memoryBytes?: number }[];
  /** Offsets count from the start of the segment's bytes; undefined writes no section table. */
  sections?: { segment: number; offset: number; bytes: number; type?: number; flags?: number }[];
  type?: number;
  machine?: number;
  elfClass?: number;
  data?: number;
}

/** A little ELF file: header, program headers, the segments' bytes, section headers. */
export function elfFile(sketch: ElfSketch): Uint8Array {
  const { segments, sections } = sketch;
  const dataAt = 52 + 32 * segments.length;
  const offsets: number[] = [];
  let end = dataAt;
  for (const { bytes } of segments) {
    offsets.push(end);
    end += bytes.length;
  }
  const file = new Uint8Array(end + 40 * (sections?.length ?? 0));
  const view = new DataView(file.buffer);
  const word = (at: number, value: number): void => view.setUint32(at, value, true);
  const half = (at: number, value: number): void => view.setUint16(at, value, true);
  file.set([0x7f, 0x45, 0x4c, 0x46, sketch.elfClass ?? 1, sketch.data ?? 1, 1]);
  half(16, sketch.type ?? 2);
  half(18, sketch.machine ?? 40);
  word(28, 52);
  word(32, sections ? end : 0);
  half(40, 52);
  half(42, 32);
  half(44, segments.length);
  half(46, 40);
  half(48, sections?.length ?? 0);
  segments.forEach(({ address, bytes, virtualAddress, type, memoryBytes }, index) => {
    const at = 52 + 32 * index;
    word(at, type ?? 1);
    word(at + 4, offsets[index] ?? 0);
    word(at + 8, virtualAddress ?? address);
    word(at + 12, address);
    word(at + 16, bytes.length);
    word(at + 20, memoryBytes ?? bytes.length);
    file.set(bytes, offsets[index]);
  });
  sections?.forEach(({ segment, offset, bytes, type, flags }, index) => {
    const at = end + 40 * index;
    word(at + 4, type ?? 1);
    word(at + 8, flags ?? 2);
    word(at + 16, (offsets[segment] ?? 0) + offset);
    word(at + 20, bytes);
  });
  return file;
}

/** One record of an Intel HEX file, with its checksum. */
export function hexRecord(type: number, offset: number, data: readonly number[]): string {
  const bytes = [data.length, offset >> 8, offset & 0xff, type, ...data];
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return `:${[...bytes, -sum & 0xff].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('')}`;
}

export const endRecord = hexRecord(1, 0, []);

export function text(...lines: string[]): Uint8Array {
  return new TextEncoder().encode(lines.join('\n'));
}

/** Bytes `first`, `first` + 1, ... */
export function counting(length: number, first = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (first + index) & 0xff);
}
