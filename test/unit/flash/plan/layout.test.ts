import { describe, expect, it } from 'vitest';
import { flashLayoutSchema } from '../../../../src/shared/domain/flash.ts';
import { explainLayout } from '../../../../src/main/flash/plan/index.ts';
import { boardFlash, image, smallMemory } from './plan-kit.ts';

describe('explainLayout', () => {
  it('puts the file map beside the memory map and says what else is erased', () => {
    const layout = explainLayout(image([0x100e, 4], [0x1058, 16]), boardFlash(smallMemory));
    expect(flashLayoutSchema.parse(layout)).toEqual({
      image: [
        { address: 0x100e, bytes: 4, region: 'bank 1' },
        { address: 0x1058, bytes: 8, region: 'bank 1' },
        { address: 0x1060, bytes: 8, region: 'bank 2' },
      ],
      memory: [
        {
          name: 'bank 1',
          kind: 'flash',
          address: 0x1000,
          bytes: 96,
          imageBytes: 12,
          erased: [{ address: 0x1000, bytes: 96 }],
        },
        {
          name: 'bank 2',
          kind: 'flash',
          address: 0x1060,
          bytes: 128,
          imageBytes: 8,
          erased: [{ address: 0x1060, bytes: 128 }],
        },
        { name: 'RAM', kind: 'ram', address: 0x2000, bytes: 256, imageBytes: 0, erased: [] },
      ],
      sectors: 4,
      imageBytes: 20,
      programmedBytes: 32,
      erasedBytes: 224,
      alsoErased: [
        { address: 0x1000, bytes: 14 },
        { address: 0x1012, bytes: 70 },
        { address: 0x1068, bytes: 120 },
      ],
    });
  });

  it('erases and loses nothing where the image is loaded into RAM', () => {
    const layout = explainLayout(image([0x2000, 16]), boardFlash(smallMemory.slice(2)));
    expect(layout).toMatchObject({ sectors: 0, erasedBytes: 0, alsoErased: [], programmedBytes: 16 });
  });
});
