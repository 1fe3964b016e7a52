import { describe, expect, it } from 'vitest';
import { checkVectors } from '../../../src/main/model/index.ts';
import { noDataReason } from '../../support/data.ts';
import { noWasmCompilerReason } from '../../support/native-nn.ts';
import { compileOfficial, goldenVectors, modelBytes, officialModelNames, sha256 } from './official-models.ts';
import { wasmRunner } from './wasm-runner.ts';

const skip = noDataReason ?? noWasmCompilerReason;
if (skip) console.info(`reference models as WebAssembly: ${skip}`);

describe.skipIf(skip)('int8 reference models, WebAssembly with vectors', () => {
  const builds = officialModelNames.flatMap((name) => [[name, 'portable'] as const, [name, 'tuned'] as const]);
  for (const [name, kernels] of builds) {
    it(`${name} gives the golden bytes after every operator (${kernels})`, async () => {
      const run = await wasmRunner(compileOfficial(name, { kernels }));
      const result = await checkVectors(goldenVectors(), sha256(modelBytes(name)), run, sha256);
      expect(result).toMatchObject({ passed: true, model: name });
    });
  }
});
