/** The embedded workload as files, for the reference implementation and its test. */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { infer } from './run.ts';
import { at, readModel } from './tflite.ts';

export const DEMO01_FOLDER = resolve(import.meta.dirname, '../../../resources/workloads/demo01');
export const GOLDEN_INPUTS = 20;

export interface Demo01Facts {
  id: string;
  title: string;
  modelFile: string;
  modelSha256: string;
  datasetFolder: string;
  listSha256: string;
  contentSha256: string;
  inputBytes: number;
  classes: string[];
  inputs: number;
  int8Correct: number;
  floatTop1: number;
  outputsSha256: string;
}

export interface LabelledInput {
  file: string;
  classes: number;
  label: number;
  data: Int8Array;
}

export function readFacts(): Partial<Demo01Facts> {
  return JSON.parse(readFileSync(join(DEMO01_FOLDER, 'workload.json'), 'utf8')) as Partial<Demo01Facts>;
}

export function readModelFile(): Uint8Array {
  return readFileSync(join(DEMO01_FOLDER, 'model.tflite'));
}

export function readList(): Uint8Array {
  return readFileSync(join(DEMO01_FOLDER, 'dataset', 'y_labels.csv'));
}

/** The inputs in the order of the list. */
export function readInputs(): LabelledInput[] {
  const lines = new TextDecoder().decode(readList()).trimEnd().split('\n');
  return lines.map((line) => {
    const fields = line.split(',');
    const file = at(fields, 0);
    const data = new Int8Array(readFileSync(join(DEMO01_FOLDER, 'dataset', file)));
    return { file, classes: Number(fields[1]), label: Number(fields[2]), data };
  });
}

export function concatenate(parts: readonly Int8Array[]): Int8Array {
  const all = new Int8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    all.set(part, position);
    position += part.length;
  }
  return all;
}

/** The highest score; the first one wins a tie. */
export function argMax(scores: Int8Array): number {
  return scores.indexOf(Math.max(...scores));
}

export function inferAll(inputs: readonly LabelledInput[]): Int8Array[] {
  const model = readModel(readModelFile());
  return inputs.map(({ data }) => infer(model, data));
}
