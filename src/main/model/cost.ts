import { alignUp } from './plan-op.ts';
import type { KernelName } from './plan-op.ts';
import type { PlanDescription, PlanOp } from './plan-read.ts';

/** What the cost of one operator depends on. Fields that a kernel does not have are 0. */
export interface CostFeatures {
  kernel: KernelName;
  /** Multiplications of convolution and fully connected layers, rows padded to 16. */
  paddedMacs: number;
  /** Values written. */
  outputs: number;
  /** Bytes copied into a row before the products; 0 where the input is read in place. */
  gatheredInputBytes: number;
  /** Positions at which all channels are computed. */
  pixels: number;
  /** Multiplications of a depthwise convolution, padded taps included. */
  taps: number;
  /** Values that a pool sums up. */
  inputs: number;
  /** Values of ADD and SOFTMAX. */
  elements: number;
}

/** The features of each operator of a plan, in order. */
export function costFeatures(plan: PlanDescription): CostFeatures[] {
  return plan.ops.map(opFeatures);
}

function opFeatures(op: PlanOp): CostFeatures {
  const kernel = op.kernelName;
  const pixels = op.outH * op.outW;
  const outputs = pixels * op.outC;
  const none = { kernel, paddedMacs: 0, outputs, gatheredInputBytes: 0, pixels, taps: 0, inputs: 0, elements: 0 };
  switch (kernel) {
    case 'convS8': {
      const row = op.kernelH * op.kernelW * op.inC;
      const direct = op.kernelH * op.kernelW === 1 && op.inC % 16 === 0;
      return { ...none, paddedMacs: alignUp(row) * outputs, gatheredInputBytes: direct ? 0 : row * pixels };
    }
    case 'fullyConnectedS8':
      return {
        ...none,
        paddedMacs: op.rowBytes * outputs,
        gatheredInputBytes: op.inC % 16 === 0 ? 0 : op.inC * pixels,
      };
    case 'depthwiseConvS8':
      return { ...none, taps: op.kernelH * op.kernelW * outputs };
    case 'averagePoolS8':
      return { ...none, inputs: op.kernelH * op.kernelW * outputs };
    case 'addS8':
    case 'softmaxS8':
      return { ...none, elements: outputs };
    case 'reshape':
      return { ...none, outputs: 0, pixels: 0 };
  }
}

/**
 * Instructions of a Cortex-M4 for one operator, portable C at -O2: a linear formula fitted to measurements of 67 operators of
 * four models (specification of the virtual bench, 3.2). Totals of the reference models are off by 1.4 % at most, the
 * worst single operator by 13 %.
 */
export function estimateInstructions(features: CostFeatures): number {
  const { paddedMacs, outputs, gatheredInputBytes, pixels, taps, inputs, elements } = features;
  switch (features.kernel) {
    case 'convS8':
    case 'fullyConnectedS8':
      return Math.round(5.13 * paddedMacs + 29.4 * outputs + 0.84 * gatheredInputBytes + 454 * pixels);
    case 'depthwiseConvS8':
      return Math.round(11.29 * taps + 1.25 * outputs + 353 * pixels);
    case 'averagePoolS8':
      return Math.round(7.16 * inputs + 36.6 * outputs);
    case 'addS8':
      return Math.round(49.9 * elements);
    case 'softmaxS8':
      return Math.round(33.4 * elements + 219);
    case 'reshape':
      return 0;
  }
}
