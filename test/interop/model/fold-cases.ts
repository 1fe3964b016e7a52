import type { ModelSpec, OperatorSpec, TensorSpec } from '../../support/tflite-builder.ts';
import type { Dice } from './operator-cases.ts';

interface Builder {
  tensors: TensorSpec[];
  operators: OperatorSpec[];
}

function activation(dice: Dice, shape: number[], zeroPoint?: number): TensorSpec {
  return { shape, scales: [Math.fround(0.02 + dice.next() / 20)], zeroPoints: [zeroPoint ?? dice.pick([-128, 0, 5])] };
}

/** Weights of one output channel: none, hardly any, or at random; biases now and then so large that they decide the output. */
function channelWeights(dice: Dice, taps: number): { weights: number[]; bias: number } {
  const kind = dice.int(0, 5);
  const random = Array.from({ length: taps }, () => dice.int(-127, 127));
  if (kind === 0) return { weights: random.map(() => 0), bias: dice.int(-20_000, 20_000) };
  if (kind === 1) return { weights: random.map((w) => Math.trunc(w / 64)), bias: dice.pick([-1, 1]) * 300_000 };
  if (kind === 2) return { weights: random.map((w, i) => (i % 3 === 0 ? w : 0)), bias: dice.int(-500, 500) };
  return { weights: random, bias: dice.int(-500, 500) };
}

function addConv(
  b: Builder,
  dice: Dice,
  input: number,
  channels: number,
  kernel: number,
  padding: 'SAME' | 'VALID',
): number {
  const [, h = 1, w = 1, depth = 1] = b.tensors[input]?.shape ?? [];
  const size = (length: number): number => (padding === 'SAME' ? length : length - kernel + 1);
  const all = Array.from({ length: channels }, () => channelWeights(dice, kernel * kernel * depth));
  const scales = Array.from({ length: channels }, () => Math.fround(0.001 + dice.next() / 500));
  const shape = [channels, kernel, kernel, depth];
  b.tensors.push({ shape, data: Int8Array.from(all.flatMap(({ weights }) => weights)), scales, dimension: 0 });
  b.tensors.push({ shape: [channels], type: 'int32', data: Int32Array.from(all, ({ bias }) => bias) });
  b.tensors.push(activation(dice, [1, size(h), size(w), channels], dice.pick([-128, -128, 3])));
  const output = b.tensors.length - 1;
  const activationName = dice.pick(['NONE', 'RELU'] as const);
  b.operators.push({
    code: 'CONV_2D',
    inputs: [input, output - 2, output - 1],
    outputs: [output],
    padding,
    activation: activationName,
  });
  return output;
}

function addDepthwise(b: Builder, dice: Dice, input: number, padding: 'SAME' | 'VALID'): number {
  const [, h = 1, w = 1, channels = 1] = b.tensors[input]?.shape ?? [];
  const kernel = h >= 3 && w >= 3 ? 3 : 1;
  const size = (length: number): number => (padding === 'SAME' ? length : length - kernel + 1);
  const all = Array.from({ length: channels }, () => channelWeights(dice, kernel * kernel));
  const data = Int8Array.from({ length: kernel * kernel * channels }, (_, i) => {
    return all[i % channels]?.weights[Math.floor(i / channels)] ?? 0;
  });
  const scales = Array.from({ length: channels }, () => Math.fround(0.002 + dice.next() / 300));
  b.tensors.push({ shape: [1, kernel, kernel, channels], data, scales, dimension: 3 });
  b.tensors.push({ shape: [channels], type: 'int32', data: Int32Array.from(all, ({ bias }) => Math.trunc(bias / 8)) });
  b.tensors.push(activation(dice, [1, size(h), size(w), channels], dice.pick([-128, -128, 3])));
  const output = b.tensors.length - 1;
  b.operators.push({
    code: 'DEPTHWISE_CONV_2D',
    inputs: [input, output - 2, output - 1],
    outputs: [output],
    depthMultiplier: 1,
    padding,
    activation: 'RELU',
  });
  return output;
}

function addSum(b: Builder, dice: Dice, first: number, second: number): number {
  b.tensors.push(activation(dice, [...(b.tensors[first]?.shape ?? [])]));
  const output = b.tensors.length - 1;
  b.operators.push({ code: 'ADD', inputs: [first, second], outputs: [output], activation: 'RELU' });
  return output;
}

/** A small network with channels that are constant, hardly used, or dead: windows, a branch, a pool, a fully connected layer. */
export function foldCase(dice: Dice): ModelSpec {
  const b: Builder = { tensors: [activation(dice, [1, 6, 6, 3])], operators: [] };
  const padding = (): 'SAME' | 'VALID' => dice.pick(['SAME', 'SAME', 'VALID']);
  let at = addConv(b, dice, 0, dice.int(8, 14), dice.pick([1, 3]), padding());
  for (let layer = dice.int(1, 3); layer > 0; layer--) {
    const kind = dice.int(0, 2);
    const channels = b.tensors[at]?.shape[3] ?? 1;
    if (kind === 0) at = addDepthwise(b, dice, at, padding());
    else if (kind === 1) at = addConv(b, dice, at, dice.int(8, 14), 1, 'VALID');
    else at = addSum(b, dice, at, addConv(b, dice, at, channels, dice.pick([1, 3]), 'SAME'));
  }
  const [, h = 1, w = 1, channels = 1] = b.tensors[at]?.shape ?? [];
  b.tensors.push({ ...(b.tensors[at] ?? { shape: [] }), shape: [1, 1, 1, channels] });
  const pool = b.tensors.length - 1;
  b.operators.push({
    code: 'AVERAGE_POOL_2D',
    inputs: [at],
    outputs: [pool],
    padding: 'VALID',
    filterH: h,
    filterW: w,
    strideH: h,
    strideW: w,
  });
  const classes = 3;
  // Half of the cases flatten the map instead: several values of each channel.
  const [source, values] = dice.int(0, 1) === 0 ? [pool, channels] : [at, h * w * channels];
  b.tensors.push({ shape: [classes, values], data: dice.bytes(classes * values), scales: [0.01] });
  b.tensors.push(activation(dice, [1, classes]));
  const output = b.tensors.length - 1;
  b.operators.push({ code: 'FULLY_CONNECTED', inputs: [source, output - 1], outputs: [output] });
  return { tensors: b.tensors, operators: b.operators, inputs: [0], outputs: [output] };
}
