import { readFileSync } from 'node:fs';
import type { CompiledPlan } from '../../../src/main/model/index.ts';
import { wasmKernels } from '../../support/native-nn.ts';

/** What firmware/test/nn/wasm.c exports. */
interface Exports {
  memory: { buffer: ArrayBuffer };
  model_at(): number;
  input_at(): number;
  outputs_at(): number;
  open(): number;
  run(): number;
}

/** The part of the WebAssembly interface that is needed here; the project's Node types do not declare it. */
const wasm = (
  globalThis as unknown as { WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<unknown> } }
).WebAssembly;

/** Loads a plan into the WebAssembly build of the kernels; the function runs it and gives every operator's output. */
export async function wasmRunner({ image, plan }: CompiledPlan): Promise<(input: Int8Array) => Int8Array[]> {
  const { instance } = (await wasm.instantiate(readFileSync(wasmKernels()), {})) as { instance: { exports: Exports } };
  const kernels = instance.exports;
  new Uint8Array(kernels.memory.buffer).set(image, kernels.model_at());
  const answer = kernels.open();
  if (answer !== 0) throw new Error(`image refused with ${String(answer)}`);
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
