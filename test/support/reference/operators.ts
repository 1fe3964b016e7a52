/** The seven operators on int8 tensors in row, column, channel order (batch 1). */

import { clamp, int32, multiplierFrom, requantise, roundHalfAway, type Multiplier } from './arithmetic.ts';
import type { Table } from './flatbuffer.ts';
import { softmaxRow } from './softmax.ts';
import { at, elements, only, type Tensor } from './tflite.ts';

const NO_BIAS = new DataView(new ArrayBuffer(0));

/** An operand with its int8 content, constant or computed. */
export interface Operand {
  readonly tensor: Tensor;
  readonly data: DataView;
}

interface Spatial {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

interface Window {
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
  readonly padTop: number;
  readonly padLeft: number;
}

function spatial(tensor: Tensor): Spatial {
  if (tensor.shape.length !== 4 || tensor.shape[0] !== 1) throw new Error(`shape ${tensor.shape.join('x')}`);
  return { height: at(tensor.shape, 1), width: at(tensor.shape, 2), channels: at(tensor.shape, 3) };
}

function zeroPoint(tensor: Tensor): number {
  return only(tensor.zeroPoints, 'zero point');
}

function scale(tensor: Tensor): number {
  return only(tensor.scales, 'scale');
}

/** Padding before the first row or column; SAME puts the odd one behind the last. */
function padBefore(same: boolean, inSize: number, outSize: number, kernel: number, stride: number): number {
  return same ? Math.floor(Math.max((outSize - 1) * stride + kernel - inSize, 0) / 2) : 0;
}

function windowOf(options: Table, rows: number, columns: number, input: Spatial, output: Spatial): Window {
  const same = options.int8(0) === 0;
  const columnStride = options.int32(1);
  const rowStride = options.int32(2);
  return {
    rows,
    columns,
    rowStride,
    columnStride,
    padTop: padBefore(same, input.height, output.height, rows, rowStride),
    padLeft: padBefore(same, input.width, output.width, columns, columnStride),
  };
}

function activationRange(code: number, output: Tensor): readonly [low: number, high: number] {
  const quantised = (real: number) => zeroPoint(output) + roundHalfAway(Math.fround(real / scale(output)));
  if (code === 0) return [-128, 127];
  if (code === 1) return [Math.max(-128, quantised(0)), 127];
  if (code === 3) return [Math.max(-128, quantised(0)), Math.min(127, quantised(6))];
  throw new Error(`activation ${code}`);
}

function channelMultipliers(input: Tensor, weights: Tensor, output: Tensor, channels: number): Multiplier[] {
  const scales = weights.scales.length === 1 ? Array<number>(channels).fill(scale(weights)) : weights.scales;
  if (scales.length !== channels) throw new Error(`${scales.length} weight scales for ${channels} channels`);
  if (weights.zeroPoints.some((value) => value !== 0)) throw new Error('weights with a zero point');
  return scales.map((weightScale) => multiplierFrom((scale(input) * weightScale) / scale(output)));
}

function biasOf(bias: Operand | undefined): (channel: number) => number {
  const data = bias?.data ?? NO_BIAS;
  return data.byteLength === 0 ? () => 0 : (channel) => data.getInt32(4 * channel, true);
}

/** CONV_2D (weights out, row, column, in) and DEPTHWISE_CONV_2D (weights 1, row, column, channel). */
export function convolve(
  depthwise: boolean,
  input: Operand,
  weights: Operand,
  bias: Operand | undefined,
  output: Tensor,
  options: Table,
): DataView {
  const source = spatial(input.tensor);
  const target = spatial(output);
  const window = windowOf(options, at(weights.tensor.shape, 1), at(weights.tensor.shape, 2), source, target);
  if (depthwise && options.int32(3) !== 1) throw new Error(`depth multiplier ${options.int32(3)}`);
  const dilationField = depthwise ? 5 : 4;
  if (options.int32(dilationField, 1) !== 1 || options.int32(dilationField + 1, 1) !== 1) throw new Error('dilation');
  const [low, high] = activationRange(options.int8(depthwise ? 4 : 3), output);
  const multipliers = channelMultipliers(input.tensor, weights.tensor, output, target.channels);
  const biasAt = biasOf(bias);
  const inputZero = zeroPoint(input.tensor);
  const outputZero = zeroPoint(output);
  const depth = depthwise ? 1 : source.channels;
  const w = weights.data;
  const x = input.data;
  const result = new DataView(new ArrayBuffer(elements(output.shape)));

  const accumulate = (row: number, column: number, channel: number): number => {
    let sum = biasAt(channel);
    for (let i = 0; i < window.rows; i += 1) {
      const y = row * window.rowStride - window.padTop + i;
      if (y < 0 || y >= source.height) continue;
      for (let j = 0; j < window.columns; j += 1) {
        const z = column * window.columnStride - window.padLeft + j;
        if (z < 0 || z >= source.width) continue;
        const pixel = (y * source.width + z) * source.channels;
        const tap = i * window.columns + j;
        if (depthwise) {
          sum += w.getInt8(tap * target.channels + channel) * (x.getInt8(pixel + channel) - inputZero);
          continue;
        }
        const kernel = (channel * window.rows * window.columns + tap) * depth;
        // At most 2^16 per product, so a double holds the sum exactly.
        for (let c = 0; c < depth; c += 1) sum += w.getInt8(kernel + c) * (x.getInt8(pixel + c) - inputZero);
      }
    }
    return int32(sum);
  };

  let position = 0;
  for (let row = 0; row < target.height; row += 1) {
    for (let column = 0; column < target.width; column += 1) {
      for (let channel = 0; channel < target.channels; channel += 1) {
        const scaled = requantise(accumulate(row, column, channel), at(multipliers, channel));
        result.setInt8(position, clamp(outputZero + scaled, low, high));
        position += 1;
      }
    }
  }
  return result;
}

export function fullyConnect(
  input: Operand,
  weights: Operand,
  bias: Operand | undefined,
  output: Tensor,
  options: Table,
): DataView {
  const [rows, depth] = [at(weights.tensor.shape, 0), at(weights.tensor.shape, 1)];
  if (input.data.byteLength !== depth || elements(output.shape) !== rows) throw new Error('fully connected shapes');
  // Here, and only here, the product of the two scales is formed in single precision.
  const product = Math.fround(scale(input.tensor) * scale(weights.tensor));
  if (zeroPoint(weights.tensor) !== 0) throw new Error('weights with a zero point');
  const multiplier = multiplierFrom(product / scale(output));
  const [low, high] = activationRange(options.int8(0), output);
  const biasAt = biasOf(bias);
  const inputZero = zeroPoint(input.tensor);
  const result = new DataView(new ArrayBuffer(rows));
  for (let row = 0; row < rows; row += 1) {
    let sum = biasAt(row);
    for (let i = 0; i < depth; i += 1) {
      sum += weights.data.getInt8(row * depth + i) * (input.data.getInt8(i) - inputZero);
    }
    result.setInt8(row, clamp(zeroPoint(output) + requantise(int32(sum), multiplier), low, high));
  }
  return result;
}

export function averagePool(input: Operand, output: Tensor, options: Table): DataView {
  const source = spatial(input.tensor);
  const target = spatial(output);
  const window = windowOf(options, options.int32(4), options.int32(3), source, target);
  const [low, high] = activationRange(options.int8(5), output);
  if (scale(input.tensor) !== scale(output) || zeroPoint(input.tensor) !== zeroPoint(output)) {
    throw new Error('average pool between different scales');
  }
  const result = new DataView(new ArrayBuffer(elements(output.shape)));
  let position = 0;
  for (let row = 0; row < target.height; row += 1) {
    for (let column = 0; column < target.width; column += 1) {
      for (let channel = 0; channel < target.channels; channel += 1) {
        let sum = 0;
        let count = 0;
        for (let i = 0; i < window.rows; i += 1) {
          const y = row * window.rowStride - window.padTop + i;
          if (y < 0 || y >= source.height) continue;
          for (let j = 0; j < window.columns; j += 1) {
            const z = column * window.columnStride - window.padLeft + j;
            if (z < 0 || z >= source.width) continue;
            sum += input.data.getInt8((y * source.width + z) * source.channels + channel);
            count += 1;
          }
        }
        const half = Math.floor(count / 2);
        const mean = Math.trunc((sum > 0 ? sum + half : sum - half) / count);
        result.setInt8(position, clamp(mean, low, high));
        position += 1;
      }
    }
  }
  return result;
}

export function add(a: Operand, b: Operand, output: Tensor, options: Table): DataView {
  const size = elements(output.shape);
  if (a.data.byteLength !== size || b.data.byteLength !== size) throw new Error('addition with broadcasting');
  const common = 2 * Math.max(scale(a.tensor), scale(b.tensor));
  const fromA = multiplierFrom(scale(a.tensor) / common);
  const fromB = multiplierFrom(scale(b.tensor) / common);
  const toOutput = multiplierFrom(common / (2 ** 20 * scale(output)));
  const [low, high] = activationRange(options.int8(0), output);
  const widened = (operand: Operand, i: number, multiplier: Multiplier) =>
    requantise((operand.data.getInt8(i) - zeroPoint(operand.tensor)) * 2 ** 20, multiplier);
  const result = new DataView(new ArrayBuffer(size));
  for (let i = 0; i < size; i += 1) {
    const sum = int32(widened(a, i, fromA) + widened(b, i, fromB));
    result.setInt8(i, clamp(zeroPoint(output) + requantise(sum, toOutput), low, high));
  }
  return result;
}

export function softmax(input: Operand, output: Tensor, options: Table): DataView {
  if (options.float32(0) !== 1) throw new Error(`softmax with beta ${options.float32(0)}`);
  if (scale(output) !== 1 / 256 || zeroPoint(output) !== -128) throw new Error('softmax output scale');
  const length = at(output.shape, output.shape.length - 1);
  const result = new DataView(new ArrayBuffer(elements(output.shape)));
  for (let start = 0; start < result.byteLength; start += length) {
    const row = Array.from({ length }, (_, i) => input.data.getInt8(start + i));
    softmaxRow(row, scale(input.tensor)).forEach((value, i) => result.setInt8(start + i, value));
  }
  return result;
}
