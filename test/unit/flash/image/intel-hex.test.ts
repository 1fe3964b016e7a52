import { describe, expect, it } from 'vitest';
import { readImage } from '../../../../src/main/flash/image/index.ts';
import { counting, endRecord, hexRecord, text } from './image-kit.ts';

const read = (bytes: Uint8Array): ReturnType<typeof readImage> => readImage(bytes, { name: 'image.hex' });
const linear = hexRecord(4, 0, [0x08, 0x00]);
const data = hexRecord(0, 0x10, [1, 2, 3, 4]);

describe('Intel HEX images', () => {
  it('reads data behind extended linear addresses, in any order, and passes over start addresses', () => {
    const image = read(
      text(
        linear,
        hexRecord(0, 0x14, [5, 6]),
        data,
        hexRecord(5, 0, [0x08, 0, 1, 0xc1]),
        hexRecord(4, 0, [0x08, 0x01]),
        hexRecord(0, 0xfffe, [9, 9, 9]),
        hexRecord(3, 0, [0, 0, 0, 0]),
        endRecord,
      ),
    );
    expect(image.format).toBe('hex');
    expect(image.segments).toEqual([
      { address: 0x08000010, bytes: counting(6) },
      { address: 0x0801fffe, bytes: Uint8Array.of(9, 9, 9) },
    ]);
  });

  it('wraps data of segment addressing inside its 64 KiB', () => {
    const image = read(text(hexRecord(2, 0, [0x10, 0x00]), hexRecord(0, 0xffff, [1, 2]), endRecord));
    expect(image.segments).toEqual([
      { address: 0x10000, bytes: Uint8Array.of(2) },
      { address: 0x1ffff, bytes: Uint8Array.of(1) },
    ]);
  });

  it.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['blanks and empty lines', ' \t\n\n  \n'],
  ])('lets lines end with %s, in small letters too', (_what, ending) => {
    const bytes = new TextEncoder().encode([linear, data, endRecord].join(ending).toLowerCase() + ending);
    expect(read(bytes).segments).toEqual([{ address: 0x08000010, bytes: counting(4) }]);
  });

  it.each([
    ['a line of another format', [linear, 'S1130000', endRecord], 'flash.imageHexSyntax', { line: 2 }],
    ['a digit that is none', [linear, data.replace('01', '0G')], 'flash.imageHexSyntax', { line: 2 }],
    ['a record cut short', [linear, data.slice(0, -2)], 'flash.imageHexSyntax', { line: 2 }],
    ['half a byte', [data.slice(0, -1)], 'flash.imageHexSyntax', { line: 1 }],
    [
      'a byte changed',
      [linear, '', data.replace('04EA', '14EA').replace('0304', '0305')],
      'flash.imageHexChecksum',
      { line: 3 },
    ],
    ['a record type that no core uses', [hexRecord(6, 0, [])], 'flash.imageHexRecord', { line: 1, type: '06' }],
    ['an end with data', [hexRecord(1, 0, [1])], 'flash.imageHexRecord', { type: '01', bytes: 1 }],
    ['an address of one byte', [hexRecord(4, 0, [1])], 'flash.imageHexRecord', { type: '04', bytes: 1 }],
    ['records after the end', [linear, data, endRecord, '', data], 'flash.imageHexAfterEnd', { line: 5 }],
    ['no end', [linear, data], 'flash.imageHexNoEnd', {}],
    ['no data', [linear, endRecord], 'flash.imageEmpty', {}],
    [
      'the same byte twice',
      [linear, data, hexRecord(0, 0x13, [7]), endRecord],
      'flash.imageHexOverlap',
      { line: 3, address: '0x08000013' },
    ],
    [
      'data past the last address',
      [hexRecord(4, 0, [0xff, 0xff]), hexRecord(0, 0xffff, [1, 2]), endRecord],
      'flash.imageAddress',
      { address: '0xFFFFFFFF' },
    ],
  ])('refuses %s, with its line', (_what, lines, code, facts) => {
    expect(() => read(text(...lines))).toThrow(
      expect.objectContaining({ code, facts: expect.objectContaining(facts) as object }),
    );
  });

  it('says which checksum a line should have', () => {
    expect(() => read(text(':0400100001020304E3'))).toThrow(
      expect.objectContaining({ facts: { name: 'image.hex', line: 1, found: 'E3', expected: 'E2' } }),
    );
  });
});
