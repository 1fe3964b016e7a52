/**
 * Names and numbers of the TensorFlow Lite schema, version 3 (file identifier `TFL3`): only what the reader needs. A slot is a
 * field's entry in its table's vtable, 4 + 2 * (index of the field in the schema).
 */

export const fileIdentifier = 'TFL3';
export const schemaVersion = 3;

// prettier-ignore
export const tensorTypes = [
  'float32', 'float16', 'int32', 'uint8', 'int64', 'string', 'bool', 'int16', 'complex64', 'int8', 'float64', 'complex128',
  'uint64', 'resource', 'variant', 'uint32', 'uint16', 'int4', 'bfloat16',
] as const;
export type TensorType = (typeof tensorTypes)[number] | `type${number}`;

export function tensorTypeName(code: number): TensorType {
  return tensorTypes[code] ?? `type${code}`;
}

/** Bytes of one element; undefined for types that the compiler never looks into. */
// prettier-ignore
export const elementBytes: Readonly<Partial<Record<TensorType, number>>> = {
  float32: 4, float16: 2, int32: 4, uint8: 1, int64: 8, int16: 2, int8: 1, float64: 8, uint32: 4, uint16: 2,
};

/** BuiltinOperator by code. Newer codes are shown by their number: none of them is supported anyway. */
const builtinOperators = (
  'ADD AVERAGE_POOL_2D CONCATENATION CONV_2D DEPTHWISE_CONV_2D DEPTH_TO_SPACE DEQUANTIZE EMBEDDING_LOOKUP FLOOR FULLY_CONNECTED ' +
  'HASHTABLE_LOOKUP L2_NORMALIZATION L2_POOL_2D LOCAL_RESPONSE_NORMALIZATION LOGISTIC LSH_PROJECTION LSTM MAX_POOL_2D MUL RELU ' +
  'RELU_N1_TO_1 RELU6 RESHAPE RESIZE_BILINEAR RNN SOFTMAX SPACE_TO_DEPTH SVDF TANH CONCAT_EMBEDDINGS SKIP_GRAM CALL CUSTOM ' +
  'EMBEDDING_LOOKUP_SPARSE PAD UNIDIRECTIONAL_SEQUENCE_RNN GATHER BATCH_TO_SPACE_ND SPACE_TO_BATCH_ND TRANSPOSE MEAN SUB DIV ' +
  'SQUEEZE UNIDIRECTIONAL_SEQUENCE_LSTM STRIDED_SLICE BIDIRECTIONAL_SEQUENCE_RNN EXP TOPK_V2 SPLIT LOG_SOFTMAX DELEGATE ' +
  'BIDIRECTIONAL_SEQUENCE_LSTM CAST PRELU MAXIMUM ARG_MAX MINIMUM LESS NEG PADV2 GREATER GREATER_EQUAL LESS_EQUAL SELECT SLICE ' +
  'SIN TRANSPOSE_CONV SPARSE_TO_DENSE TILE EXPAND_DIMS EQUAL NOT_EQUAL LOG SUM SQRT RSQRT SHAPE POW ARG_MIN FAKE_QUANT ' +
  'REDUCE_PROD REDUCE_MAX PACK LOGICAL_OR ONE_HOT LOGICAL_AND LOGICAL_NOT UNPACK REDUCE_MIN FLOOR_DIV REDUCE_ANY SQUARE ' +
  'ZEROS_LIKE FILL FLOOR_MOD RANGE RESIZE_NEAREST_NEIGHBOR LEAKY_RELU SQUARED_DIFFERENCE MIRROR_PAD ABS SPLIT_V UNIQUE CEIL ' +
  'REVERSE_V2 ADD_N GATHER_ND COS WHERE RANK ELU REVERSE_SEQUENCE MATRIX_DIAG QUANTIZE MATRIX_SET_DIAG ROUND HARD_SWISH'
).split(' ');

export const customOperator = 32;

export function operatorName(code: number): string {
  return builtinOperators[code] ?? `BUILTIN_${String(code)}`;
}

export type Padding = 'SAME' | 'VALID';
export const paddings: readonly Padding[] = ['SAME', 'VALID'];

export const activations = ['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6', 'TANH', 'SIGN_BIT'] as const;

export const slots = {
  model: { version: 4, operatorCodes: 6, subgraphs: 8, buffers: 12 },
  operatorCode: { deprecatedBuiltinCode: 4, customCode: 6, version: 8, builtinCode: 10 },
  subgraph: { tensors: 4, inputs: 6, outputs: 8, operators: 10 },
  tensor: {
    shape: 4,
    type: 6,
    buffer: 8,
    name: 10,
    quantization: 12,
    isVariable: 14,
    sparsity: 16,
    externalBuffer: 24,
  },
  quantization: { scale: 8, zeroPoint: 10, detailsType: 12, quantizedDimension: 16 },
  operator: { opcodeIndex: 4, inputs: 6, outputs: 8, optionsType: 10, options: 12 },
  buffer: { data: 4, offset: 6, size: 8 },
  conv: { padding: 4, strideW: 6, strideH: 8, activation: 10, dilationW: 12, dilationH: 14 },
  depthwise: { padding: 4, strideW: 6, strideH: 8, depthMultiplier: 10, activation: 12, dilationW: 14, dilationH: 16 },
  pool: { padding: 4, strideW: 6, strideH: 8, filterW: 10, filterH: 12, activation: 14 },
  fullyConnected: { activation: 4, weightsFormat: 6 },
  softmax: { beta: 4 },
  add: { activation: 4 },
} as const;
