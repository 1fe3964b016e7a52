import { accumulatorRange } from './accumulator.ts';
import { requantize, roundingShift } from './fixed-point.ts';
import { limits } from './limits.ts';
import { alignUp } from './plan-op.ts';
import type { LoweredOp } from './plan-op.ts';

/**
 * Repacks lowered operators for the tuned kernels (firmware/nn/jb_packed.h, docs/formats/plan.md). An operator that these cannot do
 * exactly keeps its portable kernel: factors of 0.5 or more, sums that may reach 2^30, other depth multipliers.
 */
export function packOperators(ops: readonly LoweredOp[]): LoweredOp[] {
  return ops.map((op) => packOperator(op) ?? op);
}

function packOperator(op: LoweredOp): LoweredOp | undefined {
  switch (op.kernel) {
    case 'convS8':
    case 'fullyConnectedS8':
      return packDense(op);
    case 'depthwiseConvS8':
      return packDepthwise(op);
    case 'addS8':
      return packAdd(op);
    default:
      return undefined;
  }
}

interface Scales {
  bias: Int32Array;
  multipliers: Int32Array;
  /** To the right, 1 to limits.packedShift. */
  shifts: Int8Array;
}

/** Bias, multiplier and shift of one channel whose sums stay between `low` and `high`; undefined where no packed ones are exact. */
function packScale(
  { low, high }: { low: number; high: number },
  bias: number,
  q: number,
  e: number,
): [bias: number, q: number, shift: number] | undefined {
  if (q === 0) return [0, 0, 1];
  if (low === high) {
    if (low !== bias) return undefined;
    // No weights: a constant. H halves 4 v, and so does D. Beyond +-512 it saturates with any zero point.
    const value = Math.min(Math.max(requantize(bias, { q, e }), -512), 512);
    return [4 * value, 2 ** 30, 1];
  }
  const largest = Math.max(Math.abs(low), Math.abs(high));
  if (largest >= 2 ** 30 || e > -1) return undefined;
  if (-e <= limits.packedShift) return [bias, q, -e];
  return roundingShift(largest, -e) === 0 ? [0, 0, 1] : undefined;
}

function packScales(op: LoweredOp): Scales | undefined {
  const { bias, multipliers, shifts } = op.constants;
  const channels = op.outShape[2];
  const packed = {
    bias: new Int32Array(channels),
    multipliers: new Int32Array(channels),
    shifts: new Int8Array(channels),
  };
  for (let channel = 0; channel < channels; channel++) {
    const entry = op.requantCount === 1 ? 0 : channel;
    const range = accumulatorRange(op, channel);
    const scale = packScale(range, bias?.[channel] ?? 0, multipliers?.[entry] ?? 0, shifts?.[entry] ?? 0);
    if (!scale) return undefined;
    [packed.bias[channel], packed.multipliers[channel], packed.shifts[channel]] = scale;
  }
  return packed;
}

interface BlockLayout {
  channels: number;
  blockChannels: number;
  /** Of one block's weights. */
  weightBytes: number;
  /** Stores the weights of `channel`, the one at `lane` of its block, from `at` on. */
  write: (view: DataView, at: number, channel: number, lane: number) => void;
}

/**
 * The constants of so many channels as one block: biases, weights, multipliers, shifts, zeros up to 4 bytes. Channels that fill up the last
 * block have no weights, and scales that the loader accepts.
 */
function packBlocks(
  layout: BlockLayout,
  { bias, multipliers, shifts }: Scales,
): { blocks: Int8Array; rowBytes: number } {
  const { channels, blockChannels, weightBytes } = layout;
  const rowBytes = 8 * blockChannels + 4 + weightBytes;
  const count = Math.ceil(channels / blockChannels);
  const view = new DataView(new ArrayBuffer(count * rowBytes));
  for (let channel = 0; channel < count * blockChannels; channel++) {
    const lane = channel % blockChannels;
    const block = Math.floor(channel / blockChannels) * rowBytes;
    const scales = block + 4 * blockChannels + weightBytes;
    view.setInt8(scales + 4 * blockChannels + lane, shifts[channel] ?? 1);
    if (channel >= channels) continue;
    view.setInt32(block + 4 * lane, bias[channel] ?? 0, true);
    view.setInt32(scales + 4 * lane, multipliers[channel] ?? 0, true);
    layout.write(view, block + 4 * blockChannels, channel, lane);
  }
  return { blocks: new Int8Array(view.buffer), rowBytes };
}

/** Groups of four taps; in each, four bytes of every channel of the block. */
function packDense(op: LoweredOp): LoweredOp | undefined {
  const scales = packScales(op);
  if (!scales) return undefined;
  const weights = op.constants.weights ?? new Int8Array(0);
  const convolution = op.kernel === 'convS8';
  const blockChannels = convolution ? 2 : 4;
  const taps = op.kernelSize[0] * op.kernelSize[1] * op.inShape[2];
  const groups = Math.ceil(taps / 4);
  const write: BlockLayout['write'] = (view, at, channel, lane) => {
    for (let tap = 0; tap < taps; tap++) {
      const byte = 4 * blockChannels * Math.floor(tap / 4) + 4 * lane + (tap % 4);
      view.setInt8(at + byte, weights[channel * op.rowBytes + tap] ?? 0);
    }
  };
  const layout = { channels: op.outShape[2], blockChannels, weightBytes: 4 * blockChannels * groups, write };
  const { blocks, rowBytes } = packBlocks(layout, scales);
  const alone = !convolution || op.outShape[0] * op.outShape[1] === 1;
  const row = op.inShape[2] % 4 === 0 ? 0 : 4 * groups;
  return {
    ...op,
    kernel: convolution ? 'convPackedS8' : 'fullyConnectedPackedS8',
    rowBytes,
    scratchBytes: alignUp((alone ? 8 : 16) * groups + row),
    // Three windows at a time instead of two.
    ...(alone ? {} : { roomyScratchBytes: alignUp(24 * groups + row) }),
    requantCount: 0,
    constants: { weights: blocks },
  };
}

/** In which order SXTB16 takes four values apart: where each channel of a block is. */
const depthwiseLanes = [0, 2, 1, 3] as const;

/**
 * Four channels as int16, tap after tap. The zero point is folded into the bias: taps outside the image read it. Both are doubled, as the
 * requantisation wants its sums.
 */
function packDepthwise(op: LoweredOp): LoweredOp | undefined {
  const channels = op.outShape[2];
  if (op.inShape[2] !== channels || channels % 4 !== 0) return undefined;
  const scales = packScales(op);
  if (!scales) return undefined;
  const weights = op.constants.weights ?? new Int8Array(0);
  const taps = op.kernelSize[0] * op.kernelSize[1];
  const bias = scales.bias.map((value, channel) => {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) sum += weights[tap * op.rowBytes + channel] ?? 0;
    return 2 * (value - op.inZeroPoint * sum);
  });
  const write: BlockLayout['write'] = (view, at, channel, lane) => {
    for (let tap = 0; tap < taps; tap++) {
      const weight = weights[tap * op.rowBytes + channel] ?? 0;
      view.setInt16(at + 8 * tap + 2 * (depthwiseLanes[lane] ?? 0), 2 * weight, true);
    }
  };
  const layout = { channels, blockChannels: 4, weightBytes: 8 * taps, write };
  const { blocks, rowBytes } = packBlocks(layout, { ...scales, bias });
  return {
    ...op,
    kernel: 'depthwisePackedS8',
    rowBytes,
    scratchBytes: alignUp(alignUp(channels) + 4 * taps),
    requantCount: 0,
    constants: { weights: blocks },
  };
}

/** Tables of twice the rescaled operand, by the operand's byte instead of its value + 128. */
function packAdd(op: LoweredOp): LoweredOp | undefined {
  const { weights = new Int32Array(256), bias = new Int32Array(256), multipliers, shifts } = op.constants;
  const largest = (table: ArrayLike<number>): number => Array.from(table).reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const high = largest(weights) + largest(bias);
  const scale = packScale({ low: -high, high }, 0, multipliers?.[0] ?? 0, shifts?.[0] ?? 0);
  if (!scale || scale[1] === 0) return undefined;
  const byByte = (table: ArrayLike<number>): Int32Array =>
    Int32Array.from({ length: 256 }, (_, byte) => 2 * (table[byte ^ 128] ?? 0));
  return {
    ...op,
    kernel: 'addPackedS8',
    constants: {
      weights: byByte(weights),
      bias: byByte(bias),
      multipliers: Int32Array.of(scale[1]),
      shifts: Int8Array.of(scale[2]),
    },
  };
}
