import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slideBytes } from '../../../src/main/model/slide.ts';
import type { SlideShape } from '../../../src/main/model/slide.ts';

/** Marks what each pixel reads and writes, and moves the output down until no write reaches a later read. */
function bySimulation(op: SlideShape, kernelH: number, kernelW: number, inH: number): number {
  const pixels = Array.from({ length: op.outH * op.outW }, (_, p) => {
    const [top, left] = [Math.floor(p / op.outW) * op.strideH - op.padTop, (p % op.outW) * op.strideW - op.padLeft];
    const [y, x] = [Math.max(top, 0), Math.max(left, 0)];
    const inside = y < Math.min(top + kernelH, inH) && x < Math.min(left + kernelW, op.inW);
    return inside ? (y * op.inW + x) * op.inC : Infinity;
  });
  let slide = 0;
  pixels.forEach((_, p) => {
    const later = Math.min(...pixels.slice(p + 1));
    if (later !== Infinity) slide = Math.max(slide, (p + 1) * op.outC - later);
  });
  return slide;
}

const shapes = fc
  .record({
    inH: fc.integer({ min: 1, max: 9 }),
    inW: fc.integer({ min: 1, max: 9 }),
    inC: fc.integer({ min: 1, max: 6 }),
    outC: fc.integer({ min: 1, max: 6 }),
    kernelH: fc.integer({ min: 1, max: 5 }),
    kernelW: fc.integer({ min: 1, max: 5 }),
    strideH: fc.integer({ min: 1, max: 4 }),
    strideW: fc.integer({ min: 1, max: 4 }),
    padTop: fc.nat(4),
    padLeft: fc.nat(4),
    shrinkH: fc.nat(3),
    shrinkW: fc.nat(3),
  })
  .filter(({ kernelH, kernelW, padTop, padLeft }) => padTop < kernelH && padLeft < kernelW)
  .map((shape) => {
    // As many outputs as the loader accepts at most, or a few less.
    const outputs = (length: number, pad: number, stride: number, less: number): number =>
      Math.max(1, Math.ceil((length + pad) / stride) - less);
    return {
      ...shape,
      outH: outputs(shape.inH, shape.padTop, shape.strideH, shape.shrinkH),
      outW: outputs(shape.inW, shape.padLeft, shape.strideW, shape.shrinkW),
    };
  });

describe('slideBytes', () => {
  it('is the smallest distance at which no output reaches what a later pixel reads', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        expect(slideBytes(shape)).toBe(bySimulation(shape, shape.kernelH, shape.kernelW, shape.inH));
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the figures of the reference models', () => {
    const shape = { strideH: 1, strideW: 1, padTop: 1, padLeft: 1 };
    expect(slideBytes({ ...shape, inW: 5, inC: 64, outH: 25, outW: 5, outC: 64 })).toBe(384);
    expect(slideBytes({ ...shape, inW: 32, inC: 16, outH: 32, outW: 32, outC: 16 })).toBe(528);
    const pointwise = { strideH: 1, strideW: 1, padTop: 0, padLeft: 0 };
    expect(slideBytes({ ...pointwise, inW: 48, inC: 8, outH: 48, outW: 48, outC: 16 })).toBe(18_424);
    expect(slideBytes({ ...pointwise, inW: 5, inC: 64, outH: 25, outW: 5, outC: 64 })).toBe(0);
  });
});
