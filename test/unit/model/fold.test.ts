import { describe, expect, it } from 'vitest';
import { compilePlan, readPlanImage, readTflite } from '../../../src/main/model/index.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import type { ModelSpec } from '../../support/tflite-builder.ts';
import { allOperatorsModel } from './models.ts';

/**
 * 1x1 convolution of 4 to 8 channels, of which the last four have no weights; 3x3 depthwise; 1x1 convolution. The dead channels give
 * the zero point, or one value above it.
 */
function deadChannels({ above, padding }: { above: number; padding: 'SAME' | 'VALID' }): ModelSpec {
  const image = (side: number, channels: number) => ({
    shape: [1, side, side, channels],
    scales: [0.1],
    zeroPoints: [-128],
  });
  const side = padding === 'SAME' ? 5 : 3;
  const scales = Array<number>(8).fill(0.1);
  const live = (length: number): number[] => Array.from({ length }, (_, i) => ((i * 29) % 101) - 50);
  return {
    tensors: [
      image(5, 4),
      { shape: [8, 1, 1, 4], data: Int8Array.from([...live(16), ...Array<number>(16).fill(0)]), scales, dimension: 0 },
      { shape: [8], type: 'int32', data: Int32Array.of(1, 2, 3, 4, ...Array<number>(4).fill(10 * above)) },
      image(5, 8),
      { shape: [1, 3, 3, 8], data: Int8Array.from(live(72)), scales, dimension: 3 },
      { shape: [8], type: 'int32', data: new Int32Array(8) },
      image(side, 8),
      { shape: [4, 1, 1, 8], data: Int8Array.from(live(32)), scales: [0.1, 0.1, 0.1, 0.1], dimension: 0 },
      { shape: [4], type: 'int32', data: Int32Array.of(5, 6, 7, 8) },
      image(side, 4),
    ],
    operators: [
      { code: 'CONV_2D', inputs: [0, 1, 2], outputs: [3], activation: 'RELU' },
      { code: 'DEPTHWISE_CONV_2D', inputs: [3, 4, 5], outputs: [6], padding, activation: 'RELU' },
      { code: 'CONV_2D', inputs: [6, 7, 8], outputs: [9], activation: 'RELU' },
    ],
    inputs: [0],
    outputs: [9],
  };
}

function fold(spec: ModelSpec) {
  return compilePlan(readTflite(buildTflite(spec)), { fold: true, kernels: 'portable' });
}

describe('folding of constant channels', () => {
  it('takes channels that give the zero point out of all three operators', () => {
    const { plan, folding, image } = fold(deadChannels({ above: 0, padding: 'SAME' }));
    expect(plan.ops.map((op) => [op.inC, op.outC])).toEqual([
      [4, 4],
      [4, 4],
      [4, 4],
    ]);
    expect(folding).toEqual({
      constantChannels: 8,
      removedChannels: 8,
      macsBefore: 25 * (32 + 72 + 32),
      macsAfter: 25 * (16 + 36 + 16),
    });
    expect(readPlanImage(image).folded).toBe(true);
  });

  it('folds another constant through a window without padding into the next bias', () => {
    const { plan, image } = fold(deadChannels({ above: 1, padding: 'VALID' }));
    expect(plan.ops.map((op) => op.outC)).toEqual([4, 4, 4]);
    const plain = compilePlan(readTflite(buildTflite(deadChannels({ above: 1, padding: 'VALID' }))), {
      kernels: 'portable',
    });
    const biases = (bytes: Uint8Array, at: number): number[] => [...new Int32Array(bytes.buffer, at, 4)];
    expect(biases(image, plan.ops[2]?.bias ?? 0)).not.toEqual(biases(plain.image, plain.plan.ops[2]?.bias ?? 0));
  });

  it('keeps such a constant where a padded window reads it', () => {
    const { plan, folding } = fold(deadChannels({ above: 1, padding: 'SAME' }));
    expect(plan.ops.map((op) => op.outC)).toEqual([8, 8, 4]);
    expect(folding).toMatchObject({ constantChannels: 4, removedChannels: 0 });
    expect(plan.folded).toBe(false);
  });

  it('is off by default, and nothing where no channel is constant', () => {
    expect(compilePlan(readTflite(buildTflite(deadChannels({ above: 0, padding: 'SAME' })))).plan.folded).toBe(false);
    const { plan, folding } = fold(allOperatorsModel());
    expect(plan.folded).toBe(false);
    expect(folding).toMatchObject({ removedChannels: 0 });
  });
});
