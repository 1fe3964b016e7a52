import { Fault } from '../../shared/fault/index.ts';
import { limits } from './limits.ts';
import { toMultiplier } from './fixed-point.ts';
import { elementCount } from './tflite.ts';
import type { TfliteModel, TfliteOperator, TfliteTensor } from './tflite.ts';

/** Scale and zero point of a tensor that has one of each. */
export interface PerTensor {
  scale: number;
  zeroPoint: number;
}

/**
 * One operator with its tensors, and the checks that all operators share. Each refusal is a fault that names the model, the
 * operator and its index.
 */
export class OpContext {
  readonly model: TfliteModel;
  readonly op: TfliteOperator;

  constructor(model: TfliteModel, op: TfliteOperator) {
    this.model = model;
    this.op = op;
  }

  private get facts(): { model: string; operator: string; index: number } {
    return { model: this.model.name, operator: this.op.name, index: this.op.index };
  }

  tensor(operand: number | undefined): TfliteTensor | undefined {
    return operand === undefined || operand < 0 ? undefined : this.model.tensors[operand];
  }

  /** Operand `position` of the inputs; a fault where it is left out. */
  input(position: number): TfliteTensor {
    return this.tensor(this.op.inputs[position]) ?? this.badOperands();
  }

  output(): TfliteTensor {
    const tensor = this.tensor(this.op.outputs[0]);
    if (this.op.outputs.length !== 1 || !tensor || tensor.data) return this.badOperands();
    return tensor;
  }

  badOperands(): never {
    const { inputs, outputs } = this.op;
    throw new Fault('model.operands', { ...this.facts, inputs: [...inputs], outputs: [...outputs] });
  }

  unsupportedOperator(): never {
    throw new Fault('model.unsupportedOperator', this.facts);
  }

  badOption(option: string, value: number | string): never {
    throw new Fault('model.unsupportedOption', { ...this.facts, option, value: String(value) });
  }

  badShape(tensor: string, found: readonly number[], expected: readonly number[] | string): never {
    const shown = typeof expected === 'string' ? expected : expected.join('x');
    throw new Fault('model.shape', { ...this.facts, tensor, found: found.join('x'), expected: shown });
  }

  badQuantization(tensor: string, found: string, expected: string): never {
    throw new Fault('model.quantization', { ...this.facts, tensor, found, expected });
  }

  /**
   * Checks the operator's types against what its kernel takes. `expected` names each tensor in the order of the message. A model
   * of floats, or of int8 weights with float activations ("hybrid"), is refused here.
   */
  requireTypes(expected: readonly (readonly [name: string, tensor: TfliteTensor | undefined, type: string])[]): void {
    const present = expected.filter(([, tensor]) => tensor !== undefined);
    if (present.every(([, tensor, type]) => tensor?.type === type)) return;
    const types = present.map(([name, tensor]) => `${name} ${tensor?.type ?? ''}`);
    throw new Fault('model.unsupportedTypes', { ...this.facts, types });
  }

  /** An operand that is computed, not stored: the input of a kernel. */
  requireActivation(tensor: TfliteTensor): void {
    if (tensor.data) this.badOperands();
  }

  requireConstant(tensor: TfliteTensor): Uint8Array {
    return tensor.data ?? this.badOperands();
  }

  /** A shape of exactly `rank` dimensions that a kernel can work on. */
  requireRank(name: string, tensor: TfliteTensor, rank: number): void {
    if (tensor.shape.length !== rank) this.badShape(name, tensor.shape, Array<string>(rank).fill('?').join('x'));
    this.requireDimensions(name, tensor.shape);
  }

  requireDimensions(name: string, shape: readonly number[]): void {
    for (const dimension of shape) {
      if (dimension < 1 || dimension > limits.dimension) this.badShape(name, shape, `1..${String(limits.dimension)}`);
    }
  }

  requireSame(name: string, found: readonly number[], expected: readonly number[]): void {
    if (found.length !== expected.length || found.some((value, i) => value !== expected[i]))
      this.badShape(name, found, expected);
  }

  requireElements(name: string, tensor: TfliteTensor, expected: number): void {
    if (elementCount(tensor.shape) !== expected) this.badShape(name, tensor.shape, [expected]);
  }

  /** The one scale (above 0) and zero point (int8) of an activation. */
  perTensor(name: string, tensor: TfliteTensor): PerTensor {
    const { scales = [], zeroPoints = [] } = tensor.quantization ?? {};
    const [scale] = scales;
    const [zeroPoint] = zeroPoints;
    if (scale === undefined || zeroPoint === undefined || scales.length !== 1) {
      return this.badQuantization(name, `${String(scales.length)} scales`, '1 scale');
    }
    // Smaller ones are subnormal, which nothing that trains a network produces and small FPUs flush to zero.
    if (!(scale >= 2 ** -126 && scale < Infinity))
      return this.badQuantization(name, `scale ${String(scale)}`, 'scale > 0');
    if (zeroPoint < -128 || zeroPoint > 127) {
      return this.badQuantization(name, `zero point ${String(zeroPoint)}`, 'zero point -128..127');
    }
    return { scale, zeroPoint };
  }

  /** Scales of weights: one, or one a slice of `dimension`; zero points all 0. */
  weightScales(tensor: TfliteTensor, dimension: number): readonly number[] {
    const { scales = [], zeroPoints = [], dimension: found = 0 } = tensor.quantization ?? {};
    const channels = tensor.shape[dimension] ?? 0;
    if (scales.length !== 1 && (scales.length !== channels || found !== dimension)) {
      const shown = `${String(scales.length)} scales, dimension ${String(found)}`;
      this.badQuantization('weights', shown, `1 or ${String(channels)} scales, dimension ${String(dimension)}`);
    }
    for (const scale of scales) {
      if (!(scale >= 0 && scale < Infinity)) this.badQuantization('weights', `scale ${String(scale)}`, 'scale >= 0');
    }
    if (zeroPoints.some((zeroPoint) => zeroPoint !== 0))
      this.badQuantization('weights', 'zero point not 0', 'zero point 0');
    return scales;
  }

  /** Multipliers and shifts of real factors, by section 3.1 of the specification. */
  multipliers(factors: readonly number[]): { multipliers: Int32Array; shifts: Int8Array } {
    const multipliers = new Int32Array(factors.length);
    const shifts = new Int8Array(factors.length);
    factors.forEach((factor, i) => {
      const multiplier =
        toMultiplier(factor) ?? this.badQuantization('output', `factor ${String(factor)}`, 'factor < 2^30');
      multipliers[i] = multiplier.q;
      shifts[i] = multiplier.e;
    });
    return { multipliers, shifts };
  }

  /** Range of the output by the fused activation (section 3.3); the quotient of RELU6 is a float32. */
  range(activation: string, { scale, zeroPoint }: PerTensor): { lo: number; hi: number } {
    if (activation === 'NONE') return { lo: -128, hi: 127 };
    const lo = Math.max(-128, zeroPoint);
    if (activation === 'RELU') return { lo, hi: 127 };
    if (activation === 'RELU6') return { lo, hi: Math.min(127, zeroPoint + Math.round(Math.fround(6 / scale))) };
    return this.badOption('fused_activation_function', activation);
  }
}
