import { z } from 'zod';
import { fault } from './define.ts';

/** A position in the file, in the words of its schema: `subgraphs[0].tensors[3].shape`. */
const inFile = { model: z.string(), where: z.string() };
/** An operator by name and index in execution order. */
const atOperator = { model: z.string(), operator: z.string(), index: z.int().nonnegative() };
const atPlanOp = { index: z.int().nonnegative(), field: z.string() };

export const modelFaults = {
  /** Not a TensorFlow Lite file at all. */
  'model.notTflite': fault('data', z.object({ model: z.string(), fileBytes: z.number(), identifier: z.string() })),
  'model.version': fault('data', z.object({ model: z.string(), version: z.number() })),
  /** A reference inside the file points outside of it. */
  'model.offset': fault('data', z.object({ ...inFile, offset: z.number(), fileBytes: z.number() })),
  'model.limit': fault('data', z.object({ ...inFile, value: z.number(), limit: z.number() })),
  /** An index of a tensor, buffer or operator code that does not exist. */
  'model.reference': fault('data', z.object({ ...inFile, index: z.number(), count: z.number() })),
  'model.dataLength': fault('data', z.object({ ...inFile, found: z.number(), expected: z.number() })),
  /** Not exactly one graph, input or output; or no operator. */
  'model.graph': fault('data', z.object({ model: z.string(), part: z.string(), found: z.number() })),
  'model.unsupportedField': fault('data', z.object({ ...inFile, field: z.string() })),
  'model.unsupportedOperator': fault('data', z.object(atOperator)),
  'model.unsupportedTypes': fault('data', z.object({ ...atOperator, types: z.array(z.string()) })),
  'model.unsupportedOption': fault('data', z.object({ ...atOperator, option: z.string(), value: z.string() })),
  'model.operands': fault(
    'data',
    z.object({ ...atOperator, inputs: z.array(z.number()), outputs: z.array(z.number()) }),
  ),
  'model.shape': fault(
    'data',
    z.object({ ...atOperator, tensor: z.string(), found: z.string(), expected: z.string() }),
  ),
  'model.quantization': fault(
    'data',
    z.object({ ...atOperator, tensor: z.string(), found: z.string(), expected: z.string() }),
  ),
  /** An operator reads what nothing has written yet, or writes what was written before. */
  'model.order': fault('data', z.object({ ...atOperator, tensor: z.number() })),
  'model.tooLarge': fault(
    'data',
    z.object({ model: z.string(), part: z.string(), bytes: z.number(), limit: z.number() }),
  ),
  'model.resultTransform': fault('usage', z.object({ model: z.string(), input: z.number(), output: z.number() })),
  'model.inputFormat': fault('usage', z.object({ format: z.string() })),
  'model.id': fault('usage', z.object({ id: z.string() })),
  'model.sourceSha256': fault('usage', z.object({ found: z.string() })),

  'plan.truncated': fault('data', z.object({ bytes: z.number(), needed: z.number() })),
  'plan.notAPlan': fault('data', z.object({})),
  'plan.version': fault('data', z.object({ found: z.number(), known: z.number() })),
  'plan.damaged': fault('data', z.object({ expected: z.string(), actual: z.string() })),
  'plan.header': fault('data', z.object({ field: z.string(), value: z.number() })),
  'plan.kernel': fault('data', z.object({ index: z.int().nonnegative(), kernel: z.number() })),
  'plan.shape': fault('data', z.object({ ...atPlanOp, value: z.number() })),
  'plan.offset': fault('data', z.object({ ...atPlanOp, offset: z.number() })),
  'plan.constant': fault('data', z.object(atPlanOp)),

  'vectors.malformed': fault('data', z.object({ where: z.string(), problem: z.string() })),
  'vectors.otherModel': fault('data', z.object({ sha256: z.string(), known: z.array(z.string()) })),
} as const;
