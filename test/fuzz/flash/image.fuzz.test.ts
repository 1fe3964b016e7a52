import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainLayout, planFlash } from '../../../src/main/flash/plan/index.ts';
import { readImage } from '../../../src/main/flash/image/index.ts';
import type { FlashImage } from '../../../src/main/flash/types.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { counting, elfFile, endRecord, hexRecord, text } from '../../unit/flash/image/image-kit.ts';
import { boardFlash } from '../../unit/flash/plan/plan-kit.ts';

const board = boardFlash([
  { name: 'flash', kind: 'flash', address: 0, bytes: 0x10000, sectors: [{ count: 16, bytes: 0x1000 }], writeBytes: 16 },
  {
    name: 'bank 2',
    kind: 'flash',
    address: 0x08000000,
    bytes: 0x20000,
    sectors: [
      { count: 4, bytes: 0x4000 },
      { count: 1, bytes: 0x10000 },
    ],
    writeBytes: 8,
  },
]);
const elf = elfFile({
  segments: [
    { address: 0x08000000, bytes: counting(96) },
    { address: 0x08000100, virtualAddress: 0x20000000, bytes: counting(24) },
  ],
  sections: [
    { segment: 0, offset: 0, bytes: 0, type: 0, flags: 0 },
    { segment: 0, offset: 0, bytes: 96 },
    { segment: 1, offset: 0, bytes: 24 },
  ],
});
const hex = text(
  hexRecord(4, 0, [0x08, 0x00]),
  hexRecord(0, 0, [...counting(16)]),
  hexRecord(0, 0x10, [...counting(16)]),
  hexRecord(2, 0, [0x10, 0x00]),
  hexRecord(0, 0xfff8, [...counting(16)]),
  hexRecord(5, 0, [8, 0, 0, 1]),
  endRecord,
);

/** Whatever the bytes are: an image that keeps its promises, or a fault of ours. Says which. */
function use(bytes: Uint8Array, format?: FlashImage['format']): 'image' | 'fault' {
  let image: FlashImage;
  try {
    image = readImage(bytes, { name: 'x', format, baseAddress: 0x08000000 });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expect(error.code).toMatch(/^flash\.image/);
    return 'fault';
  }
  let end = -1;
  for (const { address, bytes: content } of image.segments) {
    expect(address).toBeGreaterThan(end);
    expect(content.length).toBeGreaterThan(0);
    end = address + content.length;
    expect(end).toBeLessThanOrEqual(2 ** 32);
  }
  try {
    const { erase, program, totalBytes } = planFlash(image, board);
    const layout = explainLayout(image, board);
    expect(layout.erasedBytes).toBe(erase.reduce((sum, sector) => sum + sector.bytes, 0));
    expect(layout.imageBytes + layout.alsoErased.reduce((sum, run) => sum + run.bytes, 0)).toBe(layout.erasedBytes);
    expect(program.reduce((sum, piece) => sum + piece.bytes.length, 0)).toBe(totalBytes);
    expect(totalBytes).toBeGreaterThanOrEqual(layout.imageBytes);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expect(error.code).toBe('flash.layoutOutside');
  }
  return 'image';
}

const change = fc.record({
  at: fc.nat(1023),
  what: fc.constantFrom('byte', 'word', 'cut', 'drop', 'double'),
  value: fc.oneof(
    fc.nat(0xff),
    fc.constantFrom(0xffffffff, 0x7fffffff, 0x80000000, 0x08000000, 52, 84),
    fc.nat(0xffffffff),
  ),
});

function changed(whole: Uint8Array, changes: readonly { at: number; what: string; value: number }[]): Uint8Array {
  let bytes = whole.slice();
  for (const { at: anywhere, what, value } of changes) {
    if (bytes.length < 8) break;
    const at = anywhere % (bytes.length - 4);
    if (what === 'byte') bytes[at] = value;
    else if (what === 'word') new DataView(bytes.buffer).setUint32(at & ~3, value, true);
    else if (what === 'cut') bytes = bytes.slice(0, at);
    else if (what === 'drop') bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + (value % 9))]);
    else bytes = Uint8Array.from([...bytes.subarray(0, at + 4), ...bytes.subarray(at)]);
  }
  return bytes;
}

describe('an image of any bytes', () => {
  it('ELF that was changed somewhere', () => {
    const outcomes = { image: 0, fault: 0 };
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        outcomes[use(changed(elf, changes), 'elf')] += 1;
      }),
      { numRuns: 10_000 },
    );
    expect(Math.min(outcomes.image, outcomes.fault)).toBeGreaterThan(500);
  });

  it('Intel HEX that was changed somewhere', () => {
    const outcomes = { image: 0, fault: 0 };
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        outcomes[use(changed(hex, changes), 'hex')] += 1;
      }),
      { numRuns: 6_000 },
    );
    expect(outcomes.fault).toBeGreaterThan(500);
  });

  it('Intel HEX of sound records in any order', () => {
    const outcomes = { image: 0, fault: 0 };
    const data = fc.array(fc.nat(255), { maxLength: 20 });
    const record = fc.oneof(
      { weight: 6, arbitrary: fc.tuple(fc.constant(0), fc.nat(0xffff), data) },
      {
        weight: 2,
        arbitrary: fc.tuple(
          fc.constantFrom(2, 4),
          fc.constant(0),
          fc.array(fc.nat(255), { minLength: 2, maxLength: 2 }),
        ),
      },
      { weight: 1, arbitrary: fc.tuple(fc.nat(6), fc.nat(0xffff), data) },
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const lines = records.map(([type, offset, bytes]) => hexRecord(type, offset, bytes));
        outcomes[use(text(...lines, endRecord), 'hex')] += 1;
      }),
      { numRuns: 6_000 },
    );
    expect(Math.min(outcomes.image, outcomes.fault)).toBeGreaterThan(500);
  });

  it('bytes of no format, under every name', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('elf', 'hex', 'bin', undefined),
        (bytes, format) => {
          use(bytes, format);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
