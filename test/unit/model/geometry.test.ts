import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisGeometry } from '../../../src/main/model/geometry.ts';

describe('axisGeometry', () => {
  it.each([
    [49, 10, 2, 25, 4, 5],
    [10, 4, 2, 5, 1, 1],
    [96, 3, 2, 48, 0, 1],
    [32, 3, 1, 32, 1, 1],
    [32, 1, 2, 16, 0, 0],
  ])('SAME: %i elements, kernel %i, stride %i', (input, kernel, stride, output, before, after) => {
    expect(axisGeometry(input, kernel, stride, 'SAME')).toEqual({ output, before, after });
  });

  it('VALID: whole windows only', () => {
    expect(axisGeometry(30, 3, 1, 'VALID')).toEqual({ output: 28, before: 0, after: 0 });
    expect(axisGeometry(5, 2, 2, 'VALID').output).toBe(2);
    expect(axisGeometry(2, 3, 1, 'VALID').output).toBe(0);
  });

  it('SAME: the last window ends within the padding, the odd element comes last', () => {
    const positive = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(positive(200), positive(20), positive(9), (input, kernel, stride) => {
        const { output, before, after } = axisGeometry(input, kernel, stride, 'SAME');
        const end = (output - 1) * stride - before + kernel;
        expect(output).toBe(Math.ceil(input / stride));
        expect(after - before === 0 || after - before === 1).toBe(true);
        if (before + after > 0) expect(end).toBe(input + after);
        else expect(end).toBeLessThanOrEqual(input);
      }),
    );
  });
});
