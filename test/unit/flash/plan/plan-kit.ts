import type { BoardFlash, MemoryRegion } from '../../../../src/shared/domain/flash.ts';
import type { FlashImage } from '../../../../src/main/flash/types.ts';

/** Sectors of 16, 16 and 64 bytes, and one of 128 in a second region right behind; units of 8; RAM elsewhere. */
export const smallMemory: MemoryRegion[] = [
  {
    name: 'bank 1',
    kind: 'flash',
    address: 0x1000,
    bytes: 96,
    sectors: [
      { count: 2, bytes: 16 },
      { count: 1, bytes: 64 },
    ],
    writeBytes: 8,
  },
  { name: 'bank 2', kind: 'flash', address: 0x1060, bytes: 128, sectors: [{ count: 1, bytes: 128 }], writeBytes: 8 },
  { name: 'RAM', kind: 'ram', address: 0x2000, bytes: 256, sectors: [], writeBytes: 1 },
];

export function boardFlash(memory: MemoryRegion[]): BoardFlash {
  return { memory, chipId: null, minTargetV: 1.8, openocd: null, pyocd: null, probes: [] };
}

export function image(...segments: [address: number, bytes: number][]): FlashImage {
  return {
    name: 'image.elf',
    format: 'elf',
    sha256: '0'.repeat(64),
    segments: segments.map(([address, bytes]) => ({ address, bytes: new Uint8Array(bytes).fill(0x55) })),
  };
}
