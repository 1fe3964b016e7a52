import { describe, expect, it } from 'vitest';
import { compilePlan, readTflite } from '../../../src/main/model/index.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import type { ModelSpec, TensorSpec } from '../../support/tflite-builder.ts';
import { allOperatorsModel, convModel, denseModel } from './models.ts';

function tuned(spec: ModelSpec) {
  const { plan, image } = compilePlan(readTflite(buildTflite(spec)));
  const [op] = plan.ops;
  if (!op) throw new Error('no operator');
  return { op, names: plan.ops.map(({ kernelName }) => kernelName), view: new DataView(image.buffer), image };
}

function withTensor(spec: ModelSpec, index: number, change: Partial<TensorSpec>): ModelSpec {
  return { ...spec, tensors: spec.tensors.map((tensor, i) => (i === index ? { ...tensor, ...change } : tensor)) };
}

describe('packed operators', () => {
  it('puts everything that two channels of a convolution need into one block', () => {
    const { op, view, image } = tuned(convModel());
    const weights = [...(convModel().tensors[1]?.data ?? [])];
    const sum = (channel: number): number => weights.slice(9 * channel, 9 * channel + 9).reduce((a, b) => a + b, 0);
    expect(op).toMatchObject({ kernelName: 'convPackedS8', rowBytes: 8 + 24 + 12, requantCount: 0 });
    expect(view.getInt32(op.weights, true)).toBe(100 + 128 * sum(0));
    expect(view.getInt32(op.weights + 4, true)).toBe(-100 + 128 * sum(1));
    const zeros = [0, 0, 0];
    const groups = [0, 4, 8].flatMap((tap) =>
      [0, 1].flatMap((channel) => [
        ...weights.slice(9 * channel + tap, 9 * channel + Math.min(tap + 4, 9)),
        ...(tap === 8 ? zeros : []),
      ]),
    );
    expect([...new Int8Array(image.buffer, op.weights + 8, 24)]).toEqual(groups);
    // 0.5 * 0.5 / 3 is 0.667 2^-3; 0.5 * 0.25 / 3 is 0.667 2^-4.
    expect(view.getInt32(op.weights + 32, true)).toBe(Math.round((2 / 3) * 2 ** 31));
    expect([0, 1, 2, 3].map((byte) => view.getUint8(op.weights + 40 + byte))).toEqual([3, 4, 0, 0]);
  });

  it('keeps the portable kernel where a factor is 0.5 or more', () => {
    expect(tuned(withTensor(convModel(), 1, { scales: [0.5, 3] })).names).toEqual(['convS8']);
    expect(tuned(withTensor(denseModel(), 1, { scales: [1] })).names).toEqual(['fullyConnectedS8']);
  });

  it('keeps it where a sum may reach 2^30, unless the channel is a constant', () => {
    const large = { data: Int32Array.of(2 ** 30, 0) };
    expect(tuned(withTensor(convModel(), 2, large)).names).toEqual(['convS8']);
    const dead = Int8Array.from(convModel().tensors[1]?.data ?? [], (weight, i) => (i < 9 ? 0 : weight));
    const { op, view } = tuned(withTensor(withTensor(convModel(), 2, large), 1, { data: dead }));
    expect(op.kernelName).toBe('convPackedS8');
    // Far above what int8 can hold: 512 saturates as well.
    expect([0, 32].map((at) => view.getInt32(op.weights + at, true))).toEqual([4 * 512, 2 ** 30]);
    expect(view.getUint8(op.weights + 40)).toBe(1);
  });

  it('keeps it where a depthwise convolution has no whole groups of channels', () => {
    const all = allOperatorsModel();
    expect(tuned(all).names[1]).toBe('depthwisePackedS8');
    const channels = (shape: readonly number[]): number[] => shape.map((length) => (length === 4 ? 2 : length));
    const two = {
      ...all,
      tensors: all.tensors.slice(0, 7).map((tensor) => ({
        ...tensor,
        shape: channels(tensor.shape),
        ...(tensor.data
          ? {
              data: tensor.data.slice(
                0,
                channels(tensor.shape).reduce((a, b) => a * b, 1),
              ),
            }
          : {}),
        ...(tensor.scales && tensor.scales.length === 4 ? { scales: tensor.scales.slice(0, 2) } : {}),
      })),
      operators: all.operators.slice(0, 2),
      outputs: [6],
    };
    expect(tuned(two as ModelSpec).names).toEqual(['convPackedS8', 'depthwiseConvS8']);
  });
});
