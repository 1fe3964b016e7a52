import type { ModelSpec, OperatorSpec, TensorSpec } from '../../support/tflite-builder.ts';

/**
 * The seven operators once more, straight from the specification's definitions, on the description that a test file was built
 * from (not on its bytes): every sum a BigInt, every rounding spelled out. Only for checking the kernels.
 */

/** Output of the only operator of a model, or of its last one, for int8 inputs by tensor index. */
export function evaluateOperator(spec: ModelSpec, op: OperatorSpec, values: ReadonlyMap<number, Int8Array>): Int8Array {
  const tensor = (position: number): TensorSpec => spec.tensors[op.inputs[position] ?? -1] as TensorSpec;
  const value = (position: number): Int8Array => values.get(op.inputs[position] ?? -1) as Int8Array;
  const output = spec.tensors[op.outputs[0] ?? -1] as TensorSpec;
  switch (op.code) {
    case 'CONV_2D':
    case 'DEPTHWISE_CONV_2D':
      return convolution(op, tensor(0), tensor(1), spec.tensors[op.inputs[2] ?? -1], output, value(0));
    case 'FULLY_CONNECTED':
      return fullyConnected(op, tensor(0), tensor(1), spec.tensors[op.inputs[2] ?? -1], output, value(0));
    case 'AVERAGE_POOL_2D':
      return averagePool(op, tensor(0), output, value(0));
    case 'ADD':
      return addition(op, tensor(0), tensor(1), output, value(0), value(1));
    case 'RESHAPE':
      return value(0);
    case 'SOFTMAX':
      return softmax(op, tensor(0), output, value(0));
    default:
      throw new Error(op.code);
  }
}

const one = (values: readonly number[] | undefined): number => Math.fround(values?.[0] ?? Number.NaN);
const zero = (tensor: TensorSpec): bigint => BigInt(tensor.zeroPoints?.[0] ?? 0);
const dim = (tensor: TensorSpec, axis: number): number => tensor.shape[axis] ?? 0;

interface Factor {
  q: bigint;
  e: number;
}

/** Q = round(f 2^31) from the 53 bits of the double's fraction. */
function factor(m: number): Factor {
  if (m === 0) return { q: 0n, e: 0 };
  let f = m;
  let e = 0;
  for (; f >= 1; e++) f /= 2;
  for (; f < 0.5; e--) f *= 2;
  let q = (BigInt(f * 2 ** 53) + (1n << 21n)) >> 22n;
  if (q === 1n << 31n) {
    q = 1n << 30n;
    e++;
  }
  return e < -31 ? { q: 0n, e: 0 } : { q, e };
}

function high(a: bigint, b: bigint): bigint {
  const product = a * b;
  return (product + (product >= 0n ? 1n << 30n : 1n - (1n << 30n))) / (1n << 31n);
}

function shiftDown(x: bigint, n: number): bigint {
  if (n === 0) return x;
  const magnitude = ((x < 0n ? -x : x) + (1n << BigInt(n - 1))) >> BigInt(n);
  return x < 0n ? -magnitude : magnitude;
}

function rescale(x: bigint, { q, e }: Factor): bigint {
  return shiftDown(high(x * (1n << BigInt(Math.max(e, 0))), q), Math.max(-e, 0));
}

function finish(op: OperatorSpec, output: TensorSpec, real: bigint): number {
  const z = Number(zero(output));
  let [lo, hi] = [-128, 127];
  if (op.activation === 'RELU' || op.activation === 'RELU6') lo = Math.max(lo, z);
  if (op.activation === 'RELU6') hi = Math.min(hi, z + Math.round(Math.fround(6 / one(output.scales))));
  const value = real + BigInt(z);
  return Number(value < BigInt(lo) ? BigInt(lo) : value > BigInt(hi) ? BigInt(hi) : value);
}

/** Position of the first tap along one axis. */
function start(op: OperatorSpec, at: number, input: number, outputs: number, kernel: number, stride: number): number {
  const total = op.padding === 'VALID' ? 0 : Math.max((outputs - 1) * stride + kernel - input, 0);
  return at * stride - Math.floor(total / 2);
}

/** All positions of a window that lie inside the image, with the index of the tap. */
function* taps(op: OperatorSpec, input: TensorSpec, output: TensorSpec, y: number, x: number, h: number, w: number) {
  const top = start(op, y, dim(input, 1), dim(output, 1), h, op.strideH ?? 1);
  const left = start(op, x, dim(input, 2), dim(output, 2), w, op.strideW ?? 1);
  for (let i = 0; i < h; i++) {
    for (let j = 0; j < w; j++) {
      const inside = top + i >= 0 && top + i < dim(input, 1) && left + j >= 0 && left + j < dim(input, 2);
      if (inside) yield { tap: i * w + j, pixel: (top + i) * dim(input, 2) + left + j };
    }
  }
}

function* pixels(output: TensorSpec) {
  for (let y = 0; y < dim(output, 1); y++) for (let x = 0; x < dim(output, 2); x++) yield { y, x };
}

function convolution(
  op: OperatorSpec,
  input: TensorSpec,
  weights: TensorSpec,
  bias: TensorSpec | undefined,
  output: TensorSpec,
  values: Int8Array,
): Int8Array {
  const depthwise = op.code === 'DEPTHWISE_CONV_2D';
  const [h, w] = [dim(weights, 1), dim(weights, 2)];
  const [depth, channels] = [dim(input, 3), dim(output, 3)];
  const data = weights.data as Int8Array;
  const result: number[] = [];
  for (const { y, x } of pixels(output)) {
    for (let c = 0; c < channels; c++) {
      let sum = BigInt(bias?.data?.[c] ?? 0);
      for (const { tap, pixel } of taps(op, input, output, y, x, h, w)) {
        if (depthwise) {
          const from = Math.floor(c / (channels / depth));
          sum += BigInt(data[tap * channels + c] ?? 0) * (BigInt(values[pixel * depth + from] ?? 0) - zero(input));
          continue;
        }
        for (let d = 0; d < depth; d++) {
          const weight = data[(c * h * w + tap) * depth + d] ?? 0;
          sum += BigInt(weight) * (BigInt(values[pixel * depth + d] ?? 0) - zero(input));
        }
      }
      const scales = weights.scales ?? [];
      const scale = Math.fround(scales[scales.length === 1 ? 0 : c] ?? Number.NaN);
      result.push(finish(op, output, rescale(sum, factor((one(input.scales) * scale) / one(output.scales)))));
    }
  }
  return Int8Array.from(result);
}

function fullyConnected(
  op: OperatorSpec,
  input: TensorSpec,
  weights: TensorSpec,
  bias: TensorSpec | undefined,
  output: TensorSpec,
  values: Int8Array,
): Int8Array {
  const [channels, depth] = [dim(weights, 0), dim(weights, 1)];
  const data = weights.data as Int8Array;
  const scales = weights.scales ?? [];
  const result: number[] = [];
  for (let row = 0; row < values.length / depth; row++) {
    for (let c = 0; c < channels; c++) {
      let sum = BigInt(bias?.data?.[c] ?? 0);
      for (let d = 0; d < depth; d++) {
        sum += BigInt(data[c * depth + d] ?? 0) * (BigInt(values[row * depth + d] ?? 0) - zero(input));
      }
      const perTensor = Math.fround(one(input.scales) * one(scales));
      const product = scales.length === 1 ? perTensor : one(input.scales) * Math.fround(scales[c] ?? Number.NaN);
      result.push(finish(op, output, rescale(sum, factor(product / one(output.scales)))));
    }
  }
  return Int8Array.from(result);
}

function averagePool(op: OperatorSpec, input: TensorSpec, output: TensorSpec, values: Int8Array): Int8Array {
  const result: number[] = [];
  for (const { y, x } of pixels(output)) {
    for (let c = 0; c < dim(output, 3); c++) {
      let [sum, count] = [0n, 0n];
      for (const { pixel } of taps(op, input, output, y, x, op.filterH ?? 1, op.filterW ?? 1)) {
        sum += BigInt(values[pixel * dim(input, 3) + c] ?? 0);
        count++;
      }
      const mean = (sum > 0n ? sum + count / 2n : sum - count / 2n) / count;
      result.push(finish(op, output, mean - zero(output)));
    }
  }
  return Int8Array.from(result);
}

function addition(
  op: OperatorSpec,
  a: TensorSpec,
  b: TensorSpec,
  output: TensorSpec,
  valuesA: Int8Array,
  valuesB: Int8Array,
): Int8Array {
  const unit = 2 * Math.max(one(a.scales), one(b.scales));
  const widen = (tensor: TensorSpec, q: number): bigint =>
    rescale((BigInt(q) - zero(tensor)) << 20n, factor(one(tensor.scales) / unit));
  const down = factor(unit / (2 ** 20 * one(output.scales)));
  return valuesA.map((q, i) => finish(op, output, rescale(widen(a, q) + widen(b, valuesB[i] ?? 0), down)));
}

/** Section 3.6 step by step, without tables. */
function softmax(op: OperatorSpec, input: TensorSpec, output: TensorSpec, values: Int8Array): Int8Array {
  const n = input.shape.at(-1) ?? 1;
  const { q, e } = factor(Math.min(Math.fround(op.beta ?? 1) * one(input.scales) * 2 ** 26, 2 ** 31 - 1));
  const smallest = -Math.floor((31 * 2 ** 26) / 2 ** e);
  const result: number[] = [];
  for (let row = 0; row < values.length; row += n) {
    const x = Array.from(values.subarray(row, row + n));
    const max = Math.max(...x);
    const e0 = x.map((v) => (v - max < smallest ? null : exponential(high(BigInt(v - max) << BigInt(e), q))));
    const sum = e0.reduce<bigint>((total, v) => total + (v === null ? 0n : shiftDown(v, 12)), 0n);
    const headroom = 32 - sum.toString(2).length;
    const scale = reciprocal((sum << BigInt(headroom)) - (1n << 31n));
    for (const v of e0) {
      const share = v === null ? 0n : shiftDown(high(scale, v), 12 - headroom + 23);
      result.push(finish({ ...op, activation: 'NONE' }, output, share));
    }
  }
  return Int8Array.from(result);
}

const int32 = { min: -(1n << 31n), max: (1n << 31n) - 1n };

function exponential(y: bigint): bigint {
  if (y === 0n) return int32.max;
  const quarter = 1n << 24n;
  const a = (((y % quarter) + quarter) % quarter) - quarter;
  const r = a - y;
  const t = (a << 5n) + (1n << 28n);
  const t2 = high(t, t);
  const t3 = high(t2, t);
  const t4 = high(t2, t2);
  const c = 1895147668n;
  let v = c + high(c, t + shiftDown(high(shiftDown(t4, 2) + t3, 715827883n) + t2, 1));
  [1672461947n, 1302514674n, 790015084n, 290630308n, 39332535n, 720401n, 242n].forEach((k, bit) => {
    if ((r >> BigInt(24 + bit)) & 1n) v = high(v, k);
  });
  return v;
}

function reciprocal(g: bigint): bigint {
  const saturate = (v: bigint, bits: bigint): bigint => {
    const limit = (1n << (31n - bits)) - 1n;
    return v > limit ? int32.max : v < -limit ? int32.min : v << bits;
  };
  const half = (g + int32.max + 1n) / 2n;
  let v = 1515870810n + high(half, -1010580540n);
  for (let i = 0; i < 3; i++) v += saturate(high(v, (1n << 29n) - high(half, v)), 2n);
  return saturate(v, 1n);
}
