import { alignUp } from './plan-op.ts';
import type { KernelName } from './plan-op.ts';
import type { PlanDescription, PlanOp } from './plan-read.ts';

/** What the cost of one operator depends on. Fields that a kernel does not have are 0. */
export interface CostFeatures {
  kernel: KernelName;
  /** Multiplications of convolution and fully connected layers. */
  macs: number;
  /** The same, rows padded to 16. */
  paddedMacs: number;
  /** Loads, unpacks and products of a packed convolution on the DSP extension: fewer where there is scratch for three windows. */
  productSteps: number;
  /** Values written. */
  outputs: number;
  /** Bytes copied into a row before the products; 0 where the input is read in place. */
  gatheredInputBytes: number;
  /** Pieces in which they are copied: one a row of the window. */
  gatheredRows: number;
  /** Positions at which all channels are computed. */
  pixels: number;
  /** Multiplications of a depthwise convolution: taps outside the image are skipped. */
  taps: number;
  /** Rows of taps of a depthwise convolution, inside the image, for each value written. */
  tapRows: number;
  /** Values that a pool sums up. */
  inputs: number;
  /** Values of ADD and SOFTMAX. */
  elements: number;
}

/** The features of each operator of a plan, in order. */
export function costFeatures(plan: PlanDescription): CostFeatures[] {
  return plan.ops.map(opFeatures);
}

/** Kernels of one family have names that begin alike: portable and tuned variants cost differently, but for the same reasons. */
function opFeatures(op: PlanOp): CostFeatures {
  const kernel = op.kernelName;
  const pixels = op.outH * op.outW;
  const outputs = pixels * op.outC;
  const none = {
    kernel,
    macs: 0,
    paddedMacs: 0,
    productSteps: 0,
    outputs,
    gatheredInputBytes: 0,
    gatheredRows: 0,
    pixels,
    taps: 0,
    tapRows: 0,
    inputs: 0,
    elements: 0,
  };
  const is = (family: string): boolean => kernel.startsWith(family);
  if (is('conv')) {
    const row = op.kernelH * op.kernelW * op.inC;
    const direct = op.kernelH * op.kernelW === 1 && op.inC % 16 === 0;
    return {
      ...none,
      macs: row * outputs,
      paddedMacs: alignUp(row) * outputs,
      productSteps: kernel === 'convPackedS8' ? productSteps(op) : 0,
      gatheredInputBytes: direct ? 0 : row * pixels,
      gatheredRows: direct ? 0 : op.kernelH * pixels,
    };
  }
  if (is('fullyConnected')) {
    const direct = op.inC % 16 === 0;
    return {
      ...none,
      macs: op.inC * outputs,
      paddedMacs: alignUp(op.inC) * outputs,
      gatheredInputBytes: direct ? 0 : op.inC * pixels,
      gatheredRows: direct ? 0 : pixels,
    };
  }
  if (is('depthwise')) {
    const rows = tapsInside(op.outH, op.strideH, op.padTop, op.kernelH, op.inH);
    const columns = tapsInside(op.outW, op.strideW, op.padLeft, op.kernelW, op.inW);
    return { ...none, taps: rows * columns * op.outC, tapRows: rows * op.outW * op.outC };
  }
  if (is('averagePool')) return { ...none, inputs: op.kernelH * op.kernelW * outputs };
  if (is('reshape')) return { ...none, outputs: 0, pixels: 0 };
  return { ...none, elements: outputs };
}

/** Groups of four taps of two channels take 10, 15 or 20 instructions for one, two or three windows (firmware/nn/jb_conv_dsp.c). */
function productSteps(op: PlanOp): number {
  const groups = Math.ceil((op.kernelH * op.kernelW * op.inC) / 4);
  const row = op.inC % 4 === 0 ? 0 : 4 * groups;
  const pixels = op.outH * op.outW;
  const windows = Math.min(Math.floor((op.scratchBytes - row) / (8 * groups)), 3, pixels);
  return (groups * Math.ceil(op.outC / 2) * pixels * (5 + 5 * windows)) / windows;
}

/** Taps of all windows along one axis that lie inside the image. */
function tapsInside(windows: number, stride: number, before: number, taps: number, length: number): number {
  let inside = 0;
  for (let window = 0; window < windows; window++) {
    const first = window * stride - before;
    inside += Math.max(0, Math.min(first + taps, length) - Math.max(first, 0));
  }
  return inside;
}

/** By kernel: instructions for each unit of a feature, and for each call (`calls`). Fitted by `npm run bench:firmware`. */
export type CostCoefficients = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * Instructions of one operator by a linear formula. A kernel that the table does not know costs nothing: a test makes sure that it
 * knows all of them.
 */
export function estimateInstructions({ kernel, ...features }: CostFeatures, coefficients: CostCoefficients): number {
  const units: Readonly<Record<string, number>> = { ...features, calls: 1 };
  const terms = Object.entries(coefficients[kernel] ?? {});
  return Math.round(terms.reduce((sum, [name, each]) => sum + each * (units[name] ?? 0), 0));
}
