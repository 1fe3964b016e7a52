import { describe, expect, it } from 'vitest';
import { describeModel } from '../../../src/main/model/index.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import { allOperatorsModel, denseModel } from './models.ts';

describe('describeModel', () => {
  it('sums multiplications and bytes, and says what the plan needs', () => {
    const summary = describeModel(buildTflite(allOperatorsModel()), { name: 'all.tflite' });
    expect(summary.operators.map(({ macs }) => macs)).toEqual([30 * 108, 30 * 36, 0, 0, 0, 12, 0]);
    expect(summary).toMatchObject({
      name: 'all.tflite',
      macs: 30 * 108 + 30 * 36 + 12,
      weightBytes: 108 + 36 + 12,
      biasBytes: 16 + 16 + 12,
      input: { type: 'int8', shape: [1, 6, 5, 3], zeroPoint: -128 },
      output: { type: 'int8', shape: [1, 3], scale: 1 / 256 },
      memory: { activationPeakBytes: 360, activationPeakOp: 2 },
      refusal: null,
    });
  });

  it('describes a model that cannot be compiled, with the reason', () => {
    const spec = denseModel();
    const tensors = spec.tensors.map((tensor) => ({
      shape: tensor.shape,
      type: 'float32' as const,
      ...(tensor.data ? { data: Float32Array.from(tensor.data) } : {}),
    }));
    const summary = describeModel(buildTflite({ ...spec, tensors }));
    expect(summary).toMatchObject({
      macs: 8,
      weightBytes: 32,
      memory: null,
      refusal: { code: 'model.unsupportedTypes' },
    });
    expect(summary.input).toEqual({ type: 'float32', shape: [1, 4], scale: null, zeroPoint: null });
  });
});
