import { describe, expect, it } from 'vitest';
import { compilePlan, planImageToC, readPlanImage, readTflite } from '../../../src/main/model/index.ts';
import type { CompileOptions } from '../../../src/main/model/index.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import type { ModelSpec, OperatorSpec, TensorSpec } from '../../support/tflite-builder.ts';
import { allOperatorsModel, convModel, denseModel, faultOf } from './models.ts';

function compile(spec: ModelSpec, options?: CompileOptions) {
  return compilePlan(readTflite(buildTflite(spec), { name: 'made-up.tflite' }), options);
}

function withTensor(spec: ModelSpec, index: number, change: Partial<TensorSpec>): ModelSpec {
  return { ...spec, tensors: spec.tensors.map((tensor, i) => (i === index ? { ...tensor, ...change } : tensor)) };
}

function withOperator(spec: ModelSpec, index: number, change: Partial<OperatorSpec>): ModelSpec {
  return { ...spec, operators: spec.operators.map((op, i) => (i === index ? { ...op, ...change } : op)) };
}

describe('compilePlan', () => {
  it('lowers each operator to its kernel, in order', () => {
    const { plan, image } = compile(allOperatorsModel(), { workloadId: 'ic01', kernels: 'portable' });
    expect(plan.ops.map((op) => op.kernelName)).toEqual([
      'convS8',
      'depthwiseConvS8',
      'addS8',
      'averagePoolS8',
      'reshape',
      'fullyConnectedS8',
      'softmaxS8',
    ]);
    expect(plan.ops.map((op) => op.sourceOp)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(plan).toMatchObject({ modelId: 'ic01', folded: false, sourceSha256: null, imageBytes: image.length });
    expect(plan.input).toMatchObject({ bytes: 90, transform: 'uint8', payloadBytes: 90, zeroPoint: -128 });
    expect(plan.output).toMatchObject({ bytes: 3, transform: 'scores', resultCount: 3, scale: 1 / 256 });
  });

  it('folds the input zero point into the bias of a convolution and pads its rows', () => {
    const { plan, image } = compile(convModel(), { kernels: 'portable' });
    const view = new DataView(image.buffer);
    const [op] = plan.ops;
    if (!op) throw new Error('no operator');
    const weights = convModel().tensors[1]?.data ?? [];
    const sum = [...weights].slice(0, 9).reduce((total, weight) => total + weight, 0);
    expect(view.getInt32(op.bias, true)).toBe(100 + 128 * sum);
    expect(op.rowBytes).toBe(16);
    expect([...new Int8Array(image.buffer, op.weights, 16)]).toEqual([
      ...[...weights].slice(0, 9),
      0,
      0,
      0,
      0,
      0,
      0,
      0,
    ]);
    expect([op.padTop, op.padLeft, op.lo, op.hi]).toEqual([1, 1, -128, 127]);
  });

  it('places a reshape in place and gives every block a multiple of 16', () => {
    const { plan } = compile(allOperatorsModel());
    const reshape = plan.ops[4];
    expect(reshape?.in0).toBe(reshape?.out);
    for (const op of plan.ops) {
      for (const offset of [op.in0, op.in1, op.out, op.scratch, op.weights, op.bias, op.multipliers, op.shifts]) {
        expect(offset % 16).toBe(0);
      }
    }
  });

  it('writes the same bytes twice, and other bytes for another id or source', () => {
    const sourceSha256 = 'ab'.repeat(32);
    const first = compile(allOperatorsModel(), { workloadId: 'ic01', sourceSha256 });
    expect(compile(allOperatorsModel(), { workloadId: 'ic01', sourceSha256 }).image).toEqual(first.image);
    expect(compile(allOperatorsModel(), { workloadId: 'ic02', sourceSha256 }).image).not.toEqual(first.image);
    expect(readPlanImage(first.image)).toMatchObject({ modelId: 'ic01', sourceSha256 });
  });

  it('takes the activation range from the output scale', () => {
    const range = (activation: 'NONE' | 'RELU' | 'RELU6', scale: number, zeroPoint: number) => {
      const spec = withTensor(withOperator(denseModel(), 0, { activation }), 3, {
        scales: [scale],
        zeroPoints: [zeroPoint],
      });
      const op = compile(spec).plan.ops[0];
      return [op?.lo, op?.hi];
    };
    expect(range('NONE', 0.75, -4)).toEqual([-128, 127]);
    expect(range('RELU', 0.75, -4)).toEqual([-4, 127]);
    expect(range('RELU6', 0.75, -4)).toEqual([-4, 4]);
    expect(range('RELU6', 0.04, -128)).toEqual([-128, 22]);
    expect(range('RELU6', 0.001, -128)).toEqual([-128, 127]);
  });

  it('derives a reconstruction from equal lengths, and follows the caller', () => {
    const spec = withTensor(
      withTensor(denseModel(), 1, { shape: [4, 2], data: Int8Array.of(1, 2, 3, 4, 5, 6, 7, 8) }),
      0,
      { shape: [1, 2] },
    );
    const square = withTensor(withTensor(spec, 2, { shape: [4], data: Int32Array.of(1, 2, 3, 4) }), 3, {
      shape: [2, 2],
    });
    expect(compile(withTensor(square, 3, { shape: [1, 4] })).plan.output.transform).toBe('scores');
    const same = withTensor(withTensor(denseModel(), 1, { shape: [4, 4], data: new Int8Array(16).fill(1) }), 3, {
      shape: [1, 4],
    });
    const equal = withTensor(same, 2, { shape: [4], data: Int32Array.of(1, 2, 3, 4) });
    expect(compile(equal).plan).toMatchObject({
      input: { transform: 'float32le', payloadBytes: 16 },
      output: { resultCount: 1 },
    });
    expect(compile(equal, { inputFormat: 'int8', result: 'scores' }).plan.output.resultCount).toBe(4);
  });
});

describe('refusals name operator, index and model', () => {
  const all = allOperatorsModel();
  // prettier-ignore
  const cases: [string, ModelSpec, string, object][] = [
    ['an operator without kernel', withOperator(all, 3, { code: 'MAX_POOL_2D' }), 'model.unsupportedOperator', { operator: 'MAX_POOL_2D', index: 3 }],
    ['a custom operator', withOperator(all, 6, { code: 'CUSTOM', customCode: 'MyOp' }), 'model.unsupportedOperator', { operator: 'MyOp', index: 6 }],
    ['float activations', withTensor(denseModel(), 0, { type: 'float32' }), 'model.unsupportedTypes', { operator: 'FULLY_CONNECTED', types: ['input float32', 'weights int8', 'bias int32', 'output int8'] }],
    ['int16 output', withTensor(all, 7, { type: 'int16' }), 'model.unsupportedTypes', { operator: 'ADD', index: 2 }],
    ['dilation', withOperator(all, 0, { dilationW: 2 }), 'model.unsupportedOption', { option: 'dilation_w_factor', value: '2' }],
    ['an unknown activation', withOperator(all, 0, { activation: 'RELU_N1_TO_1' }), 'model.unsupportedOption', { option: 'fused_activation_function' }],
    ['no stride', withOperator(all, 0, { strideH: 0 }), 'model.unsupportedOption', { option: 'stride_h', value: '0' }],
    ['a depth multiplier that contradicts the shapes', withOperator(all, 1, { depthMultiplier: 2 }), 'model.unsupportedOption', { option: 'depth_multiplier' }],
    ['shuffled weights', withOperator(denseModel(), 0, { weightsFormat: 1 }), 'model.unsupportedOption', { option: 'weights_format' }],
    ['beta of 0', withOperator(all, 6, { beta: 0 }), 'model.unsupportedOption', { option: 'beta' }],
    ['a batch', withTensor(withTensor(convModel(), 0, { shape: [2, 5, 4, 1] }), 3, { shape: [2, 3, 4, 2] }), 'model.shape', { operator: 'CONV_2D', tensor: 'input', found: '2x5x4x1' }],
    ['an output of another shape', withTensor(convModel(), 3, { shape: [1, 3, 3, 2] }), 'model.shape', { tensor: 'output', expected: '1x3x4x2' }],
    ['grouped convolution', withTensor(convModel(), 0, { shape: [1, 5, 4, 2] }), 'model.shape', { tensor: 'weights' }],
    ['weights with a zero point', withTensor(denseModel(), 1, { zeroPoints: [1] }), 'model.quantization', { tensor: 'weights' }],
    ['weights without scale', withTensor(denseModel(), 1, { scales: [] }), 'model.quantization', { found: '0 scales, dimension 0' }],
    ['scales along another dimension', withTensor(convModel(), 1, { dimension: 3 }), 'model.quantization', { tensor: 'weights' }],
    ['a scale that is no number', withTensor(denseModel(), 0, { scales: [Number.NaN] }), 'model.quantization', { tensor: 'input' }],
    ['a zero point outside int8', withTensor(denseModel(), 0, { zeroPoints: [200] }), 'model.quantization', { found: 'zero point 200' }],
    ['a pool between scales', withTensor(all, 8, { scales: [0.08] }), 'model.quantization', { operator: 'AVERAGE_POOL_2D', index: 3 }],
    ['another softmax scale', withTensor(all, 13, { scales: [0.004] }), 'model.quantization', { operator: 'SOFTMAX' }],
    ['a factor beyond any shift', withTensor(denseModel(), 1, { scales: [2 ** 40] }), 'model.quantization', { tensor: 'output' }],
    ['a constant where data is computed', withOperator(denseModel(), 0, { inputs: [1, 1, 2] }), 'model.operands', { inputs: [1, 1, 2] }],
    ['weights that are computed', withTensor(all, 1, { data: undefined as never }), 'model.operands', { operator: 'CONV_2D' }],
    ['an operand too few', withOperator(all, 2, { inputs: [3] }), 'model.operands', { operator: 'ADD' }],
    ['operators out of order', { ...all, operators: [...all.operators].reverse() }, 'model.order', { operator: 'SOFTMAX', index: 0, tensor: 12 }],
    ['a tensor written twice', { ...denseModel(), operators: [...denseModel().operators, ...denseModel().operators] }, 'model.order', { index: 1, tensor: 3 }],
  ];
  const text = createText();

  it.each(cases)('%s', (_, spec, code, facts) => {
    const fault = faultOf(() => compile(spec));
    expect(fault).toMatchObject({ code, facts: { model: 'made-up.tflite', ...facts } });
    const words = text.fault(fault);
    expect(words.what).toContain('made-up.tflite');
    expect(words.what).not.toMatch(/[{}]/);
  });

  it('a second operand of another shape', () => {
    const spec = withTensor(all, 6, { shape: [1, 6, 5, 1] });
    expect(faultOf(() => compile(spec)).code).toBe('model.shape');
  });

  it('refuses ids, hashes and formats that an image cannot hold', () => {
    expect(faultOf(() => compile(denseModel(), { workloadId: 'KWS 01' })).code).toBe('model.id');
    expect(faultOf(() => compile(denseModel(), { workloadId: 'a'.repeat(40) })).code).toBe('model.id');
    expect(compile(denseModel(), { workloadId: 'a'.repeat(39) }).plan.modelId).toHaveLength(39);
    expect(faultOf(() => compile(denseModel(), { sourceSha256: 'abc' })).code).toBe('model.sourceSha256');
    expect(faultOf(() => compile(denseModel(), { inputFormat: 'int16le' })).code).toBe('model.inputFormat');
    expect(faultOf(() => compile(denseModel(), { result: 'meanSquaredDifference' })).code).toBe(
      'model.resultTransform',
    );
  });
});

describe('planImageToC', () => {
  it('holds the bytes of the image, aligned, and nothing else of the model', () => {
    const { image } = compile(allOperatorsModel(), { workloadId: 'ic01' });
    const source = planImageToC(image);
    expect(source).toContain(`_Alignas(16) const uint8_t jb_model[${String(image.length)}] = {`);
    expect(source).toContain(`const uint32_t jb_model_bytes = ${String(image.length)}u;`);
    const bytes = [...source.matchAll(/0x([0-9a-f]{2}),/g)].map((match) => parseInt(match[1] ?? '', 16));
    expect(Uint8Array.from(bytes)).toEqual(image);
    expect(source).toMatch(/^[\x20-\x7e\n]*$/);
  });
});
