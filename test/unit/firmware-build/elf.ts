/** A section of a made-up ELF file. */
export interface MadeUpSection {
  name: string;
  bytes: number;
  allocated?: boolean;
}

/** The smallest 32-bit little-endian ELF file that has these sections in its table. */
export function makeElf(sections: readonly MadeUpSection[]): Uint8Array {
  const all = [
    { name: '', bytes: 0, allocated: false },
    ...sections,
    { name: '.shstrtab', bytes: 0, allocated: false },
  ];
  const names = all.map(({ name }) => Buffer.from(`${name}\0`, 'latin1'));
  const strings = Buffer.concat(names);
  const table = 52 + strings.length;
  const bytes = new Uint8Array(table + 40 * all.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]);
  view.setUint32(32, table, true);
  view.setUint16(46, 40, true);
  view.setUint16(48, all.length, true);
  view.setUint16(50, all.length - 1, true);
  bytes.set(strings, 52);
  let name = 0;
  all.forEach((section, index) => {
    const at = table + 40 * index;
    const isNames = index === all.length - 1;
    view.setUint32(at, name, true);
    view.setUint32(at + 4, isNames ? 3 : 1, true);
    view.setUint32(at + 8, section.allocated === false ? 0 : 2, true);
    view.setUint32(at + 12, 0x1000 * index, true);
    view.setUint32(at + 16, isNames ? 52 : 0, true);
    view.setUint32(at + 20, isNames ? strings.length : section.bytes, true);
    name += names[index]?.length ?? 0;
  });
  return bytes;
}
