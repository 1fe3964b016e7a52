import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkVectors } from '../../../src/main/model/index.ts';
import type { CompiledPlan } from '../../../src/main/model/index.ts';
import { noDataReason } from '../../support/data.ts';
import { noWasmCompilerReason, wasmKernels } from '../../support/native-nn.ts';
import { compileOfficial, goldenVectors, modelBytes, officialModelNames, sha256 } from './official-models.ts';

const skip = noDataReason ?? noWasmCompilerReason;
if (skip) console.info(`kernels as WebAssembly: ${skip}`);

interface Exports {
  memory: { buffer: ArrayBuffer };
  model_at(): number;
  input_at(): number;
  outputs_at(): number;
  open(): number;
  run(): number;
}

/** The part of the WebAssembly interface that this test needs; the project's Node types do not declare it. */
const wasm = (
  globalThis as unknown as { WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<unknown> } }
).WebAssembly;

async function load(): Promise<Exports> {
  const { instance } = (await wasm.instantiate(readFileSync(wasmKernels()), {})) as { instance: { exports: Exports } };
  return instance.exports;
}

function runner(kernels: Exports, { image, plan }: CompiledPlan): (input: Int8Array) => Int8Array[] {
  new Uint8Array(kernels.memory.buffer).set(image, kernels.model_at());
  expect(kernels.open()).toBe(0);
  return (input) => {
    const memory = new Int8Array(kernels.memory.buffer);
    memory.set(input, kernels.input_at());
    kernels.run();
    let at = kernels.outputs_at();
    return plan.ops.map((op) => {
      const start = at;
      at += op.outH * op.outW * op.outC;
      return memory.slice(start, at);
    });
  };
}

describe.skipIf(skip)('int8 reference models, WebAssembly with vectors', () => {
  for (const name of officialModelNames) {
    it(`${name} gives the golden bytes after every operator`, async () => {
      const run = runner(await load(), compileOfficial(name));
      const result = await checkVectors(goldenVectors(), sha256(modelBytes(name)), run, sha256);
      expect(result).toMatchObject({ passed: true, model: name });
    });
  }
});
