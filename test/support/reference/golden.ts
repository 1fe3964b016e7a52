/** The format of golden.json, its input generator, and how a model's entry is computed. */

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { runSteps } from './run.ts';
import { at, elements, readModel } from './tflite.ts';

export interface GoldenOperator {
  i: number;
  op: string;
  shape: number[];
  crc32: string;
  first8: number[];
}

export interface GoldenVector {
  seed: number;
  input_len: number;
  input_first8: number[];
  input_sha256: string;
  output: number[];
  ops?: GoldenOperator[];
  output_crc32?: string;
}

export interface GoldenModel {
  sha256: string;
  input_shape: number[];
  output_shape: number[];
  vectors: GoldenVector[];
}

export interface GoldenFile {
  generator: string;
  models: Record<string, GoldenModel>;
  /** Outputs for data set files, by file name. */
  inputs?: Record<string, number[]>;
}

export const GENERATOR =
  '32-bit linear congruential generator: x(0) = seed; x(k) = (1664525 * x(k-1) + 1013904223) mod 2^32; ' +
  "byte k (k = 1, 2, ...) = x(k) >> 24, read as a two's complement int8; " +
  'the bytes fill the input tensor in memory order (no further transform)';

export function generatedInput(seed: number, length: number): Int8Array {
  let state = seed >>> 0;
  return Int8Array.from({ length }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

export function sha256(bytes: Uint8Array | Int8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function crcOf(data: Int8Array): string {
  return crc32(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .toString(16)
    .padStart(8, '0');
}

/** One vector; the operators are listed when `withOperators`, else the CRC of the output alone. */
export function goldenVector(file: Uint8Array, seed: number, withOperators: boolean): GoldenVector {
  const model = readModel(file);
  const input = generatedInput(seed, elements(at(model.tensors, model.input).shape));
  const steps = runSteps(model, input);
  const output = at(steps, steps.length - 1).data;
  const ops = steps.map(({ op, shape, data }, i) => ({
    i,
    op,
    shape: [...shape],
    crc32: crcOf(data),
    first8: [...data.subarray(0, 8)],
  }));
  return {
    seed,
    input_len: input.length,
    input_first8: [...input.subarray(0, 8)],
    input_sha256: sha256(input),
    output: [...output],
    ...(withOperators ? { ops } : { output_crc32: crcOf(output) }),
  };
}

export function goldenModel(file: Uint8Array): GoldenModel {
  const model = readModel(file);
  return {
    sha256: sha256(file),
    input_shape: [...at(model.tensors, model.input).shape],
    output_shape: [...at(model.tensors, model.output).shape],
    vectors: [1, 2, 3].map((seed) => goldenVector(file, seed, seed === 1)),
  };
}
