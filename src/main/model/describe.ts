import { toFault } from '../../shared/fault/index.ts';
import type { FaultRecord } from '../../shared/fault/index.ts';
import { compilePlan } from './compile.ts';
import { elementBytes } from './schema.ts';
import { elementCount, readTflite } from './tflite.ts';
import type { TfliteModel, TfliteOperator, TfliteTensor } from './tflite.ts';

export interface TensorSummary {
  type: string;
  shape: readonly number[];
  /** Of a tensor with one scale; null for floats and for weights with a scale a channel. */
  scale: number | null;
  zeroPoint: number | null;
}

export interface OperatorSummary {
  index: number;
  name: string;
  inputs: readonly TensorSummary[];
  output: TensorSummary;
  /** Multiplications, every tap of every output position, padded ones included; 0 where an operator has none. */
  macs: number;
  weightBytes: number;
  biasBytes: number;
}

/** What a compiled plan needs; absent where the model cannot be compiled. */
export interface MemorySummary {
  imageBytes: number;
  arenaBytes: number;
  activationPeakBytes: number;
  activationPeakOp: number;
}

export interface ModelSummary {
  name: string;
  fileBytes: number;
  input: TensorSummary;
  output: TensorSummary;
  operators: readonly OperatorSummary[];
  macs: number;
  weightBytes: number;
  biasBytes: number;
  memory: MemorySummary | null;
  /** Why the model cannot be compiled; null if it can. */
  refusal: FaultRecord | null;
}

/**
 * Facts of a model file for `joulebench model info`. A readable model that the compiler refuses is described all the same, with the
 * refusal; a file that cannot be read is a `model.*` fault.
 */
export function describeModel(bytes: Uint8Array, options: { name?: string } = {}): ModelSummary {
  const model = readTflite(bytes, options);
  const operators = model.operators.map((operator) => describeOperator(model, operator));
  const total = (field: 'macs' | 'weightBytes' | 'biasBytes'): number =>
    operators.reduce((sum, op) => sum + op[field], 0);
  return {
    name: model.name,
    fileBytes: model.fileBytes,
    input: describeTensor(model.tensors[model.input]),
    output: describeTensor(model.tensors[model.output]),
    operators,
    macs: total('macs'),
    weightBytes: total('weightBytes'),
    biasBytes: total('biasBytes'),
    ...compiled(model),
  };
}

function compiled(model: TfliteModel): Pick<ModelSummary, 'memory' | 'refusal'> {
  try {
    const { plan, activationPeakBytes, activationPeakOp } = compilePlan(model);
    const { imageBytes, arenaBytes } = plan;
    return { memory: { imageBytes, arenaBytes, activationPeakBytes, activationPeakOp }, refusal: null };
  } catch (error) {
    const fault = toFault(error);
    if (fault.kind === 'internal') throw error;
    return { memory: null, refusal: fault.toRecord() };
  }
}

function describeTensor(tensor: TfliteTensor | undefined): TensorSummary {
  const { scales = [], zeroPoints = [] } = tensor?.quantization ?? {};
  const single = scales.length === 1;
  return {
    type: tensor?.type ?? '',
    shape: tensor?.shape ?? [],
    scale: single ? (scales[0] ?? null) : null,
    zeroPoint: single ? (zeroPoints[0] ?? null) : null,
  };
}

const withWeights: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED']);

function describeOperator(model: TfliteModel, operator: TfliteOperator): OperatorSummary {
  const tensor = (index: number | undefined): TfliteTensor | undefined =>
    index === undefined || index < 0 ? undefined : model.tensors[index];
  const output = tensor(operator.outputs[0]);
  const weighted = withWeights.has(operator.name);
  const weights = weighted ? tensor(operator.inputs[1]) : undefined;
  const bias = weighted ? tensor(operator.inputs[2]) : undefined;
  return {
    index: operator.index,
    name: operator.name,
    inputs: operator.inputs.filter((index) => index >= 0).map((index) => describeTensor(tensor(index))),
    output: describeTensor(output),
    macs: weights && output ? macs(operator.name, weights, output) : 0,
    weightBytes: storedBytes(weights),
    biasBytes: storedBytes(bias),
  };
}

/** Each output takes one multiplication a weight of its filter; a depthwise filter has none of the other channels. */
function macs(name: string, weights: TfliteTensor, output: TfliteTensor): number {
  const outputs = elementCount(output.shape);
  const channelAxis = name === 'DEPTHWISE_CONV_2D' ? 3 : 0;
  const filters = weights.shape[channelAxis] ?? 0;
  return filters === 0 ? 0 : (elementCount(weights.shape) / filters) * outputs;
}

function storedBytes(tensor: TfliteTensor | undefined): number {
  return tensor ? elementCount(tensor.shape) * (elementBytes[tensor.type] ?? 0) : 0;
}
