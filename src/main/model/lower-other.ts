import { windowPlan } from './lower-dense.ts';
import { limits } from './limits.ts';
import type { OpContext } from './op-context.ts';
import type { LoweredOp, Shape3 } from './plan-op.ts';
import { addTables, softmaxTable } from './tables.ts';
import { elementCount } from './tflite.ts';
import type { TfliteTensor } from './tflite.ts';

/** What an operator without weights and window has in these fields. */
const plain = {
  kernelSize: [1, 1],
  stride: [1, 1],
  pad: [0, 0],
  rowBytes: 0,
  scratchBytes: 0,
  requantCount: 0,
} as const;

/** A shape of any rank as rows, 1, values of the last axis: what element-wise kernels and SOFTMAX need of it. */
function asRows(context: OpContext, name: string, tensor: TfliteTensor): Shape3 {
  const last = tensor.shape.at(-1) ?? 1;
  const elements = elementCount(tensor.shape);
  if (elements < 1) context.badShape(name, tensor.shape, '>= 1');
  const rows = elements / last;
  const shape: Shape3 = rows > limits.dimension ? splitRows(rows, last) : [rows, 1, last];
  context.requireDimensions(name, shape);
  return shape;
}

/** Rows beyond one field's limit, as a product of two. Prime counts stay what they are and are refused. */
function splitRows(rows: number, last: number): Shape3 {
  for (let height = limits.dimension; height > 1; height--) {
    if (rows % height === 0) return [height, rows / height, last];
  }
  return [rows, 1, last];
}

export function lowerAveragePool(context: OpContext): LoweredOp {
  const { options, inputs } = context.op;
  if (options.kind !== 'pool' || inputs.length !== 1) return context.badOperands();
  const input = context.input(0);
  const output = context.output();
  context.requireTypes([
    ['input', input, 'int8'],
    ['output', output, 'int8'],
  ]);
  context.requireActivation(input);
  context.requireRank('input', input, 4);
  const { filterH, filterW } = options;
  if (filterH < 1 || filterH > limits.dimension) context.badOption('filter_height', filterH);
  if (filterW < 1 || filterW > limits.dimension) context.badOption('filter_width', filterW);
  if (filterH * filterW > limits.windowTaps) context.badOption('filter_height * filter_width', filterH * filterW);
  const [, height = 0, width = 0, channels = 0] = input.shape;
  const window = windowPlan(context, options, [filterH, filterW], input, output, channels);
  const scale = sameScale(context, input, output);
  return {
    ...plain,
    kernel: 'averagePoolS8',
    sourceOp: context.op.index,
    inputs: [input.index],
    output: output.index,
    inShape: [height, width, channels],
    outShape: [output.shape[1] ?? 0, output.shape[2] ?? 0, channels],
    ...window,
    inZeroPoint: scale.zeroPoint,
    outZeroPoint: scale.zeroPoint,
    ...context.range(options.activation, scale),
    constants: {},
  };
}

/** Scale and zero point of two tensors whose bytes are handed on without rescaling. */
function sameScale(
  context: OpContext,
  input: TfliteTensor,
  output: TfliteTensor,
): { scale: number; zeroPoint: number } {
  const from = context.perTensor('input', input);
  const to = context.perTensor('output', output);
  if (from.scale !== to.scale || from.zeroPoint !== to.zeroPoint) {
    const show = (q: typeof from): string => `scale ${String(q.scale)}, zero point ${String(q.zeroPoint)}`;
    context.badQuantization('output', show(to), show(from));
  }
  return to;
}

export function lowerAdd(context: OpContext): LoweredOp {
  const { options, inputs } = context.op;
  if (options.kind !== 'add' || inputs.length !== 2) return context.badOperands();
  const a = context.input(0);
  const b = context.input(1);
  const output = context.output();
  context.requireTypes([
    ['first input', a, 'int8'],
    ['second input', b, 'int8'],
    ['output', output, 'int8'],
  ]);
  context.requireActivation(a);
  context.requireActivation(b);
  context.requireSame('second input', b.shape, a.shape);
  context.requireSame('output', output.shape, a.shape);
  const shape = asRows(context, 'input', a);
  const scaleA = context.perTensor('first input', a);
  const scaleB = context.perTensor('second input', b);
  const outScale = context.perTensor('output', output);
  const tables = addTables(scaleA, scaleB, outScale.scale);
  if (!tables) return context.badQuantization('output', `scale ${String(outScale.scale)}`, 'factors < 2^30');
  return {
    ...plain,
    kernel: 'addS8',
    sourceOp: context.op.index,
    inputs: [a.index, b.index],
    output: output.index,
    inShape: shape,
    outShape: shape,
    inZeroPoint: scaleA.zeroPoint,
    outZeroPoint: outScale.zeroPoint,
    ...context.range(options.activation, outScale),
    requantCount: 1,
    constants: {
      weights: tables.a,
      bias: tables.b,
      multipliers: Int32Array.of(tables.output.q),
      shifts: Int8Array.of(tables.output.e),
    },
  };
}

/** RESHAPE moves no data. Its second operand and its option only repeat the output's shape. */
export function lowerReshape(context: OpContext): LoweredOp {
  const { inputs } = context.op;
  if (inputs.length < 1 || inputs.length > 2) context.badOperands();
  const input = context.input(0);
  const output = context.output();
  context.requireTypes([
    ['input', input, 'int8'],
    ['output', output, 'int8'],
  ]);
  context.requireActivation(input);
  context.requireElements('output', output, elementCount(input.shape));
  const scale = sameScale(context, input, output);
  return {
    ...plain,
    kernel: 'reshape',
    sourceOp: context.op.index,
    inputs: [input.index],
    output: output.index,
    inShape: asRows(context, 'input', input),
    outShape: asRows(context, 'output', output),
    inZeroPoint: scale.zeroPoint,
    outZeroPoint: scale.zeroPoint,
    lo: -128,
    hi: 127,
    constants: {},
  };
}

export function lowerSoftmax(context: OpContext): LoweredOp {
  const { options, inputs } = context.op;
  if (options.kind !== 'softmax' || inputs.length !== 1) return context.badOperands();
  const input = context.input(0);
  const output = context.output();
  context.requireTypes([
    ['input', input, 'int8'],
    ['output', output, 'int8'],
  ]);
  context.requireActivation(input);
  context.requireSame('output', output.shape, input.shape);
  const shape = asRows(context, 'input', input);
  if (shape[2] > limits.softmaxValues) context.badShape('input', input.shape, `?x(1..${String(limits.softmaxValues)})`);
  const inScale = context.perTensor('input', input);
  const outScale = context.perTensor('output', output);
  if (outScale.scale !== 1 / 256 || outScale.zeroPoint !== -128) {
    const found = `scale ${String(outScale.scale)}, zero point ${String(outScale.zeroPoint)}`;
    context.badQuantization('output', found, 'scale 0.00390625, zero point -128');
  }
  if (!(options.beta > 0 && options.beta < Infinity)) context.badOption('beta', options.beta);
  const table = softmaxTable(options.beta, inScale.scale);
  if (!table) return context.badQuantization('input', `scale ${String(inScale.scale)}`, 'beta * scale > 2^-26');
  return {
    ...plain,
    kernel: 'softmaxS8',
    sourceOp: context.op.index,
    inputs: [input.index],
    output: output.index,
    inShape: shape,
    outShape: shape,
    inZeroPoint: inScale.zeroPoint,
    outZeroPoint: outScale.zeroPoint,
    lo: -128,
    hi: 127,
    constants: { weights: table },
  };
}
