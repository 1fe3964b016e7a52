import type { LoweredOp } from './plan-op.ts';

/** From `low` to `high`, both included. */
export interface Range {
  low: number;
  high: number;
}

/** What an int8 value may be. */
export const int8Range: Range = { low: -128, high: 127 };

/** Whether some window of the operator reaches outside the image. */
export function isPadded(op: LoweredOp): boolean {
  return [0, 1].some((axis) => {
    const at = axis as 0 | 1;
    const end = (op.outShape[at] - 1) * op.stride[at] - op.pad[at] + op.kernelSize[at];
    return op.pad[at] > 0 || end > op.inShape[at];
  });
}

/**
 * Bounds of the accumulator of one output channel, of a convolution-like operator as it is lowered: over all inputs whose channels
 * stay within `inputs`, all of int8 by default.
 */
export function accumulatorRange(op: LoweredOp, channel: number, inputs?: readonly Range[]): Range {
  const weights = op.constants.weights ?? new Int8Array(0);
  const bias = op.constants.bias?.[channel] ?? 0;
  const depthwise = op.kernel === 'depthwiseConvS8';
  const padded = isPadded(op);
  const [, , depth] = op.inShape;
  const taps = op.kernelSize[0] * op.kernelSize[1] * (depthwise ? 1 : depth);
  const first = depthwise ? channel : channel * op.rowBytes;
  const step = depthwise ? op.rowBytes : 1;
  const source = depthwise ? Math.floor((channel * depth) / op.outShape[2]) : 0;
  // A depthwise sum is over q - z_in, a convolution's bias has z_in folded in and sums over q.
  const origin = depthwise ? op.inZeroPoint : 0;
  let low = bias;
  let high = bias;
  for (let tap = 0; tap < taps; tap++) {
    const weight = weights[first + tap * step] ?? 0;
    if (weight === 0) continue;
    const range = inputs?.[depthwise ? source : tap % depth] ?? int8Range;
    const from = (padded ? Math.min(range.low, op.inZeroPoint) : range.low) - origin;
    const to = (padded ? Math.max(range.high, op.inZeroPoint) : range.high) - origin;
    low += weight * (weight > 0 ? from : to);
    high += weight * (weight > 0 ? to : from);
  }
  return { low, high };
}
