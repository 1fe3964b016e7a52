import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { dataPath, noDataReason } from '../../support/data.ts';
import {
  highMultiply,
  highMultiplyByDefinition,
  multiplierFrom,
  requantise,
  roundingShift,
} from '../../support/reference/arithmetic.ts';
import {
  argMax,
  concatenate,
  DEMO01_FOLDER,
  GOLDEN_INPUTS,
  inferAll,
  readFacts,
  readInputs,
  readList,
  readModelFile,
} from '../../support/reference/demo01.ts';
import { goldenVector, sha256, type GoldenFile } from '../../support/reference/golden.ts';
import { readModel, type Model } from '../../support/reference/tflite.ts';

const PATIENCE_MS = 120_000;

function readGolden(path: string): GoldenFile {
  return JSON.parse(readFileSync(path, 'utf8')) as GoldenFile;
}

function expectVectors(file: Uint8Array, golden: GoldenFile, name: string): void {
  const expected = golden.models[name];
  if (!expected) throw new Error(`no golden entry for ${name}`);
  expect(sha256(file)).toBe(expected.sha256);
  expect(expected.vectors).not.toHaveLength(0);
  for (const vector of expected.vectors) {
    expect(goldenVector(file, vector.seed, vector.ops !== undefined)).toEqual(vector);
  }
}

describe('reference arithmetic', () => {
  it('rounds the high multiply upwards on a tie and the shift away from zero', () => {
    expect(highMultiply(1, 2 ** 30)).toBe(1);
    expect(highMultiply(-1, 2 ** 30)).toBe(0);
    expect(highMultiply(-3, 2 ** 30)).toBe(-1);
    expect(roundingShift(3, 1)).toBe(2);
    expect(roundingShift(-3, 1)).toBe(-2);
    expect(roundingShift(-1, 31)).toBe(0);
  });

  it('multiplies by definition, also around ties and where doubles end', () => {
    const factors = [1, 3, 2 ** 20 + 1, 2 ** 21, 2 ** 22 - 1, 2 ** 30, 2 ** 30 + 1, 2 ** 31 - 1];
    for (const a of factors.flatMap((value) => [value, -value])) {
      for (const b of factors) expect(highMultiply(a, b)).toBe(highMultiplyByDefinition(a, b));
    }
  });

  it('rounds twice, not once', () => {
    // A quarter of 1: the high multiply makes 0.5 a 1, the shift makes the new 0.5 a 1 again; one rounding gives 0.
    expect(requantise(1, { q: 2 ** 30, e: -1 })).toBe(1);
    expect(requantise(-1, { q: 2 ** 30, e: -1 })).toBe(0);
    expect(requantise(8, { q: 2 ** 30, e: -1 })).toBe(2);
  });

  it('flushes tiny multipliers to zero and keeps the mantissa in 31 bits', () => {
    expect(multiplierFrom(2 ** -33)).toEqual({ q: 0, e: 0 });
    expect(multiplierFrom(2 ** -32)).toEqual({ q: 2 ** 30, e: -31 });
    expect(multiplierFrom(1 - 2 ** -40)).toEqual({ q: 2 ** 30, e: 1 });
    expect(multiplierFrom(0.75)).toEqual({ q: 1610612736, e: 0 });
  });
});

const officialModels = [
  'kws_ref_model.tflite',
  'vww_96_int8.tflite',
  'pretrainedResnet_quant.tflite',
  'pretrainedResnet_large_int8.tflite',
  'ad01_int8.tflite',
  'str_ww_ref_model.tflite',
];

describe.skipIf(noDataReason)(`official golden vectors${noDataReason ? ` (${noDataReason})` : ''}`, () => {
  it.each(officialModels)(
    '%s: every operator and output byte',
    (name) => {
      const golden = readGolden(dataPath('models', 'golden.json'));
      expectVectors(readFileSync(dataPath('models', name)), golden, name);
    },
    PATIENCE_MS,
  );

  it('refuses the hybrid model', () => {
    const file = readFileSync(dataPath('models', 'kws_ref_model_float32.tflite'));
    expect(() => goldenVector(file, 1, false)).toThrow('input tensor of type 0');
  });

  it('covers all models of the golden file', () => {
    const golden = readGolden(dataPath('models', 'golden.json'));
    expect(Object.keys(golden.models).sort()).toEqual([...officialModels].sort());
  });
});

describe('embedded workload demo01', () => {
  const facts = readFacts();
  const inputs = readInputs();

  it('has the files that its facts name', () => {
    expect(facts.id).toBe('demo01');
    expect(sha256(readModelFile())).toBe(facts.modelSha256);
    expect(sha256(readList())).toBe(facts.listSha256);
    expect(sha256(concatenate(inputs.map(({ data }) => data)))).toBe(facts.contentSha256);
    expect(inputs).toHaveLength(facts.inputs ?? -1);
    expect(inputs.every(({ data }) => data.length === facts.inputBytes)).toBe(true);
  });

  it('is balanced, mixed and named by class', () => {
    const classes = facts.classes ?? [];
    expect(classes).toHaveLength(12);
    for (const { file, classes: count, label } of inputs) {
      expect(count).toBe(12);
      expect(file).toMatch(new RegExp(`^demo_\\d{6}_${classes[label]}_${label}\\.bin$`));
    }
    classes.forEach((_, label) => expect(inputs.filter((input) => input.label === label)).toHaveLength(20));
    expect(new Set(inputs.slice(0, 5).map(({ label }) => label)).size).toBe(5);
  });

  it('has the architecture of the reference model, batch 1, int8 throughout', () => {
    const model: Model = readModel(readModelFile());
    expect(model.operators.map(({ name }) => name)).toEqual([
      'CONV_2D',
      ...Array.from({ length: 4 }, () => ['DEPTHWISE_CONV_2D', 'CONV_2D']).flat(),
      'AVERAGE_POOL_2D',
      'RESHAPE',
      'FULLY_CONNECTED',
      'SOFTMAX',
    ]);
    expect(model.tensors[model.input]?.shape).toEqual([1, 49, 10, 1]);
    expect(model.tensors[model.output]?.shape).toEqual([1, 12]);
  });

  it(
    'gives the golden bytes',
    () => {
      const golden = readGolden(join(DEMO01_FOLDER, 'golden.json'));
      expectVectors(readModelFile(), golden, 'model.tflite');
      const first = inputs.slice(0, GOLDEN_INPUTS);
      const outputs = inferAll(first);
      expect(Object.fromEntries(first.map(({ file }, i) => [file, [...(outputs[i] ?? [])]]))).toEqual(golden.inputs);
    },
    PATIENCE_MS,
  );

  it(
    'reaches the stated number of correct answers with the stated bytes',
    () => {
      const outputs = inferAll(inputs);
      const correct = inputs.filter(({ label }, i) => argMax(outputs[i] ?? new Int8Array(12)) === label).length;
      expect(correct).toBe(facts.int8Correct);
      expect(sha256(concatenate(outputs))).toBe(facts.outputsSha256);
    },
    PATIENCE_MS,
  );
});
