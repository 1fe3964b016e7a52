import { Builder } from 'flatbuffers';

/**
 * Writes small .tflite files for tests, with the FlatBuffers library's own builder: an implementation of the format that shares
 * nothing with the reader under test. It writes what it is told, valid or not.
 */

export type TensorTypeName = 'float32' | 'int32' | 'uint8' | 'int64' | 'int16' | 'int8' | 'int4';
const typeCodes: Readonly<Record<TensorTypeName, number>> = {
  float32: 0,
  int32: 2,
  uint8: 3,
  int64: 4,
  int16: 7,
  int8: 9,
  int4: 17,
};

export interface TensorSpec {
  name?: string;
  shape: readonly number[];
  type?: TensorTypeName;
  /** Values of a constant. */
  data?: Int8Array | Int32Array | Float32Array;
  scales?: readonly number[];
  zeroPoints?: readonly number[];
  dimension?: number;
}

export const operatorCodes = {
  ADD: 0,
  AVERAGE_POOL_2D: 1,
  CONCATENATION: 2,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 4,
  FULLY_CONNECTED: 9,
  MAX_POOL_2D: 17,
  RESHAPE: 22,
  SOFTMAX: 25,
  CUSTOM: 32,
  HARD_SWISH: 117,
  GELU: 150,
} as const;
export type OperatorCodeName = keyof typeof operatorCodes;

export type Activation = 'NONE' | 'RELU' | 'RELU_N1_TO_1' | 'RELU6';
const activationCodes: Readonly<Record<Activation, number>> = { NONE: 0, RELU: 1, RELU_N1_TO_1: 2, RELU6: 3 };

export interface WindowSpec {
  padding?: 'SAME' | 'VALID';
  strideH?: number;
  strideW?: number;
  activation?: Activation;
  dilationH?: number;
  dilationW?: number;
  depthMultiplier?: number;
  filterH?: number;
  filterW?: number;
}

export interface OperatorSpec extends WindowSpec {
  code: OperatorCodeName;
  inputs: readonly number[];
  outputs: readonly number[];
  beta?: number;
  weightsFormat?: number;
  customCode?: string;
}

export interface ModelSpec {
  tensors: readonly TensorSpec[];
  operators: readonly OperatorSpec[];
  inputs: readonly number[];
  outputs: readonly number[];
  version?: number;
  identifier?: string;
  /** How many times the same subgraph is listed. */
  subgraphs?: number;
}

/** The bytes of a .tflite file. */
export function buildTflite(spec: ModelSpec): Uint8Array {
  const builder = new Builder(1024);
  const datas = spec.tensors.flatMap((tensor) => (tensor.data ? [tensor.data] : []));
  const buffers = [undefined, ...datas].map((data) => buildBuffer(builder, data));
  let nextBuffer = 1;
  const tensors = spec.tensors.map((tensor) => buildTensor(builder, tensor, tensor.data ? nextBuffer++ : 0));
  const names = [...new Set(spec.operators.map((operator) => operator.code))];
  const codes = names.map((name) => {
    const custom = spec.operators.find((operator) => operator.code === name)?.customCode;
    return buildOperatorCode(builder, operatorCodes[name], custom);
  });
  const operators = spec.operators.map((operator) => buildOperator(builder, operator, names.indexOf(operator.code)));
  const vectors = [
    offsetVector(builder, tensors),
    intVector(builder, spec.inputs),
    intVector(builder, spec.outputs),
    offsetVector(builder, operators),
  ];
  const graph = table(builder, 4, (b) => {
    vectors.forEach((vector, field) => {
      b.addFieldOffset(field, vector, 0);
    });
  });
  const parts = {
    codes: offsetVector(builder, codes),
    graphs: offsetVector(builder, Array<number>(spec.subgraphs ?? 1).fill(graph)),
    buffers: offsetVector(builder, buffers),
  };
  const model = table(builder, 5, (b) => {
    b.addFieldInt32(0, spec.version ?? 3, 0);
    b.addFieldOffset(1, parts.codes, 0);
    b.addFieldOffset(2, parts.graphs, 0);
    b.addFieldOffset(4, parts.buffers, 0);
  });
  builder.finish(model, spec.identifier ?? 'TFL3');
  return builder.asUint8Array().slice();
}

function table(builder: Builder, fields: number, fill: (builder: Builder) => void): number {
  builder.startObject(fields);
  fill(builder);
  return builder.endObject();
}

function offsetVector(builder: Builder, offsets: readonly number[]): number {
  builder.startVector(4, offsets.length, 4);
  for (const offset of [...offsets].reverse()) builder.addOffset(offset);
  return builder.endVector();
}

function intVector(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) builder.addInt32(value);
  return builder.endVector();
}

function floatVector(builder: Builder, values: readonly number[]): number {
  builder.startVector(4, values.length, 4);
  for (const value of [...values].reverse()) builder.addFloat32(value);
  return builder.endVector();
}

function longVector(builder: Builder, values: readonly number[]): number {
  builder.startVector(8, values.length, 8);
  for (const value of [...values].reverse()) builder.addInt64(BigInt(value));
  return builder.endVector();
}

function byteVector(builder: Builder, bytes: Uint8Array): number {
  builder.startVector(1, bytes.length, 16);
  for (const byte of [...bytes].reverse()) builder.addInt8(byte);
  return builder.endVector();
}

function buildBuffer(builder: Builder, data: TensorSpec['data']): number {
  const vector = data && byteVector(builder, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return table(builder, 1, (b) => {
    if (vector !== undefined) b.addFieldOffset(0, vector, 0);
  });
}

function buildTensor(builder: Builder, tensor: TensorSpec, buffer: number): number {
  const name = builder.createString(tensor.name ?? 'tensor');
  const shape = intVector(builder, tensor.shape);
  const quantization = tensor.scales && buildQuantization(builder, tensor, tensor.scales);
  return table(builder, 8, (b) => {
    b.addFieldOffset(0, shape, 0);
    b.addFieldInt8(1, typeCodes[tensor.type ?? 'int8'], 0);
    b.addFieldInt32(2, buffer, 0);
    b.addFieldOffset(3, name, 0);
    if (quantization !== undefined) b.addFieldOffset(4, quantization, 0);
  });
}

function buildQuantization(builder: Builder, tensor: TensorSpec, scales: readonly number[]): number {
  const scale = floatVector(builder, scales);
  const zeroPoint = longVector(builder, tensor.zeroPoints ?? scales.map(() => 0));
  return table(builder, 7, (b) => {
    b.addFieldOffset(2, scale, 0);
    b.addFieldOffset(3, zeroPoint, 0);
    b.addFieldInt32(6, tensor.dimension ?? 0, 0);
  });
}

function buildOperatorCode(builder: Builder, code: number, customCode: string | undefined): number {
  const custom = customCode === undefined ? undefined : builder.createString(customCode);
  return table(builder, 4, (b) => {
    b.addFieldInt8(0, Math.min(code, 127), 0);
    if (custom !== undefined) b.addFieldOffset(1, custom, 0);
    b.addFieldInt32(2, 1, 1);
    b.addFieldInt32(3, code, 0);
  });
}

function buildOperator(builder: Builder, operator: OperatorSpec, codeIndex: number): number {
  const inputs = intVector(builder, operator.inputs);
  const outputs = intVector(builder, operator.outputs);
  const options = buildOptions(builder, operator);
  return table(builder, 9, (b) => {
    b.addFieldInt32(0, codeIndex, 0);
    b.addFieldOffset(1, inputs, 0);
    b.addFieldOffset(2, outputs, 0);
    if (options) {
      b.addFieldInt8(3, options.type, 0);
      b.addFieldOffset(4, options.offset, 0);
    }
  });
}

function buildOptions(builder: Builder, spec: OperatorSpec): { type: number; offset: number } | undefined {
  const padding = spec.padding === 'VALID' ? 1 : 0;
  const activation = activationCodes[spec.activation ?? 'NONE'];
  const window = (b: Builder): void => {
    b.addFieldInt8(0, padding, 0);
    b.addFieldInt32(1, spec.strideW ?? 1, 0);
    b.addFieldInt32(2, spec.strideH ?? 1, 0);
  };
  switch (spec.code) {
    case 'CONV_2D':
      return {
        type: 1,
        offset: table(builder, 6, (b) => {
          window(b);
          b.addFieldInt8(3, activation, 0);
          b.addFieldInt32(4, spec.dilationW ?? 1, 1);
          b.addFieldInt32(5, spec.dilationH ?? 1, 1);
        }),
      };
    case 'DEPTHWISE_CONV_2D':
      return {
        type: 2,
        offset: table(builder, 7, (b) => {
          window(b);
          b.addFieldInt32(3, spec.depthMultiplier ?? 1, 0);
          b.addFieldInt8(4, activation, 0);
          b.addFieldInt32(5, spec.dilationW ?? 1, 1);
          b.addFieldInt32(6, spec.dilationH ?? 1, 1);
        }),
      };
    case 'AVERAGE_POOL_2D':
    case 'MAX_POOL_2D':
      return {
        type: 5,
        offset: table(builder, 6, (b) => {
          window(b);
          b.addFieldInt32(3, spec.filterW ?? 1, 0);
          b.addFieldInt32(4, spec.filterH ?? 1, 0);
          b.addFieldInt8(5, activation, 0);
        }),
      };
    case 'FULLY_CONNECTED':
      return {
        type: 8,
        offset: table(builder, 2, (b) => {
          b.addFieldInt8(0, activation, 0);
          b.addFieldInt8(1, spec.weightsFormat ?? 0, 0);
        }),
      };
    case 'SOFTMAX':
      return {
        type: 9,
        offset: table(builder, 1, (b) => {
          b.addFieldFloat32(0, spec.beta ?? 1, 0);
        }),
      };
    case 'ADD':
      return {
        type: 11,
        offset: table(builder, 1, (b) => {
          b.addFieldInt8(0, activation, 0);
        }),
      };
    default:
      return undefined;
  }
}
