import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFlash } from '../../../../src/main/flash/plan/index.ts';
import { boardFlash, image, smallMemory } from './plan-kit.ts';

const board = boardFlash(smallMemory);

describe('planFlash', () => {
  it('rounds outwards to write units with 0xFF and erases whole sectors, each an entry', () => {
    const plan = planFlash(image([0x100e, 4]), board);
    expect(plan.erase).toEqual([
      { address: 0x1000, bytes: 16 },
      { address: 0x1010, bytes: 16 },
    ]);
    expect(plan.program).toEqual([
      {
        address: 0x1008,
        bytes: Uint8Array.from([...Array(6).fill(0xff), 0x55, 0x55, 0x55, 0x55, ...Array(6).fill(0xff)] as number[]),
      },
    ]);
    expect(plan.totalBytes).toBe(16);
  });

  it('programs stretches that meet in one unit together, and others apart', () => {
    const plan = planFlash(image([0x1000, 3], [0x1005, 1], [0x1020, 8]), board);
    expect(plan.program.map(({ address, bytes }) => [address, [...bytes]])).toEqual([
      [0x1000, [0x55, 0x55, 0x55, 0xff, 0xff, 0x55, 0xff, 0xff]],
      [0x1020, Array(8).fill(0x55)],
    ]);
    expect(plan.erase).toEqual([
      { address: 0x1000, bytes: 16 },
      { address: 0x1020, bytes: 64 },
    ]);
  });

  it('cuts a stretch at the border of two regions', () => {
    const plan = planFlash(image([0x1058, 16]), board);
    expect(plan.program.map(({ address, bytes }) => [address, bytes.length])).toEqual([
      [0x1058, 8],
      [0x1060, 8],
    ]);
    expect(plan.erase).toEqual([
      { address: 0x1020, bytes: 64 },
      { address: 0x1060, bytes: 128 },
    ]);
  });

  it('names the first byte that the board has no memory for', () => {
    expect(() => planFlash(image([0x10d0, 32]), board)).toThrow(
      expect.objectContaining({
        code: 'flash.layoutOutside',
        facts: {
          name: 'image.elf',
          address: '0x000010E0',
          bytes: 16,
          regions: ['bank 1 0x00001000-0x0000105F', 'bank 2 0x00001060-0x000010DF', 'RAM 0x00002000-0x000020FF'],
        },
      }),
    );
    expect(() => planFlash(image([0xff0, 32]), board)).toThrow(
      expect.objectContaining({
        code: 'flash.layoutOutside',
        facts: expect.objectContaining({ address: '0x00000FF0', bytes: 16 }) as object,
      }),
    );
  });

  it('does not load the RAM of a board that has flash', () => {
    expect(() => planFlash(image([0x1000, 8], [0x2000, 8]), board)).toThrow(
      expect.objectContaining({
        code: 'flash.layoutRam',
        facts: expect.objectContaining({ address: '0x00002000', region: 'RAM' }) as object,
      }),
    );
  });

  it('has nothing to erase on a board that is loaded into RAM', () => {
    const plan = planFlash(image([0x2001, 8]), boardFlash(smallMemory.slice(2)));
    expect(plan.erase).toEqual([]);
    expect(plan.program).toEqual([{ address: 0x2001, bytes: new Uint8Array(8).fill(0x55) }]);
  });

  it('keeps every byte of the image, writes nothing else but 0xFF, and only inside what it erases', () => {
    const stretches = fc.array(fc.tuple(fc.integer({ min: 0, max: 223 }), fc.integer({ min: 1, max: 60 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(stretches, (cuts) => {
        const held = new Set<number>();
        for (const [from, length] of cuts)
          for (let at = from; at < Math.min(224, from + length); at += 1) held.add(0x1000 + at);
        const addresses = [...held].sort((a, b) => a - b);
        const segments: [number, number][] = [];
        for (const address of addresses) {
          const last = segments.at(-1);
          if (last && last[0] + last[1] === address) last[1] += 1;
          else segments.push([address, 1]);
        }
        const plan = planFlash(image(...segments), board);
        const written = new Map<number, number>();
        for (const { address, bytes } of plan.program) {
          expect(address % 8).toBe(0);
          expect(bytes.length % 8).toBe(0);
          bytes.forEach((byte, index) => {
            expect(written.has(address + index)).toBe(false);
            written.set(address + index, byte);
          });
        }
        expect(written.size).toBe(plan.totalBytes);
        for (const [address, byte] of written) {
          expect(byte).toBe(held.has(address) ? 0x55 : 0xff);
          expect(
            plan.erase.some((sector) => address >= sector.address && address < sector.address + sector.bytes),
          ).toBe(true);
        }
        for (const address of held) expect(written.has(address)).toBe(true);
        for (const sector of plan.erase)
          expect(
            addresses.some((address) => address >= sector.address && address < sector.address + sector.bytes),
          ).toBe(true);
        expect(plan.erase.map(({ address }) => address)).toEqual(
          [...new Set(plan.erase.map(({ address }) => address))].sort((a, b) => a - b),
        );
      }),
      { numRuns: 300 },
    );
  });
});
