import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkVectors, compilePlan, readTflite } from '../../../src/main/model/index.ts';
import { nativeOps, nativePayloads, noCompilerReason, noWasmCompilerReason } from '../../support/native-nn.ts';
import { sha256 } from './official-models.ts';
import { wasmRunner } from './wasm-runner.ts';

/** The embedded workload: its known outputs come from an independent implementation, and need no official data. */
const folder = resolve(import.meta.dirname, '../../../resources/workloads/demo01');
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const facts = z
  .object({ id: z.string(), inputs: z.number(), int8Correct: z.number(), outputsSha256: z.string() })
  .parse(JSON.parse(text('workload.json')));
const model = read('model.tflite');
const compiled = compilePlan(readTflite(model, { name: 'model.tflite' }), { workloadId: facts.id });
const { image, plan } = compiled;

for (const reason of [noCompilerReason, noWasmCompilerReason]) if (reason) console.info(`embedded model: ${reason}`);

describe.skipIf(noCompilerReason)('embedded model, native', () => {
  it('gives the known bytes after every operator', async () => {
    const run = (input: Int8Array): Int8Array[] => nativeOps('sanitized', image, plan, [input])[0] ?? [];
    expect(await checkVectors(text('golden.json'), sha256(model), run, sha256)).toMatchObject({ passed: true });
  });

  it('gives the known outputs for its whole data set', () => {
    const lines = text('dataset/y_labels.csv').trim().split('\n');
    const payloads = Buffer.concat(lines.map((line) => read(`dataset/${line.split(',')[0] ?? ''}`)));
    const outcomes = nativePayloads('plain', image, plan, payloads);
    expect(outcomes).toHaveLength(facts.inputs);
    expect(sha256(Buffer.concat(outcomes.map(({ output }) => Buffer.from(output.buffer))))).toBe(facts.outputsSha256);
    const labels = lines.map((line) => Number(line.split(',')[2]));
    const correct = outcomes.filter(({ output }, i) => output.indexOf(Math.max(...output)) === labels[i]);
    expect(correct).toHaveLength(facts.int8Correct);
  });
});

describe.skipIf(noWasmCompilerReason)('embedded model, WebAssembly with vectors', () => {
  it('gives the known bytes after every operator', async () => {
    const run = await wasmRunner(compiled);
    expect(await checkVectors(text('golden.json'), sha256(model), run, sha256)).toMatchObject({ passed: true });
  });
});
