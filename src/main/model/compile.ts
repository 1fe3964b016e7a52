import { Fault } from '../../shared/fault/index.ts';
import { foldConstantChannels } from './fold.ts';
import type { FoldSummary } from './fold.ts';
import { lowerModel } from './lower.ts';
import { planMemory } from './memory.ts';
import { OpContext } from './op-context.ts';
import type { PerTensor } from './op-context.ts';
import { packOperators } from './pack.ts';
import { inputTransforms, modelIdPattern } from './plan-layout.ts';
import type { InputTransform, ResultTransform } from './plan-layout.ts';
import { readPlanImage } from './plan-read.ts';
import type { PlanDescription } from './plan-read.ts';
import { writePlanImage } from './plan-write.ts';
import { elementCount } from './tflite.ts';
import type { TfliteModel, TfliteTensor } from './tflite.ts';

export interface CompileOptions {
  /** By what name the DUT calls the model (`kws01`); `own` by default. */
  workloadId?: string;
  /** How one value of the host's payload stands: the `inputFormat` of the workload. Derived from the model by default. */
  inputFormat?: string;
  /** What a results line holds. Derived by default: an output of the input's length is a reconstruction, all else are scores. */
  result?: ResultTransform;
  /** SHA-256 of the model file, 64 hexadecimal digits, to be kept in the image. */
  sourceSha256?: string;
  /**
   * `tuned` (the default): kernels with repacked weights wherever they are exact, and outputs that slide into their inputs. `portable`: the
   * plain kernels only. The results are the same bytes.
   */
  kernels?: 'portable' | 'tuned';
  /**
   * Leaves out channels whose value is the same for every input; the outputs are the same bytes. Off by default, since the rules of a
   * benchmark may forbid it; the image says whether it was done.
   */
  fold?: boolean;
}

export interface CompiledPlan {
  image: Uint8Array;
  plan: PlanDescription;
  /** Largest sum of tensors alive at once, without scratch and rounding, and the operator where it is reached. */
  activationPeakBytes: number;
  activationPeakOp: number;
  /** What was folded away; null where nobody asked for it. */
  folding: FoldSummary | null;
}

/**
 * Compiles a model into a plan image. The same model and options give the same bytes. Whatever the kernels cannot do exactly is
 * refused with a `model.*` fault that names operator, index and model; nothing is approximated.
 */
export function compilePlan(model: TfliteModel, options: CompileOptions = {}): CompiledPlan {
  const modelId = options.workloadId ?? 'own';
  if (!modelIdPattern.test(modelId)) throw new Fault('model.id', { id: modelId });
  const sourceSha256 = options.sourceSha256 ?? '';
  if (!/^([0-9a-f]{64})?$/.test(sourceSha256)) throw new Fault('model.sourceSha256', { found: sourceSha256 });
  const lowered = lowerModel(model);
  const folding = options.fold ? foldConstantChannels(lowered, model.input, model.output) : undefined;
  const folded = folding?.ops ?? lowered;
  const ops = options.kernels === 'portable' ? folded : packOperators(folded);
  const memory = planMemory(model, ops);
  const [input, output] = [edge(model, 'input'), edge(model, 'output')];
  const result = options.result ?? deriveResult(input.tensor, output.tensor);
  const inputTransform = toTransform(options.inputFormat ?? deriveInput(input, result));
  if (!ops.some((op) => op.output === model.output)) {
    throw new Fault('model.reference', {
      model: model.name,
      where: 'subgraphs[0].outputs',
      index: model.output,
      count: 0,
    });
  }
  if (result === 'meanSquaredDifference' && (inputTransform !== 'float32le' || input.bytes !== output.bytes)) {
    throw new Fault('model.resultTransform', { model: model.name, input: input.bytes, output: output.bytes });
  }
  const image = writePlanImage(ops, memory, {
    modelName: model.name,
    modelId,
    sourceSha256,
    folded: (folding?.summary.removedChannels ?? 0) > 0,
    inputTransform,
    resultTransform: result,
    inputOffset: memory.offsetOf(model.input),
    inputBytes: input.bytes,
    outputOffset: memory.offsetOf(model.output),
    outputBytes: output.bytes,
    input: input.scale,
    output: output.scale,
  });
  const { activationPeakBytes, activationPeakOp } = memory;
  const plan = readPlanImage(image);
  return { image, plan, activationPeakBytes, activationPeakOp, folding: folding?.summary ?? null };
}

interface Edge {
  tensor: TfliteTensor;
  bytes: number;
  scale: PerTensor;
}

/** Input or output tensor of the model: int8 with one scale, or refused in the name of the operator that touches it. */
function edge(model: TfliteModel, side: 'input' | 'output'): Edge {
  const index = model[side];
  const tensor = model.tensors[index] as TfliteTensor;
  const operator = model.operators.find((op) => (side === 'input' ? op.inputs : op.outputs).includes(index));
  if (!operator) {
    throw new Fault('model.reference', { model: model.name, where: `subgraphs[0].${side}s`, index, count: 0 });
  }
  return { tensor, bytes: elementCount(tensor.shape), scale: new OpContext(model, operator).perTensor(side, tensor) };
}

function deriveResult(input: TfliteTensor, output: TfliteTensor): ResultTransform {
  return elementCount(input.shape) === elementCount(output.shape) ? 'meanSquaredDifference' : 'scores';
}

/** Three channels with the zero point at the lower end are an image of bytes; a reconstruction compares floats; all else is int8. */
function deriveInput({ tensor, scale }: Edge, result: ResultTransform): InputTransform {
  if (result === 'meanSquaredDifference') return 'float32le';
  return tensor.shape.length === 4 && tensor.shape[3] === 3 && scale.zeroPoint === -128 ? 'uint8' : 'int8';
}

function toTransform(format: string): InputTransform {
  const transform = inputTransforms.find((name) => name === format);
  if (!transform) throw new Fault('model.inputFormat', { format });
  return transform;
}
