import { accumulatorRange, int8Range } from './accumulator.ts';
import type { Range } from './accumulator.ts';
import { requantize } from './fixed-point.ts';
import type { LoweredOp } from './plan-op.ts';

/** What each channel of a tensor may be, whatever the model's input is. */
export type ChannelRanges = readonly Range[];

/**
 * Bounds of every channel of every tensor (specification of the reference models, 3.8): all of int8 for the model's input, pushed
 * through each operator. Requantisation is monotone, so the bounds of the sums give those of the outputs.
 */
export function tensorRanges(ops: readonly LoweredOp[], input: number): Map<number, ChannelRanges> {
  const ranges = new Map<number, ChannelRanges>();
  for (const op of ops) {
    const [first] = op.inputs;
    if (first === input && !ranges.has(input)) ranges.set(input, full(op.inShape[2]));
    const sources = op.inputs.map((tensor) => ranges.get(tensor) ?? full(op.inShape[2]));
    ranges.set(op.output, outputRanges(op, sources));
  }
  return ranges;
}

function full(channels: number): Range[] {
  return Array.from({ length: channels }, () => int8Range);
}

function outputRanges(op: LoweredOp, [a = [], b = []]: readonly ChannelRanges[]): ChannelRanges {
  const channels = op.outShape[2];
  switch (op.kernel) {
    case 'convS8':
    case 'depthwiseConvS8':
    case 'fullyConnectedS8':
      return Array.from({ length: channels }, (_, channel) => convolved(op, channel, spread(a, op.inShape[2])));
    case 'averagePoolS8':
      return spread(a, channels).map(({ low, high }) => ({ low: clamp(op, low), high: clamp(op, high) }));
    case 'addS8':
      return spread(a, channels).map((of, channel) => added(op, of, b[channel] ?? int8Range));
    case 'reshape':
      return spread(a, channels);
    default:
      return full(channels);
  }
}

/** Ranges of a tensor that is read with `channels` values in its last dimension: the same, or as many times over. */
function spread(ranges: ChannelRanges, channels: number): ChannelRanges {
  if (channels % ranges.length !== 0) return full(channels);
  return Array.from({ length: channels }, (_, i) => ranges[i % ranges.length] ?? int8Range);
}

function clamp(op: LoweredOp, value: number): number {
  return Math.min(Math.max(value, op.lo), op.hi);
}

function scaleOf(op: LoweredOp, channel: number): { q: number; e: number } {
  const entry = op.requantCount === 1 ? 0 : channel;
  return { q: op.constants.multipliers?.[entry] ?? 0, e: op.constants.shifts?.[entry] ?? 0 };
}

function convolved(op: LoweredOp, channel: number, inputs: ChannelRanges): Range {
  const sums = accumulatorRange(op, channel, inputs);
  // Sums that may wrap say nothing about the output.
  if (sums.low < -(2 ** 31) || sums.high >= 2 ** 31) return { low: op.lo, high: op.hi };
  const output = (sum: number): number => clamp(op, op.outZeroPoint + requantize(sum, scaleOf(op, channel)));
  return { low: output(sums.low), high: output(sums.high) };
}

function added(op: LoweredOp, a: Range, b: Range): Range {
  const { weights, bias } = op.constants;
  const output = (ofA: number, ofB: number): number => {
    const sum = (weights?.[ofA + 128] ?? 0) + (bias?.[ofB + 128] ?? 0);
    return clamp(op, op.outZeroPoint + requantize(sum, scaleOf(op, 0)));
  };
  return { low: output(a.low, b.low), high: output(a.high, b.high) };
}
