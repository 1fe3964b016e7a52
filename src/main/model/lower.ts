import { Fault } from '../../shared/fault/index.ts';
import { limits } from './limits.ts';
import { lowerConv, lowerDepthwise, lowerFullyConnected } from './lower-dense.ts';
import { lowerAdd, lowerAveragePool, lowerReshape, lowerSoftmax } from './lower-other.ts';
import { OpContext } from './op-context.ts';
import { alignUp } from './plan-op.ts';
import type { LoweredOp } from './plan-op.ts';
import type { TfliteModel, TfliteOperator } from './tflite.ts';

const lowerings: Readonly<Record<string, (context: OpContext) => LoweredOp>> = {
  CONV_2D: lowerConv,
  DEPTHWISE_CONV_2D: lowerDepthwise,
  FULLY_CONNECTED: lowerFullyConnected,
  AVERAGE_POOL_2D: lowerAveragePool,
  ADD: lowerAdd,
  RESHAPE: lowerReshape,
  SOFTMAX: lowerSoftmax,
};

/** Names of the operators that can be compiled. */
export const supportedOperators: readonly string[] = Object.keys(lowerings);

/** One operator of the model as a kernel with its constants; a fault that names it where there is none for it. */
export function lowerOperator(model: TfliteModel, operator: TfliteOperator): LoweredOp {
  const context = new OpContext(model, operator);
  const lower = Object.hasOwn(lowerings, operator.name) ? lowerings[operator.name] : undefined;
  return lower ? lower(context) : context.unsupportedOperator();
}

/**
 * All operators of the model in order. Unsupported operators are looked for first, so that the first message is the one that
 * decides whether the model can be compiled at all.
 */
export function lowerModel(model: TfliteModel): LoweredOp[] {
  for (const operator of model.operators) {
    if (!Object.hasOwn(lowerings, operator.name)) new OpContext(model, operator).unsupportedOperator();
  }
  const written = new Set([model.input]);
  let bytes = 0;
  return model.operators.map((operator) => {
    const op = lowerOperator(model, operator);
    requireOrder(model, operator, op, written);
    bytes += constantBytes(op);
    if (bytes > limits.imageBytes) {
      throw new Fault('model.tooLarge', { model: model.name, part: 'constants', bytes, limit: limits.imageBytes });
    }
    return op;
  });
}

/** Each operator reads what an earlier one wrote, and writes a tensor that nothing wrote before. */
function requireOrder(model: TfliteModel, operator: TfliteOperator, op: LoweredOp, written: Set<number>): void {
  const early = op.inputs.find((tensor) => !written.has(tensor));
  const twice = written.has(op.output) ? op.output : undefined;
  const tensor = early ?? twice;
  if (tensor !== undefined) {
    throw new Fault('model.order', { model: model.name, operator: operator.name, index: operator.index, tensor });
  }
  written.add(op.output);
}

/** Bytes of an operator's constants in an image, padding included. */
export function constantBytes(op: LoweredOp): number {
  const { weights, bias, multipliers, shifts } = op.constants;
  return [weights, bias, multipliers, shifts].reduce((sum, block) => sum + alignUp(block?.byteLength ?? 0), 0);
}
