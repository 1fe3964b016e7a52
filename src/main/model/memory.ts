import { Fault } from '../../shared/fault/index.ts';
import { planArena } from './arena.ts';
import type { ArenaItem } from './arena.ts';
import { limits } from './limits.ts';
import type { LoweredOp } from './plan-op.ts';
import { elementCount } from './tflite.ts';
import type { TfliteModel } from './tflite.ts';

/** Where everything lies in the arena. */
export interface MemoryPlan {
  arenaBytes: number;
  /** Largest sum of tensors alive at once, without scratch, and the operator where it is reached. */
  activationPeakBytes: number;
  activationPeakOp: number;
  /** Offset of a tensor of the model. */
  offsetOf(tensor: number): number;
  /** Offset of an operator's scratch, by its position in the plan; 0 where it needs none. */
  scratchOf(position: number): number;
}

/**
 * Plans the arena: a tensor lives from the operator that writes it (the input: from the start) to the last one that reads it
 * (the output: to the end), scratch during its operator. Input and output of a RESHAPE are one tensor under two shapes.
 */
export function planMemory(model: TfliteModel, ops: readonly LoweredOp[]): MemoryPlan {
  const rootOf = new Map<number, number>();
  const items = new Map<number, ArenaItem>();
  const touch = (tensor: number, step: number): void => {
    const root = rootOf.get(tensor) ?? tensor;
    const item = items.get(root);
    if (item) item.last = Math.max(item.last, step);
    else items.set(root, { bytes: elementCount(model.tensors[root]?.shape ?? []), first: step, last: step });
  };
  touch(model.input, 0);
  ops.forEach((op, step) => {
    for (const input of op.inputs) touch(input, step);
    const [input] = op.inputs;
    if (op.kernel === 'reshape' && input !== undefined) rootOf.set(op.output, rootOf.get(input) ?? input);
    touch(op.output, step);
  });
  touch(model.output, ops.length - 1);
  const roots = [...items.keys()];
  const tensors = [...items.values()];
  const scratchSteps = ops.flatMap((op, step) => (op.scratchBytes > 0 ? [step] : []));
  const scratch = scratchSteps.map((step) => ({ bytes: ops[step]?.scratchBytes ?? 0, first: step, last: step }));
  const layout = planArena([...tensors, ...scratch]);
  if (layout.bytes > limits.arenaBytes) {
    throw new Fault('model.tooLarge', {
      model: model.name,
      part: 'arena',
      bytes: layout.bytes,
      limit: limits.arenaBytes,
    });
  }
  const offsets = new Map(roots.map((root, i) => [root, layout.offsets[i] ?? 0]));
  const scratchOffsets = new Map(scratchSteps.map((step, i) => [step, layout.offsets[tensors.length + i] ?? 0]));
  const { peakBytes, peakStep } = planArena(tensors);
  return {
    arenaBytes: layout.bytes,
    activationPeakBytes: peakBytes,
    activationPeakOp: peakStep,
    offsetOf: (tensor) => offsets.get(rootOf.get(tensor) ?? tensor) ?? 0,
    scratchOf: (position) => scratchOffsets.get(position) ?? 0,
  };
}
