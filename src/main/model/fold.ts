import { isPadded } from './accumulator.ts';
import { ChannelClasses } from './channel-classes.ts';
import { foldOperator } from './fold-operator.ts';
import type { LoweredOp } from './plan-op.ts';
import { tensorRanges } from './ranges.ts';
import type { ChannelRanges } from './ranges.ts';

/** What was folded away. */
export interface FoldSummary {
  /** Channels, over all operators, that give the same byte for every input. */
  constantChannels: number;
  /** Channels, over all operators, that are no longer computed. */
  removedChannels: number;
  /** Multiplications of one inference, every tap of every output position, before and after. */
  macsBefore: number;
  macsAfter: number;
}

export interface FoldedModel {
  ops: LoweredOp[];
  summary: FoldSummary;
}

/**
 * Leaves out channels whose value is the same for every input, and what only they need: their part of the next sums goes into the bias. Bit
 * exact. A constant that is not the zero point stays where a padded window reads it, since at the border fewer taps see it.
 * Channels come in fours, because the kernels load words: a few that could go may stay.
 */
export function foldConstantChannels(ops: readonly LoweredOp[], input: number, output: number): FoldedModel {
  const ranges = tensorRanges(ops, input);
  const classes = new ChannelClasses(ops, ranges, [input, output]);
  do keepNeeded(ops, ranges, classes);
  while (classes.roundUp(4));
  const folded = ops.map((op) => foldOperator(op, ranges, classes));
  const outputs = ops.flatMap((op) => ranges.get(op.output) ?? []);
  const channels = (list: readonly LoweredOp[]): number => list.reduce((sum, op) => sum + op.outShape[2], 0);
  return {
    ops: folded,
    summary: {
      constantChannels: outputs.filter(({ low, high }) => low === high).length,
      removedChannels: channels(ops) - channels(folded),
      macsBefore: countMacs(ops),
      macsAfter: countMacs(folded),
    },
  };
}

/** Keeps the channels that some kept output depends on, until no more are found. */
function keepNeeded(
  ops: readonly LoweredOp[],
  ranges: ReadonlyMap<number, ChannelRanges>,
  classes: ChannelClasses,
): void {
  let changed = true;
  while (changed) {
    changed = false;
    for (const op of ops.toReversed()) {
      if (op.kernel !== 'convS8' && op.kernel !== 'fullyConnectedS8') continue;
      const [tensor = -1] = op.inputs;
      const kept = classes.keptOf(op.output);
      for (let channel = 0; channel < classes.channelsOf(tensor); channel++) {
        if (classes.isKept(tensor, channel)) continue;
        if (isFoldable(op, ranges.get(tensor)?.[channel]) || !reads(op, channel, classes.channelsOf(tensor), kept))
          continue;
        classes.keep(tensor, channel);
        changed = true;
      }
    }
  }
}

/** Whether an input channel may become a part of the bias. */
function isFoldable(op: LoweredOp, range: { low: number; high: number } | undefined): boolean {
  return range !== undefined && range.low === range.high && (range.low === op.inZeroPoint || !isPadded(op));
}

/** Whether one of these output channels has a weight for an input channel. */
function reads(op: LoweredOp, channel: number, channels: number, outputs: readonly number[]): boolean {
  const taps = op.kernelSize[0] * op.kernelSize[1] * op.inShape[2];
  return outputs.some((output) => {
    for (let tap = channel; tap < taps; tap += channels) {
      if (op.constants.weights?.[output * op.rowBytes + tap] !== 0) return true;
    }
    return false;
  });
}

function countMacs(ops: readonly LoweredOp[]): number {
  return ops.reduce((sum, op) => {
    const outputs = op.outShape[0] * op.outShape[1] * op.outShape[2] * op.kernelSize[0] * op.kernelSize[1];
    if (op.kernel === 'convS8' || op.kernel === 'fullyConnectedS8') return sum + outputs * op.inShape[2];
    return op.kernel === 'depthwiseConvS8' ? sum + outputs : sum;
  }, 0);
}
