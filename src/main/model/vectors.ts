import { z } from 'zod';
import { Fault } from '../../shared/fault/index.ts';
import { crc32 } from './crc32.ts';
import { limits } from './limits.ts';

const int8 = z.int().min(-128).max(127);
const crc = z.string().regex(/^[0-9a-f]{8}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const opVectorSchema = z.object({
  i: z.int().nonnegative(),
  op: z.string(),
  shape: z.array(z.int().positive()),
  crc32: crc,
  first8: z.array(int8).max(8),
});

const vectorSchema = z.object({
  seed: z.int().nonnegative().max(0xffffffff),
  input_len: z.int().positive().max(limits.elements),
  input_first8: z.array(int8).max(8),
  input_sha256: hash.optional(),
  output: z.array(int8).min(1),
  output_crc32: crc.optional(),
  ops: z.array(opVectorSchema).optional(),
});

/** Known inputs and outputs of one or more models, as `golden.json` holds them. */
export const vectorsFileSchema = z.object({
  models: z.record(
    z.string(),
    z.object({
      sha256: hash,
      input_shape: z.array(z.int().positive()),
      output_shape: z.array(z.int().positive()),
      vectors: z.array(vectorSchema).min(1),
    }),
  ),
});
type Vector = z.infer<typeof vectorSchema>;
type OpVector = z.infer<typeof opVectorSchema>;

/** How an operator's output differs from the known one. */
export interface OpDifference {
  index: number;
  operator: string;
  shape: readonly number[];
  expectedCrc32: string;
  actualCrc32: string;
  expectedFirst8: readonly number[];
  actualFirst8: readonly number[];
}

export interface VectorOutcome {
  seed: number;
  passed: boolean;
  /** The first operator whose output is not the known one; null where there is none, or where only the output is known. */
  firstDifference: OpDifference | null;
  /** Index of the first value of the model's output that differs; null if none does. */
  outputDifference: { index: number; expected: number | null; actual: number | null } | null;
}

export interface CheckResult {
  passed: boolean;
  /** File name of the model in the vectors file. */
  model: string;
  vectors: readonly VectorOutcome[];
}

/** Runs a plan on one input tensor and gives every operator's output, in order. */
export type RunOps = (input: Int8Array) => Int8Array[] | Promise<Int8Array[]>;

/**
 * Runs known vectors. The model is found in the file by its SHA-256. For each vector the first operator that differs is named by
 * the CRC-32 of its output, and the final outputs are compared. A file that is no vectors file, or not this model's, is a fault.
 */
export async function checkVectors(
  vectorsJson: string,
  modelSha256: string,
  runOps: RunOps,
  sha256: (bytes: Uint8Array) => string,
): Promise<CheckResult> {
  const { models } = parseVectors(vectorsJson);
  const entry = Object.entries(models).find(([, model]) => model.sha256 === modelSha256);
  if (!entry) throw new Fault('vectors.otherModel', { sha256: modelSha256, known: Object.keys(models) });
  const [model, { vectors }] = entry;
  const outcomes: VectorOutcome[] = [];
  for (const vector of vectors) {
    outcomes.push(judge(vector, await runOps(vectorInput(vector, sha256))));
  }
  return { passed: outcomes.every((outcome) => outcome.passed), model, vectors: outcomes };
}

function parseVectors(text: string): z.infer<typeof vectorsFileSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Fault(
      'vectors.malformed',
      { where: '', problem: cause instanceof Error ? cause.message : '' },
      { cause },
    );
  }
  const parsed = vectorsFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Fault('vectors.malformed', { where: issue?.path.join('.') ?? '', problem: issue?.message ?? '' });
}

/**
 * The input of a seed: x(k) = (1664525 x(k-1) + 1013904223) mod 2^32 with x(0) = seed; byte k is x(k) >> 24 for k = 1, 2, ...
 */
export function generateInput(seed: number, length: number): Int8Array {
  const input = new Int8Array(length);
  let state = seed;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    input[i] = state >>> 24;
  }
  return input;
}

function vectorInput(vector: Vector, sha256: (bytes: Uint8Array) => string): Int8Array {
  const input = generateInput(vector.seed, vector.input_len);
  const fits = vector.input_first8.every((value, i) => value === input[i]);
  const bytes = new Uint8Array(input.buffer);
  if (!fits || (vector.input_sha256 !== undefined && sha256(bytes) !== vector.input_sha256)) {
    throw new Fault('vectors.malformed', {
      where: `seed ${String(vector.seed)}`,
      problem: 'input_first8, input_sha256',
    });
  }
  return input;
}

function judge(vector: Vector, outputs: readonly Int8Array[]): VectorOutcome {
  const firstDifference =
    (vector.ops ?? []).map((op) => opDifference(op, outputs[op.i])).find((found) => found !== null) ?? null;
  const outputDifference = differenceOf(vector.output, outputs.at(-1) ?? new Int8Array(0));
  return { seed: vector.seed, passed: !firstDifference && !outputDifference, firstDifference, outputDifference };
}

function opDifference(op: OpVector, actual: Int8Array | undefined): OpDifference | null {
  const actualCrc32 = crc32(actual ?? new Int8Array(0))
    .toString(16)
    .padStart(8, '0');
  const length = op.shape.reduce((product, dimension) => product * dimension, 1);
  if (actualCrc32 === op.crc32 && actual?.length === length) return null;
  return {
    index: op.i,
    operator: op.op,
    shape: op.shape,
    expectedCrc32: op.crc32,
    actualCrc32,
    expectedFirst8: op.first8,
    actualFirst8: Array.from(actual?.subarray(0, 8) ?? []),
  };
}

function differenceOf(expected: readonly number[], actual: Int8Array): VectorOutcome['outputDifference'] {
  const length = Math.max(expected.length, actual.length);
  for (let index = 0; index < length; index++) {
    const [want = null, got = null] = [expected[index], actual[index]];
    if (want !== got) return { index, expected: want, actual: got };
  }
  return null;
}
