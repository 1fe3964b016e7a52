import type { PerTensor, OpContext } from './op-context.ts';
import { axisGeometry } from './geometry.ts';
import { limits } from './limits.ts';
import type { WindowOptions } from './operator-options.ts';
import { alignUp } from './plan-op.ts';
import type { LoweredOp, OpConstants, Pair } from './plan-op.ts';
import { elementCount } from './tflite.ts';
import type { TfliteTensor } from './tflite.ts';

/** The three operators that have weights: CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED. */
interface Operands {
  input: TfliteTensor;
  weights: TfliteTensor;
  bias: TfliteTensor | undefined;
  output: TfliteTensor;
  inScale: PerTensor;
  outScale: PerTensor;
}

function operands(context: OpContext): Operands {
  const { inputs } = context.op;
  if (inputs.length < 2 || inputs.length > 3) context.badOperands();
  const input = context.input(0);
  const weights = context.input(1);
  const bias = context.tensor(inputs[2]);
  const output = context.output();
  context.requireTypes([
    ['input', input, 'int8'],
    ['weights', weights, 'int8'],
    ['bias', bias, 'int32'],
    ['output', output, 'int8'],
  ]);
  context.requireActivation(input);
  const inScale = context.perTensor('input', input);
  return { input, weights, bias, output, inScale, outScale: context.perTensor('output', output) };
}

/** The biases as numbers; zeros where the model has none. */
function biasValues(context: OpContext, bias: TfliteTensor | undefined, channels: number): Int32Array {
  const values = new Int32Array(channels);
  if (!bias) return values;
  context.requireElements('bias', bias, channels);
  const data = context.requireConstant(bias);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return values.map((_, i) => view.getInt32(4 * i, true));
}

/** Copies `count` rows of `length` bytes to rows of a multiple of 16 bytes, zeros after each. */
function padRows(data: Uint8Array, count: number, length: number): Int8Array {
  const rowBytes = alignUp(length);
  const rows = new Int8Array(count * rowBytes);
  const signed = new Int8Array(data.buffer, data.byteOffset, data.byteLength);
  for (let row = 0; row < count; row++) rows.set(signed.subarray(row * length, (row + 1) * length), row * rowBytes);
  return rows;
}

/**
 * bias - z_in sum(w) of each row (section 3.3): lets the kernel multiply raw values. Wraps like the int32 accumulator that
 * it is added to, so the sum is exact.
 */
function foldZeroPoint(bias: Int32Array, rows: Int8Array, zeroPoint: number): Int32Array {
  const rowBytes = rows.length / bias.length;
  return bias.map((value, channel) => {
    let sum = 0;
    for (const weight of rows.subarray(channel * rowBytes, (channel + 1) * rowBytes)) sum += weight;
    return value - zeroPoint * sum;
  });
}

interface WindowPlan {
  kernelSize: Pair;
  stride: Pair;
  pad: Pair;
}

/** Checks stride, padding and the output's shape of an operator that slides a window; returns the window as the kernels want it. */
export function windowPlan(
  context: OpContext,
  options: WindowOptions,
  kernelSize: Pair,
  input: TfliteTensor,
  output: TfliteTensor,
  channels: number,
): WindowPlan {
  const { padding } = options;
  if (padding !== 'SAME' && padding !== 'VALID') return context.badOption('padding', padding);
  const stride = [options.strideH, options.strideW] as const;
  stride.forEach((value, axis) => {
    if (value < 1 || value > limits.stride) context.badOption(axis === 0 ? 'stride_h' : 'stride_w', value);
  });
  const [batch = 0, height = 0, width = 0] = input.shape;
  if (batch !== 1) context.badShape('input', input.shape, '1x?x?x?');
  const vertical = axisGeometry(height, kernelSize[0], stride[0], padding);
  const horizontal = axisGeometry(width, kernelSize[1], stride[1], padding);
  context.requireSame('output', output.shape, [1, vertical.output, horizontal.output, channels]);
  context.requireDimensions('output', output.shape);
  return { kernelSize, stride, pad: [vertical.before, horizontal.before] };
}

function requireNoDilation(context: OpContext, options: { dilationH: number; dilationW: number }): void {
  if (options.dilationH !== 1) context.badOption('dilation_h_factor', options.dilationH);
  if (options.dilationW !== 1) context.badOption('dilation_w_factor', options.dilationW);
}

function shape3(tensor: TfliteTensor): readonly [number, number, number] {
  const [, height = 0, width = 0, channels = 0] = tensor.shape;
  return [height, width, channels];
}

/** Factors s_in s_w / s_out in double (section 3.1). */
function convFactors(scales: readonly number[], inScale: number, outScale: number): number[] {
  return scales.map((scale) => (inScale * scale) / outScale);
}

export function lowerConv(context: OpContext): LoweredOp {
  const { options } = context.op;
  if (options.kind !== 'conv') return context.badOperands();
  const { input, weights, bias, output, inScale, outScale } = operands(context);
  requireNoDilation(context, options);
  context.requireRank('input', input, 4);
  context.requireRank('weights', weights, 4);
  const [channels = 0, kernelH = 0, kernelW = 0, depth = 0] = weights.shape;
  if (depth !== input.shape[3]) context.badShape('weights', weights.shape, `?x?x?x${String(input.shape[3])}`);
  const window = windowPlan(context, options, [kernelH, kernelW], input, output, channels);
  const row = kernelH * kernelW * depth;
  if (row > limits.rowTaps) context.badShape('weights', weights.shape, `taps <= ${String(limits.rowTaps)}`);
  const scales = context.weightScales(weights, 0);
  const rows = padRows(context.requireConstant(weights), channels, row);
  const constants: OpConstants = {
    weights: rows,
    bias: foldZeroPoint(biasValues(context, bias, channels), rows, inScale.zeroPoint),
    ...context.multipliers(convFactors(scales, inScale.scale, outScale.scale)),
  };
  const direct = kernelH === 1 && kernelW === 1 && depth % 16 === 0;
  return {
    kernel: 'convS8',
    sourceOp: context.op.index,
    inputs: [input.index],
    output: output.index,
    inShape: shape3(input),
    outShape: shape3(output),
    ...window,
    inZeroPoint: inScale.zeroPoint,
    outZeroPoint: outScale.zeroPoint,
    ...context.range(options.activation, outScale),
    rowBytes: alignUp(row),
    scratchBytes: direct ? 0 : alignUp(row),
    requantCount: scales.length,
    constants,
  };
}

export function lowerDepthwise(context: OpContext): LoweredOp {
  const { options } = context.op;
  if (options.kind !== 'depthwise') return context.badOperands();
  const { input, weights, bias, output, inScale, outScale } = operands(context);
  requireNoDilation(context, options);
  context.requireRank('input', input, 4);
  context.requireRank('weights', weights, 4);
  const [one = 0, kernelH = 0, kernelW = 0, channels = 0] = weights.shape;
  if (one !== 1) context.badShape('weights', weights.shape, '1x?x?x?');
  const depth = input.shape[3] ?? 0;
  // The reference takes the multiplier from the shapes; a file that contradicts itself is refused.
  if (channels % depth !== 0) context.badShape('weights', weights.shape, `1x?x?x(${String(depth)} n)`);
  if (options.depthMultiplier !== channels / depth) context.badOption('depth_multiplier', options.depthMultiplier);
  const window = windowPlan(context, options, [kernelH, kernelW], input, output, channels);
  const taps = kernelH * kernelW;
  if (taps > limits.windowTaps) context.badShape('weights', weights.shape, `taps <= ${String(limits.windowTaps)}`);
  const scales = context.weightScales(weights, 3);
  return {
    kernel: 'depthwiseConvS8',
    sourceOp: context.op.index,
    inputs: [input.index],
    output: output.index,
    inShape: shape3(input),
    outShape: shape3(output),
    ...window,
    inZeroPoint: inScale.zeroPoint,
    outZeroPoint: outScale.zeroPoint,
    ...context.range(options.activation, outScale),
    rowBytes: alignUp(channels),
    scratchBytes: 0,
    requantCount: scales.length,
    constants: {
      weights: padRows(context.requireConstant(weights), taps, channels),
      bias: biasValues(context, bias, channels),
      ...context.multipliers(convFactors(scales, inScale.scale, outScale.scale)),
    },
  };
}

/** Factors of FULLY_CONNECTED: with one scale the product s_in s_w is rounded to float32 (section 3.1), else as for CONV_2D. */
function fullyConnectedFactors(scales: readonly number[], inScale: number, outScale: number): number[] {
  const [scale] = scales;
  if (scale === undefined || scales.length > 1) return convFactors(scales, inScale, outScale);
  return [Math.fround(inScale * scale) / outScale];
}

export function lowerFullyConnected(context: OpContext): LoweredOp {
  const { options } = context.op;
  if (options.kind !== 'fullyConnected') return context.badOperands();
  const { input, weights, bias, output, inScale, outScale } = operands(context);
  if (options.weightsFormat !== 0) context.badOption('weights_format', options.weightsFormat);
  context.requireRank('weights', weights, 2);
  const [channels = 0, depth = 0] = weights.shape;
  if (depth > limits.rowTaps) context.badShape('weights', weights.shape, `taps <= ${String(limits.rowTaps)}`);
  const rows = elementCount(input.shape) / depth;
  if (!Number.isInteger(rows) || rows < 1) context.badShape('input', input.shape, `?x${String(depth)}`);
  context.requireElements('output', output, rows * channels);
  context.requireDimensions('output', [rows, channels]);
  const scales = context.weightScales(weights, 0);
  const padded = padRows(context.requireConstant(weights), channels, depth);
  return {
    kernel: 'fullyConnectedS8',
    sourceOp: context.op.index,
    inputs: [input.index],
    output: output.index,
    inShape: [rows, 1, depth],
    outShape: [rows, 1, channels],
    kernelSize: [1, 1],
    stride: [1, 1],
    pad: [0, 0],
    inZeroPoint: inScale.zeroPoint,
    outZeroPoint: outScale.zeroPoint,
    ...context.range(options.activation, outScale),
    rowBytes: alignUp(depth),
    scratchBytes: depth % 16 === 0 ? 0 : alignUp(depth),
    requantCount: scales.length,
    constants: {
      weights: padded,
      bias: foldZeroPoint(biasValues(context, bias, channels), padded, inScale.zeroPoint),
      ...context.multipliers(fullyConnectedFactors(scales, inScale.scale, outScale.scale)),
    },
  };
}
