import type { Activation, ModelSpec, OperatorSpec, TensorSpec } from '../../support/tflite-builder.ts';

/** Random numbers of a seed; the same on every machine. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 12345) >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.state = (Math.imul(1664525, this.state) + 1013904223) >>> 0;
    return this.state / 2 ** 32;
  }

  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<T>(values: readonly T[]): T {
    return values[this.int(0, values.length - 1)] as T;
  }

  bytes(length: number): Int8Array {
    return Int8Array.from({ length }, () => this.int(-128, 127));
  }

  ints(length: number, magnitude: number): Int32Array {
    return Int32Array.from({ length }, () => this.int(-magnitude, magnitude));
  }
}

export interface OperatorCase {
  name: string;
  spec: ModelSpec;
}

const activations: readonly Activation[] = ['NONE', 'RELU', 'RELU6'];

function activation(dice: Dice, zeroPoint?: number): TensorSpec {
  return {
    shape: [],
    scales: [Math.fround(0.001 + dice.next() / 10)],
    zeroPoints: [zeroPoint ?? dice.pick([-128, 127, 0, dice.int(-127, 126)])],
  };
}

/** Weight scales that spread the sums of `taps` products over the output's range; now and then far off, or 0. */
function weightScales(dice: Dice, count: number, input: TensorSpec, output: TensorSpec, taps: number): number[] {
  const [from = 1, to = 1] = [input.scales?.[0], output.scales?.[0]];
  return Array.from({ length: count }, () => {
    const odd = dice.int(0, 19);
    if (odd === 0) return 0;
    if (odd === 1) return Math.fround(2 ** -dice.int(25, 100));
    // Factors of up to 2^12: a left shift in the requantisation.
    if (odd === 2) return Math.fround((2 ** dice.int(0, 12) * to) / from);
    return Math.fround((((0.5 + dice.next()) * 100) / (74 * 74 * Math.sqrt(taps))) * (to / from));
  });
}

/** SAME or VALID output length. */
function outputLength(padding: 'SAME' | 'VALID', input: number, kernel: number, stride: number): number {
  return padding === 'SAME' ? Math.ceil(input / stride) : Math.floor((input - kernel) / stride) + 1;
}

function windowCase(dice: Dice): {
  op: Omit<OperatorSpec, 'code' | 'inputs' | 'outputs'>;
  h: number;
  w: number;
  kh: number;
  kw: number;
  oh: number;
  ow: number;
} {
  const padding = dice.pick(['SAME', 'VALID'] as const);
  const [h, w] = [dice.int(1, 9), dice.int(1, 9)];
  const limit = (size: number): number => (padding === 'VALID' ? Math.min(size, 5) : 5);
  const [kh, kw] = [dice.int(1, limit(h)), dice.int(1, limit(w))];
  const [strideH, strideW] = [dice.int(1, 3), dice.int(1, 3)];
  const op = { padding, strideH, strideW, activation: dice.pick(activations) };
  return { op, h, w, kh, kw, oh: outputLength(padding, h, kh, strideH), ow: outputLength(padding, w, kw, strideW) };
}

function convCase(dice: Dice): ModelSpec {
  const { op, h, w, kh, kw, oh, ow } = windowCase(dice);
  const depth = dice.pick([1, 2, 3, 5, 8, 16, 17, 32]);
  const channels = dice.int(1, 9);
  const taps = kh * kw * depth;
  const input = { ...activation(dice), shape: [1, h, w, depth] };
  const output = { ...activation(dice), shape: [1, oh, ow, channels] };
  const scales = weightScales(dice, dice.pick([1, channels]), input, output, taps);
  const weights = { shape: [channels, kh, kw, depth], data: dice.bytes(channels * taps), scales, dimension: 0 };
  const bias: TensorSpec = { shape: [channels], type: 'int32', data: dice.ints(channels, dice.pick([5000, 2 ** 30])) };
  const inputs = dice.int(0, 4) === 0 ? [0, 1] : [0, 1, 2];
  return {
    tensors: [input, weights, bias, output],
    operators: [{ code: 'CONV_2D', inputs, outputs: [3], ...op }],
    inputs: [0],
    outputs: [3],
  };
}

function depthwiseCase(dice: Dice): ModelSpec {
  const { op, h, w, kh, kw, oh, ow } = windowCase(dice);
  const depth = dice.pick([dice.int(1, 19), 4 * dice.int(1, 5)]);
  const depthMultiplier = dice.pick([1, 1, 1, 1, 2, 3]);
  const channels = depth * depthMultiplier;
  const input = { ...activation(dice), shape: [1, h, w, depth] };
  const output = { ...activation(dice), shape: [1, oh, ow, channels] };
  const scales = weightScales(dice, dice.pick([1, channels]), input, output, kh * kw);
  const weights = { shape: [1, kh, kw, channels], data: dice.bytes(kh * kw * channels), scales, dimension: 3 };
  const bias: TensorSpec = { shape: [channels], type: 'int32', data: dice.ints(channels, dice.pick([3000, 2 ** 30])) };
  return {
    tensors: [input, weights, bias, output],
    operators: [{ code: 'DEPTHWISE_CONV_2D', inputs: [0, 1, 2], outputs: [3], depthMultiplier, ...op }],
    inputs: [0],
    outputs: [3],
  };
}

function fullyConnectedCase(dice: Dice): ModelSpec {
  const depth = dice.pick([1, 3, 8, 16, 33, 64, 100]);
  const channels = dice.int(1, 11);
  const rows = dice.pick([1, 1, 1, 3]);
  const shape = dice.pick([
    [rows, depth],
    [rows, 1, 1, depth],
  ]);
  const input = { ...activation(dice), shape };
  const output = { ...activation(dice), shape: [rows, channels] };
  const scales = weightScales(dice, dice.pick([1, channels]), input, output, depth);
  const weights = { shape: [channels, depth], data: dice.bytes(channels * depth), scales, dimension: 0 };
  const bias: TensorSpec = { shape: [channels], type: 'int32', data: dice.ints(channels, 5000) };
  const inputs = dice.pick([
    [0, 1, 2],
    [0, 1],
    [0, 1, -1],
  ]);
  return {
    tensors: [input, weights, bias, output],
    operators: [{ code: 'FULLY_CONNECTED', inputs, outputs: [3], activation: dice.pick(activations) }],
    inputs: [0],
    outputs: [3],
  };
}

function poolCase(dice: Dice): ModelSpec {
  const { op, h, w, kh, kw, oh, ow } = windowCase(dice);
  const channels = dice.int(1, 7);
  const scale = activation(dice);
  return {
    tensors: [
      { ...scale, shape: [1, h, w, channels] },
      { ...scale, shape: [1, oh, ow, channels] },
    ],
    operators: [{ code: 'AVERAGE_POOL_2D', inputs: [0], outputs: [1], filterH: kh, filterW: kw, ...op }],
    inputs: [0],
    outputs: [1],
  };
}

/** Both operands from one input: itself, and itself under the scale of a 1x1 depthwise convolution. */
function addCase(dice: Dice): ModelSpec {
  const shape = [1, dice.int(1, 5), dice.int(1, 5), dice.int(1, 9)];
  const channels = shape[3] ?? 1;
  const a = { ...activation(dice), shape };
  const b = { ...activation(dice), shape };
  const output = { ...activation(dice), shape };
  const scales = weightScales(dice, channels, a, b, 1);
  const weights = { shape: [1, 1, 1, channels], data: dice.bytes(channels), scales, dimension: 3 };
  const operands = dice.pick([
    [0, 2],
    [2, 0],
    [2, 2],
  ]);
  return {
    tensors: [a, weights, b, output],
    operators: [
      { code: 'DEPTHWISE_CONV_2D', inputs: [0, 1], outputs: [2] },
      { code: 'ADD', inputs: operands, outputs: [3], activation: dice.pick(activations) },
    ],
    inputs: [0],
    outputs: [3],
  };
}

function softmaxCase(dice: Dice): ModelSpec {
  const n = dice.pick([1, 2, 3, 10, 12, 100, 1001]);
  const shape = dice.pick([
    [1, n],
    [3, n],
    [1, 2, 2, n],
  ]);
  return {
    tensors: [
      { shape, scales: [Math.fround(2 ** (dice.next() * 14 - 12))], zeroPoints: [dice.int(-128, 127)] },
      { shape, scales: [1 / 256], zeroPoints: [-128] },
    ],
    operators: [{ code: 'SOFTMAX', inputs: [0], outputs: [1], beta: dice.pick([1, 1, 0.5, 2]) }],
    inputs: [0],
    outputs: [1],
  };
}

function reshapeCase(dice: Dice): ModelSpec {
  const scale = activation(dice);
  const [h, w, c] = [dice.int(1, 5), dice.int(1, 5), dice.int(1, 5)];
  const inputs = dice.pick([[0], [0, 2]]);
  return {
    tensors: [
      { ...scale, shape: [1, h, w, c] },
      { ...scale, shape: [1, h * w * c] },
      { shape: [2], type: 'int32', data: Int32Array.of(1, h * w * c) },
    ],
    operators: [{ code: 'RESHAPE', inputs, outputs: [1] }],
    inputs: [0],
    outputs: [1],
  };
}

/** Generators by the operator that they are about. */
export const caseMakers: Readonly<Record<string, (dice: Dice) => ModelSpec>> = {
  CONV_2D: convCase,
  DEPTHWISE_CONV_2D: depthwiseCase,
  FULLY_CONNECTED: fullyConnectedCase,
  AVERAGE_POOL_2D: poolCase,
  ADD: addCase,
  SOFTMAX: softmaxCase,
  RESHAPE: reshapeCase,
};
