import { describe, expect, it } from 'vitest';
import { readImage } from '../../../../src/main/flash/image/index.ts';
import { counting, elfFile } from './image-kit.ts';

const read = (bytes: Uint8Array): ReturnType<typeof readImage> => readImage(bytes, { name: 'image.elf' });
const code = { address: 0x08000000, bytes: counting(64) };

describe('ELF images', () => {
  it('takes each load segment at its physical address, in order, neighbours joined', () => {
    const image = read(
      elfFile({
        segments: [
          { address: 0x08000040, virtualAddress: 0x20000000, bytes: counting(8, 65) },
          code,
          { address: 0x08001000, bytes: counting(4) },
          { address: 0x20000008, bytes: new Uint8Array(0), memoryBytes: 4096 },
          { address: 0x00000000, bytes: counting(16), type: 0x70000001 },
        ],
      }),
    );
    expect(image.segments).toEqual([
      { address: 0x08000000, bytes: counting(72) },
      { address: 0x08001000, bytes: counting(4) },
    ]);
    expect(image).toMatchObject({ name: 'image.elf', format: 'elf' });
    expect(image.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('leaves out what no section fills: the file header that a linker put before the program', () => {
    const image = read(
      elfFile({
        segments: [{ address: 0x08000000, bytes: counting(64) }],
        sections: [
          { segment: 0, offset: 0, bytes: 0, type: 0, flags: 0 },
          { segment: 0, offset: 16, bytes: 16 },
          { segment: 0, offset: 32, bytes: 8, type: 8 },
          { segment: 0, offset: 40, bytes: 8, flags: 0 },
          { segment: 0, offset: 60, bytes: 4 },
        ],
      }),
    );
    expect(image.segments).toEqual([
      { address: 0x08000010, bytes: counting(16, 17) },
      { address: 0x0800003c, bytes: counting(4, 61) },
    ]);
  });

  it.each([
    ['a 64-bit program', elfFile({ segments: [code], elfClass: 2 }), 'flash.imageMachine', { bits: 64 }],
    ['a big-endian program', elfFile({ segments: [code], data: 2 }), 'flash.imageMachine', { order: 'big' }],
    ['an x86 program', elfFile({ segments: [code], machine: 3 }), 'flash.imageMachine', { machine: 3 }],
    ['an object file', elfFile({ segments: [code], type: 1 }), 'flash.imageNotLinked', { type: 1 }],
    ['a position-independent program', elfFile({ segments: [code], type: 3 }), 'flash.imageNotLinked', { type: 3 }],
    ['a program without segments', elfFile({ segments: [] }), 'flash.imageEmpty', {}],
    ['half a header', elfFile({ segments: [code] }).subarray(0, 40), 'flash.imageDamaged', { fileBytes: 40 }],
    [
      'half a table',
      elfFile({ segments: [code] }).subarray(0, 60),
      'flash.imageDamaged',
      { offset: 52, neededBytes: 32 },
    ],
    [
      'half a segment',
      elfFile({ segments: [code] }).subarray(0, 100),
      'flash.imageDamaged',
      { offset: 84, neededBytes: 64 },
    ],
    [
      'no section table where one is announced',
      elfFile({ segments: [code], sections: [{ segment: 0, offset: 0, bytes: 64 }] }).subarray(0, 150),
      'flash.imageDamaged',
      { offset: 148 },
    ],
    [
      'two segments on one another',
      elfFile({ segments: [code, { address: 0x0800003f, bytes: counting(4) }] }),
      'flash.imageOverlap',
      { address: '0x0800003F' },
    ],
    [
      'a segment past the last address',
      elfFile({ segments: [{ address: 0xfffffffe, bytes: counting(4) }] }),
      'flash.imageAddress',
      { address: '0xFFFFFFFE' },
    ],
  ])('refuses %s', (_what, bytes, faultCode, facts) => {
    expect(() => read(bytes)).toThrow(
      expect.objectContaining({ code: faultCode, facts: expect.objectContaining(facts) as object }),
    );
  });

  it('does not let many headers make a small file large', () => {
    const bytes = elfFile({ segments: Array.from({ length: 4000 }, () => ({ address: 0, bytes: new Uint8Array(0) })) });
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < 4000; index += 1) view.setUint32(52 + 32 * index + 16, bytes.length, true);
    for (let index = 0; index < 4000; index += 1) view.setUint32(52 + 32 * index + 4, 0, true);
    expect(() => read(bytes)).toThrow(expect.objectContaining({ code: 'flash.imageTooLarge' }));
  });
});
