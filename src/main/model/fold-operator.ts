import type { ChannelClasses } from './channel-classes.ts';
import { alignUp } from './plan-op.ts';
import type { LoweredOp, OpConstants, Shape3 } from './plan-op.ts';
import type { ChannelRanges } from './ranges.ts';

/** The operator on the channels that are kept; the constants that it no longer reads are in its bias. */
export function foldOperator(
  op: LoweredOp,
  ranges: ReadonlyMap<number, ChannelRanges>,
  classes: ChannelClasses,
): LoweredOp {
  const [input = -1] = op.inputs;
  const outputs = classes.keptOf(op.output);
  const outShape: Shape3 = [op.outShape[0], op.outShape[1], outputs.length];
  const keptIn = classes.keptOf(input);
  const inC = (op.inShape[2] / classes.channelsOf(input)) * keptIn.length;
  if (outputs.length === op.outShape[2] && inC === op.inShape[2]) return op;
  const folded = { ...op, inShape: [op.inShape[0], op.inShape[1], inC] as const, outShape };
  switch (op.kernel) {
    case 'convS8':
    case 'fullyConnectedS8':
      return foldDense(op, folded, outputs, ranges.get(input) ?? [], classes);
    case 'depthwiseConvS8':
      return foldDepthwise(op, folded, outputs);
    default:
      return folded;
  }
}

/** Bias, multipliers and shifts of some channels. */
function pickScales(op: LoweredOp, channels: readonly number[]): Pick<LoweredOp, 'requantCount' | 'constants'> {
  const { bias, multipliers, shifts } = op.constants;
  const single = op.requantCount === 1;
  const constants: OpConstants = { bias: Int32Array.from(channels, (channel) => bias?.[channel] ?? 0) };
  constants.multipliers = single
    ? Int32Array.from(multipliers ?? [])
    : Int32Array.from(channels, (c) => multipliers?.[c] ?? 0);
  constants.shifts = single ? Int8Array.from(shifts ?? []) : Int8Array.from(channels, (c) => shifts?.[c] ?? 0);
  return { requantCount: single ? 1 : channels.length, constants };
}

function foldDense(
  op: LoweredOp,
  folded: LoweredOp,
  outputs: readonly number[],
  ranges: ChannelRanges,
  classes: ChannelClasses,
): LoweredOp {
  const [input = -1] = op.inputs;
  const channels = classes.channelsOf(input);
  const source = op.constants.weights ?? new Int8Array(0);
  const all = Array.from({ length: op.kernelSize[0] * op.kernelSize[1] * op.inShape[2] }, (_, tap) => tap);
  const taps = all.filter((tap) => classes.isKept(input, tap % channels));
  const gone = all.filter((tap) => !classes.isKept(input, tap % channels));
  const rowBytes = alignUp(taps.length);
  const weights = new Int8Array(outputs.length * rowBytes);
  const scales = pickScales(op, outputs);
  outputs.forEach((output, row) => {
    taps.forEach((tap, i) => { weights[row * rowBytes + i] = source[output * op.rowBytes + tap] ?? 0; }); // prettier-ignore
    // A tap that is gone has a constant value or no weight. The bias wraps as the sum does.
    let constant = scales.constants.bias?.[row] ?? 0;
    for (const tap of gone) constant += (source[output * op.rowBytes + tap] ?? 0) * (ranges[tap % channels]?.low ?? 0);
    if (scales.constants.bias) scales.constants.bias[row] = constant;
  });
  const direct = op.kernelSize[0] === 1 && op.kernelSize[1] === 1 && folded.inShape[2] % 16 === 0;
  return {
    ...folded,
    rowBytes,
    scratchBytes: direct ? 0 : rowBytes,
    requantCount: scales.requantCount,
    constants: { ...scales.constants, weights },
  };
}

function foldDepthwise(op: LoweredOp, folded: LoweredOp, outputs: readonly number[]): LoweredOp {
  const source = op.constants.weights ?? new Int8Array(0);
  const taps = op.kernelSize[0] * op.kernelSize[1];
  const rowBytes = alignUp(outputs.length);
  const weights = new Int8Array(taps * rowBytes);
  for (let tap = 0; tap < taps; tap++) {
    outputs.forEach((output, i) => { weights[tap * rowBytes + i] = source[tap * op.rowBytes + output] ?? 0; }); // prettier-ignore
  }
  const scales = pickScales(op, outputs);
  return { ...folded, rowBytes, requantCount: scales.requantCount, constants: { ...scales.constants, weights } };
}
