import { Fault } from '../../shared/fault/index.ts';
import { FlatFile } from './flat-file.ts';
import type { FlatTable } from './flat-file.ts';
import { limits } from './limits.ts';
import { readOptions } from './operator-options.ts';
import type { OperatorOptions } from './operator-options.ts';
import {
  customOperator,
  elementBytes,
  fileIdentifier,
  operatorName,
  schemaVersion,
  slots,
  tensorTypeName,
} from './schema.ts';
import type { TensorType } from './schema.ts';

/** How integers stand for real values: real = scale * (q - zero point). One entry, or one a slice of `dimension`. */
export interface Quantization {
  /** float32 values. */
  scales: readonly number[];
  /** As many as scales. */
  zeroPoints: readonly number[];
  dimension: number;
}

export interface TfliteTensor {
  index: number;
  name: string;
  type: TensorType;
  /** Slowest axis first, as in the file (batch included). */
  shape: readonly number[];
  quantization: Quantization | undefined;
  /** Little endian values of a constant, in place in the file; undefined for an activation. */
  data: Uint8Array | undefined;
}

export interface TfliteOperator {
  index: number;
  /** Name of the builtin operator, or the custom operator's own. */
  name: string;
  version: number;
  /** Indices of tensors; -1 where an optional one is left out. */
  inputs: readonly number[];
  outputs: readonly number[];
  options: OperatorOptions;
}

/** One .tflite file: its first and only subgraph, operators in execution order. */
export interface TfliteModel {
  /** What messages call the model: its file name. */
  name: string;
  fileBytes: number;
  tensors: readonly TfliteTensor[];
  operators: readonly TfliteOperator[];
  /** Index of the input tensor and of the output tensor. */
  input: number;
  output: number;
}

/**
 * Reads a TensorFlow Lite model (schema version 3). Constants stay views into `bytes`. Types and operators that the compiler
 * does not support are read all the same; what is damaged, out of bounds, absurdly large or not a model is a `model.*` fault.
 */
export function readTflite(bytes: Uint8Array, options: { name?: string } = {}): TfliteModel {
  const name = options.name ?? 'model.tflite';
  const identifier = new TextDecoder('latin1').decode(bytes.subarray(4, 8)).replace(/\p{C}/gu, '?');
  if (identifier !== fileIdentifier) {
    throw new Fault('model.notTflite', { model: name, fileBytes: bytes.length, identifier });
  }
  const file = new FlatFile(bytes, name);
  const root = file.root('');
  const version = root.uint(slots.model.version, 'version');
  if (version !== schemaVersion) throw new Fault('model.version', { model: name, version });
  const graph = onlyOne(root.tables(slots.model.subgraphs, 'subgraphs', limits.subgraphs), 'subgraphs', name);
  const buffers = root.tables(slots.model.buffers, 'buffers', limits.buffers);
  const tensors = graph
    .tables(slots.subgraph.tensors, 'tensors', limits.tensors)
    .map((t, i) => readTensor(t, i, buffers, name));
  const codes = root.tables(slots.model.operatorCodes, 'operator_codes', limits.operatorCodes).map(readOperatorCode);
  const operators = graph
    .tables(slots.subgraph.operators, 'operators', limits.operators)
    .map((table, index) => readOperator(table, index, codes, tensors.length, name));
  const input = onlyOne(graph.ints(slots.subgraph.inputs, 'inputs', limits.tensors), 'inputs', name);
  const output = onlyOne(graph.ints(slots.subgraph.outputs, 'outputs', limits.tensors), 'outputs', name);
  checkReference(input, tensors.length, graph.path('inputs'), name);
  checkReference(output, tensors.length, graph.path('outputs'), name);
  if (operators.length === 0) throw new Fault('model.graph', { model: name, part: 'operators', found: 0 });
  return { name, fileBytes: bytes.length, tensors, operators, input, output };
}

/** Number of elements of a shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}

function onlyOne<T>(list: readonly T[], part: string, model: string): T {
  const [first] = list;
  if (first === undefined || list.length !== 1) throw new Fault('model.graph', { model, part, found: list.length });
  return first;
}

function checkReference(index: number, count: number, where: string, model: string): void {
  if (index < 0 || index >= count) throw new Fault('model.reference', { model, where, index, count });
}

function readTensor(table: FlatTable, index: number, buffers: readonly FlatTable[], model: string): TfliteTensor {
  const slot = slots.tensor;
  const shape = table.ints(slot.shape, 'shape', limits.rank);
  const type = tensorTypeName(table.byte(slot.type, 'type'));
  const elements = elementCount(shape);
  for (const value of [...shape, elements]) {
    if (value < 0 || value > limits.elements) {
      throw new Fault('model.limit', { model, where: table.path('shape'), value, limit: limits.elements });
    }
  }
  for (const [at, field] of [
    [slot.sparsity, 'sparsity'],
    [slot.externalBuffer, 'external_buffer'],
  ] as const) {
    if (table.has(at)) throw new Fault('model.unsupportedField', { model, field, where: table.where });
  }
  if (table.byte(slot.isVariable, 'is_variable') !== 0) {
    throw new Fault('model.unsupportedField', { model, field: 'is_variable', where: table.where });
  }
  const data = readData(table, buffers, model);
  const bytes = elementBytes[type];
  if (data && bytes !== undefined && data.length !== elements * bytes) {
    throw new Fault('model.dataLength', { model, where: table.where, found: data.length, expected: elements * bytes });
  }
  return {
    index,
    name: table.text(slot.name, 'name'),
    type,
    shape,
    quantization: readQuantization(table, model),
    data,
  };
}

/** A tensor without data is an activation; an empty buffer counts as none, as in the reference runtime. */
function readData(table: FlatTable, buffers: readonly FlatTable[], model: string): Uint8Array | undefined {
  const index = table.uint(slots.tensor.buffer, 'buffer');
  if (index === 0 && buffers.length === 0) return undefined;
  const buffer = buffers[index];
  if (!buffer) {
    throw new Fault('model.reference', { model, where: table.path('buffer'), index, count: buffers.length });
  }
  // Offset 1 is what writers put there for "not used yet".
  if (buffer.ulong(slots.buffer.offset, 'offset') > 1) {
    throw new Fault('model.unsupportedField', { model, field: 'offset', where: buffer.where });
  }
  const data = buffer.blob(slots.buffer.data, 'data');
  return data && data.length > 0 ? data : undefined;
}

function readQuantization(tensor: FlatTable, model: string): Quantization | undefined {
  const slot = slots.quantization;
  const table = tensor.table(slots.tensor.quantization, 'quantization');
  if (!table) return undefined;
  if (table.ubyte(slot.detailsType, 'details') !== 0) {
    throw new Fault('model.unsupportedField', { model, field: 'details', where: table.where });
  }
  const scales = table.floats(slot.scale, 'scale', limits.elements);
  if (scales.length === 0) return undefined;
  const zeroPoints = table.longs(slot.zeroPoint, 'zero_point', limits.elements);
  if (zeroPoints.length !== scales.length && zeroPoints.length > 1) {
    throw new Fault('model.dataLength', {
      model,
      where: table.path('zero_point'),
      found: zeroPoints.length,
      expected: scales.length,
    });
  }
  const dimension = table.int(slot.quantizedDimension, 'quantized_dimension');
  return { scales, zeroPoints: scales.map((_, i) => zeroPoints[zeroPoints.length === 1 ? 0 : i] ?? 0), dimension };
}

interface OperatorCode {
  code: number;
  name: string;
  version: number;
}

function readOperatorCode(table: FlatTable): OperatorCode {
  const slot = slots.operatorCode;
  // Files older than the 32-bit field have the code in the 8-bit one only; both stand there since.
  const code = Math.max(
    table.byte(slot.deprecatedBuiltinCode, 'deprecated_builtin_code'),
    table.int(slot.builtinCode, 'builtin_code'),
  );
  const custom = code === customOperator ? table.text(slot.customCode, 'custom_code') : '';
  return { code, name: custom || operatorName(code), version: table.int(slot.version, 'version', 1) };
}

function readOperator(
  table: FlatTable,
  index: number,
  codes: readonly OperatorCode[],
  tensors: number,
  model: string,
): TfliteOperator {
  const slot = slots.operator;
  const codeIndex = table.uint(slot.opcodeIndex, 'opcode_index');
  const code = codes[codeIndex];
  if (!code)
    throw new Fault('model.reference', {
      model,
      where: table.path('opcode_index'),
      index: codeIndex,
      count: codes.length,
    });
  const inputs = table.ints(slot.inputs, 'inputs', limits.operands);
  const outputs = table.ints(slot.outputs, 'outputs', limits.operands);
  for (const input of inputs) if (input !== -1) checkReference(input, tensors, table.path('inputs'), model);
  for (const output of outputs) checkReference(output, tensors, table.path('outputs'), model);
  return { index, name: code.name, version: code.version, inputs, outputs, options: readOptions(table, code.name) };
}
