import { describe, expect, it } from 'vitest';
import { memoryFigures, readElfSections } from '../../../src/main/firmware/index.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { makeElf } from './elf.ts';

const elf = makeElf([
  { name: '.vectors', bytes: 64 },
  { name: '.text', bytes: 1000 },
  { name: '.rodata', bytes: 200 },
  { name: '.known', bytes: 60 },
  { name: '.model', bytes: 3000 },
  { name: '.data', bytes: 12 },
  { name: '.bss', bytes: 500 },
  { name: '.arena', bytes: 800 },
  { name: '.payload', bytes: 490 },
  { name: '.stack', bytes: 4096 },
  { name: '.debug_info', bytes: 9999, allocated: false },
]);

describe('the memory report', () => {
  it('adds up the sections of the image', () => {
    expect(memoryFigures(readElfSections(elf))).toEqual({
      flash: { code: 1064, weights: 3000, constants: 272, total: 4336 },
      ram: { data: 12, bss: 500, arena: 800, payload: 490, stack: 4096, total: 5898 },
    });
  });
});

describe('the reader of ELF files', () => {
  it('gives name, address and size of every section', () => {
    const section = readElfSections(elf).find(({ name }) => name === '.text');
    expect(section).toEqual({ name: '.text', address: 0x2000, bytes: 1000, allocated: true, empty: false });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['another file', new Uint8Array(100)],
    ['a 64-bit file', Uint8Array.from(elf, (value, index) => (index === 4 ? 2 : value))],
    ['half a file', elf.subarray(0, elf.length - 1)],
  ])('refuses %s', (_, bytes) => {
    expect(() => readElfSections(bytes)).toThrow('firmware.elf');
  });

  it('answers 20,000 damaged files with sections or a fault', () => {
    let state = 1;
    const below = (limit: number): number => {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * limit);
    };
    let refused = 0;
    for (let number = 0; number < 20_000; number++) {
      const bytes = new Uint8Array(elf.subarray(0, below(4) === 0 ? below(elf.length) : elf.length));
      for (let change = 0; change <= below(4); change++) bytes[below(bytes.length)] = below(256);
      try {
        readElfSections(bytes);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(4000);
    expect(refused).toBeLessThan(20_000);
  });
});
