import { Fault } from '../../shared/fault/index.ts';
import { peak, planArena } from './arena.ts';
import type { ArenaItem, ArenaLayout, ArenaOverlap } from './arena.ts';
import { limits } from './limits.ts';
import type { LoweredOp } from './plan-op.ts';
import { slideBytes } from './slide.ts';
import { elementCount } from './tflite.ts';
import type { TfliteModel } from './tflite.ts';

/** Where everything lies in the arena. */
export interface MemoryPlan {
  arenaBytes: number;
  /** Largest sum of tensors alive at once, without scratch, and the operator where it is reached. Overlaps may need less. */
  activationPeakBytes: number;
  activationPeakOp: number;
  /** Offset of a tensor of the model. */
  offsetOf(tensor: number): number;
  /** Offset and length of an operator's scratch, by its position in the plan; 0 where it needs none. */
  scratchOf(position: number): number;
  scratchBytesOf(position: number): number;
}

/** By how much the arena may grow for the sake of roomy scratch. */
const roomBytes = 512;
/** For how many operators roomy scratch is tried one by one. */
const triedOperators = 32;

/**
 * Plans the arena: a tensor lives from the operator that writes it (the input: from the start) to the last one that reads it
 * (the output: to the end), scratch during its operator. Input and output of a RESHAPE are one tensor under two shapes. An output may
 * lie over an input that dies there, as far as the kernel allows (docs/formats/plan.md).
 */
export function planMemory(model: TfliteModel, ops: readonly LoweredOp[]): MemoryPlan {
  const { rootOf, items } = lifetimes(model, ops);
  const roots = [...items.keys()];
  const tensors = [...items.values()];
  const position = new Map(roots.map((root, i) => [root, i]));
  const itemOf = (tensor: number): number => position.get(rootOf.get(tensor) ?? tensor) ?? -1;
  const overlaps = ops.flatMap((op, step) =>
    op.inputs.flatMap((input): ArenaOverlap[] => {
      const [above, below] = [itemOf(input), itemOf(op.output)];
      if (above === below || tensors[above]?.last !== step || tensors[below]?.first !== step) return [];
      const allowed = allowedOverlap(op);
      return allowed ? [{ above, below, ...allowed }] : [];
    }),
  );
  const { layout, scratchBytes, scratchSteps } = placeScratch(ops, tensors, overlaps);
  if (layout.bytes > limits.arenaBytes) {
    throw new Fault('model.tooLarge', {
      model: model.name,
      part: 'arena',
      bytes: layout.bytes,
      limit: limits.arenaBytes,
    });
  }
  const scratchOffsets = new Map(scratchSteps.map((step, i) => [step, layout.offsets[tensors.length + i] ?? 0]));
  const { peakBytes, peakStep } = peak(tensors);
  return {
    arenaBytes: layout.bytes,
    activationPeakBytes: peakBytes,
    activationPeakOp: peakStep,
    offsetOf: (tensor) => layout.offsets[itemOf(tensor)] ?? 0,
    scratchOf: (position) => scratchOffsets.get(position) ?? 0,
    scratchBytesOf: (position) => scratchBytes[position] ?? 0,
  };
}

interface ScratchPlan {
  layout: ArenaLayout;
  /** Of each operator. */
  scratchBytes: readonly number[];
  /** The operators that have scratch, in the order of the items behind the tensors. */
  scratchSteps: readonly number[];
}

/** Places tensors and scratch: as much scratch as the kernels would like, as long as the arena hardly grows by it. */
function placeScratch(
  ops: readonly LoweredOp[],
  tensors: readonly ArenaItem[],
  overlaps: readonly ArenaOverlap[],
): ScratchPlan {
  const scratchSteps = ops.flatMap((op, step) => (op.scratchBytes > 0 ? [step] : []));
  const plan = (scratchBytes: readonly number[]): ScratchPlan => {
    const scratch = scratchSteps.map((step) => ({ bytes: scratchBytes[step] ?? 0, first: step, last: step }));
    return { layout: planArena([...tensors, ...scratch], overlaps), scratchBytes, scratchSteps };
  };
  let best = plan(ops.map((op) => op.scratchBytes));
  const limit = best.layout.bytes + roomBytes;
  const roomy = plan(ops.map((op) => op.roomyScratchBytes ?? op.scratchBytes));
  if (roomy.layout.bytes <= limit) return roomy;
  const candidates = ops.flatMap((op, step) => (op.roomyScratchBytes === undefined ? [] : [step]));
  for (const step of candidates.slice(0, triedOperators)) {
    const tried = plan(
      best.scratchBytes.map((bytes, i) => (i === step ? (ops[i]?.roomyScratchBytes ?? bytes) : bytes)),
    );
    if (tried.layout.bytes <= limit) best = tried;
  }
  return best;
}

interface Lifetimes {
  /** The tensor whose memory a tensor shares, where it is another one. */
  rootOf: ReadonlyMap<number, number>;
  items: ReadonlyMap<number, ArenaItem>;
}

function lifetimes(model: TfliteModel, ops: readonly LoweredOp[]): Lifetimes {
  const rootOf = new Map<number, number>();
  const items = new Map<number, ArenaItem>();
  const touch = (tensor: number, step: number, bytes: number): void => {
    const root = rootOf.get(tensor) ?? tensor;
    const item = items.get(root);
    if (item) item.last = Math.max(item.last, step);
    else items.set(root, { bytes, first: step, last: step });
  };
  const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
  touch(model.input, 0, elementCount(model.tensors[model.input]?.shape ?? []));
  ops.forEach((op, step) => {
    for (const input of op.inputs) touch(input, step, size(op.inShape));
    const [input] = op.inputs;
    if (op.kernel === 'reshape' && input !== undefined) rootOf.set(op.output, rootOf.get(input) ?? input);
    touch(op.output, step, size(op.outShape));
  });
  touch(model.output, ops.length - 1, 0);
  return { rootOf, items };
}

/** How an operator's output may lie over an input that is not read again. */
function allowedOverlap(op: LoweredOp): { least: number; most: number } | undefined {
  switch (op.kernel) {
    case 'addS8':
    case 'addPackedS8':
    case 'softmaxS8':
      return { least: 0, most: 0 };
    case 'convPackedS8':
    case 'depthwisePackedS8':
    case 'fullyConnectedPackedS8': {
      const [, inW, inC] = op.inShape;
      const [outH, outW, outC] = op.outShape;
      const [strideH, strideW] = op.stride;
      const [padTop, padLeft] = op.pad;
      const least = slideBytes({ inW, inC, outH, outW, outC, strideH, strideW, padTop, padLeft });
      return { least, most: Infinity };
    }
    default:
      return undefined;
  }
}
