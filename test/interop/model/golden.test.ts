import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkVectors, readTflite, compilePlan } from '../../../src/main/model/index.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import { nativeOps, nativePayloads, noCompilerReason, noEmulatorReason } from '../../support/native-nn.ts';
import type { Flavour } from '../../support/native-nn.ts';
import { compileOfficial, goldenVectors, modelBytes, officialModelNames, sha256 } from './official-models.ts';

const skip = noDataReason ?? noCompilerReason;
if (skip) console.info(`golden vectors of the reference models: ${skip}`);

describe.skipIf(skip)('int8 reference models, native', () => {
  const builds = [
    ['portable', 'plain'],
    ['portable', 'sanitized'],
    ['tuned', 'plain'],
    ['tuned', 'sanitized'],
  ] satisfies ['portable' | 'tuned', Flavour][];
  for (const [kernels, flavour] of builds) {
    for (const name of officialModelNames) {
      it(`${name} gives the golden bytes after every operator (${kernels}, ${flavour})`, async () => {
        const { image, plan } = compileOfficial(name, { kernels });
        const run = (input: Int8Array): Int8Array[] => nativeOps(flavour, image, plan, [input])[0] ?? [];
        const result = await checkVectors(goldenVectors(), sha256(modelBytes(name)), run, sha256);
        expect(result.vectors.map((vector) => vector.seed)).toEqual([1, 2, 3]);
        expect(result).toMatchObject({ passed: true, model: name });
      });
    }
  }

  it('names the operator whose output is wrong', async () => {
    const { image, plan } = compileOfficial('kws_ref_model.tflite');
    const run = (input: Int8Array): Int8Array[] => {
      const outputs = nativeOps('plain', image, plan, [input])[0] ?? [];
      const wrong = outputs[6];
      if (wrong) wrong[77] = (wrong[77] ?? 0) ^ 1;
      return outputs;
    };
    const result = await checkVectors(goldenVectors(), sha256(modelBytes('kws_ref_model.tflite')), run, sha256);
    expect(result.passed).toBe(false);
    expect(result.vectors[0]?.firstDifference).toMatchObject({ index: 6, operator: 'CONV_2D', shape: [1, 25, 5, 64] });
    expect(result.vectors[1]?.passed).toBe(true);
  });
});

const noEmulation = noDataReason ?? noEmulatorReason;
if (noEmulation) console.info(`golden vectors on emulated cores: ${noEmulation}`);

describe.skipIf(noEmulation)('int8 reference models, emulated', () => {
  for (const flavour of ['cortexM4', 'cortexM55'] satisfies Flavour[]) {
    for (const name of officialModelNames) {
      it(`${name} gives the golden bytes after every operator (${flavour})`, async () => {
        const { image, plan } = compileOfficial(name, { kernels: 'tuned' });
        const run = (input: Int8Array): Int8Array[] => nativeOps(flavour, image, plan, [input])[0] ?? [];
        const result = await checkVectors(goldenVectors(), sha256(modelBytes(name)), run, sha256);
        expect(result).toMatchObject({ passed: true, model: name });
      });
    }
  }
});

describe.skipIf(skip)('keyword inputs, native', () => {
  it('gives the known outputs, scores and classes for all 300', () => {
    const lines = readFileSync(dataPath('datasets', 'kws01', 'y_labels.csv'), 'utf8')
      .trim()
      .split('\n');
    const labels = lines.map((line) => Number(line.split(',')[2]));
    const payloads = Buffer.concat(
      lines.map((line) => readFileSync(dataPath('datasets', 'kws01', line.split(',')[0] ?? ''))),
    );
    const { image, plan } = compileOfficial('kws_ref_model.tflite', { kernels: 'tuned' });
    const outcomes = nativePayloads('plain', image, plan, payloads);
    const outputs = Buffer.concat(outcomes.map(({ output }) => Buffer.from(output.buffer)));
    expect(sha256(outputs)).toBe('bdb21486a09bb6242d1e7adcb032bdef47358e2961f4ba6ad3536351c9b30602');
    const correct = outcomes.filter(({ output }, i) => output.indexOf(Math.max(...output)) === labels[i]);
    expect(correct).toHaveLength(269);
    for (const { output, milli } of outcomes) {
      expect([...milli]).toEqual([...output].map((q) => halfToEven(((q + 128) * 1000) / 256)));
    }
  });
});

function halfToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

describe.skipIf(skip)('input and result transforms, native', () => {
  it('turns image bytes into int8 by flipping the top bit', () => {
    const { image, plan } = compileOfficial('pretrainedResnet_quant.tflite');
    const payload = Uint8Array.from({ length: 3072 }, (_, i) => (i * 7) & 0xff);
    const [outcome] = nativePayloads('sanitized', image, plan, payload);
    expect([...(outcome?.input ?? [])]).toEqual([...payload].map((byte) => byte - 128));
  });

  it('quantises floats half away from zero and scores their reconstruction', () => {
    const bytes = modelBytes('ad01_int8.tflite');
    const { image, plan } = compilePlan(readTflite(bytes), { workloadId: 'ad01' });
    const { scale, zeroPoint } = plan.input;
    const values = Float32Array.from({ length: 640 }, (_, i) => Math.fround(Math.sin(i) * 40 - 35));
    // Exact ties, the ends of the range and beyond, and what is no number.
    new Uint32Array(values.buffer)[20] = 0xffc00000; // a negative "not a number"
    values.set([0, scale / 2, -scale / 2, scale * 1.5, -scale * 2.5, 1e30, -1e30, Number.NaN, Infinity, -Infinity]);
    const finite = values.map((value) => (Number.isFinite(value) && Math.abs(value) < 1e9 ? value : 0));
    const payloads = new Uint8Array([...new Uint8Array(values.buffer), ...new Uint8Array(finite.buffer)]);
    const [odd, plain] = nativePayloads('sanitized', image, plan, payloads);
    const quantise = (value: number): number => {
      const ratio = Math.fround(value / scale);
      if (Number.isNaN(ratio)) return -128;
      const rounded = ratio < 0 ? -Math.round(-ratio) : Math.round(ratio);
      return Math.min(Math.max(rounded + zeroPoint, -128), 127);
    };
    expect([...(odd?.input ?? [])]).toEqual([...values].map(quantise));
    expect([...(plain?.input ?? [])]).toEqual([...finite].map(quantise));
    let sum = 0;
    [...(plain?.output ?? [])].forEach((q, i) => {
      const difference = Math.fround(Math.fround(plan.output.scale * (q - plan.output.zeroPoint)) - (finite[i] ?? 0));
      sum = Math.fround(sum + Math.fround(difference * difference));
    });
    expect([...(plain?.milli ?? [])]).toEqual([halfToEven(Math.fround(sum / 640) * 1000)]);
    expect([...(odd?.milli ?? [])]).toEqual([2 ** 31 - 1]);
  });
});
