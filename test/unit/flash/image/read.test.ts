import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readImage } from '../../../../src/main/flash/image/index.ts';
import { counting, elfFile, endRecord, hexRecord, text } from './image-kit.ts';

const elf = elfFile({ segments: [{ address: 0x08000000, bytes: counting(8) }] });
const hex = text(hexRecord(0, 0, [1, 2]), endRecord);
const bin = counting(10, 0x20);

describe('readImage', () => {
  it.each([
    ['an ELF file whatever it is called', elf, 'image.bin', 'elf'],
    ['a HEX file by its ending', hex, 'IMAGE.IHX', 'hex'],
    ['a HEX file by its first line', hex, 'image', 'hex'],
    ['a BIN file by its ending', hex, 'image.bin', 'bin'],
  ] as const)('knows %s', (_what, bytes, name, format) => {
    expect(readImage(bytes, { name, baseAddress: 0 }).format).toBe(format);
  });

  it('puts a BIN image where it is told, without holding on to the file', () => {
    const file = bin.slice();
    const image = readImage(file, { name: 'image.bin', baseAddress: 0x08004000 });
    const sha256 = createHash('sha256').update(bin).digest('hex');
    file.fill(0);
    expect(image).toEqual({
      name: 'image.bin',
      format: 'bin',
      sha256,
      segments: [{ address: 0x08004000, bytes: bin }],
    });
  });

  it.each([
    ['nothing', new Uint8Array(0), { name: 'image.bin', baseAddress: 0 }, 'flash.imageEmpty'],
    ['a BIN image without base address', bin, { name: 'image.bin' }, 'flash.imageNoBase'],
    ['what nobody can name', bin, { name: 'image.dat', baseAddress: 0 }, 'flash.imageFormat'],
    ['a HEX file said to be ELF', hex, { name: 'image.hex', format: 'elf' as const }, 'flash.imageNotElf'],
    ['an ELF file said to be HEX', elf, { name: 'image.elf', format: 'hex' as const }, 'flash.imageHexSyntax'],
    ['a BIN image past the last address', bin, { name: 'a.bin', baseAddress: 0xfffffffa }, 'flash.imageAddress'],
    ['a BIN image at no address', bin, { name: 'a.bin', baseAddress: -1 }, 'flash.imageAddress'],
    ['a BIN image between two addresses', bin, { name: 'a.bin', baseAddress: 0.5 }, 'flash.imageAddress'],
    [
      'more than any part holds',
      new Uint8Array(64 * 1024 * 1024 + 1),
      { name: 'a.bin', baseAddress: 0 },
      'flash.imageTooLarge',
    ],
  ])('refuses %s', (_what, bytes, options, code) => {
    expect(() => readImage(bytes, options)).toThrow(expect.objectContaining({ code }));
  });
});
