import { crc32 } from 'node:zlib';
import { join, resolve } from 'node:path';
import { generateInput } from '../../../src/main/model/index.ts';
import { PlanRunner, readVirtualFirmware } from '../../../src/main/virtual/index.ts';
import { buildReference, compileReference, countInstructions } from '../../support/firmware-count.ts';
import type { CompiledReference, Count, ReferenceModel } from '../../support/firmware-count.ts';

/** One model on one target. */
export interface Measured {
  target: string;
  model: ReferenceModel;
  compiled: CompiledReference;
  count: Count;
  instructions: number;
  /** First line of the compiler's version. */
  compiler: string;
  /** Operators whose output is not that of the virtual DUT's kernels. */
  wrong: number[];
}

const virtualFolder = resolve(import.meta.dirname, '../../../resources/firmware/virtual');

/** Builds the counting image, runs it in QEMU and compares every operator's output with the virtual DUT's. */
export async function measure(target: string, model: ReferenceModel): Promise<Measured> {
  const compiled = compileReference(model);
  const image = await buildReference(target, compiled, 'count');
  const count = await countInstructions(image);
  const runner = new PlanRunner(await readVirtualFirmware(join(virtualFolder)), compiled.image, compiled.name);
  const outputs = runner.run(generateInput(1, compiled.plan.input.bytes));
  return {
    target,
    model,
    compiled,
    count,
    instructions: count.operators.reduce((sum, op) => sum + op.instructions, 0),
    compiler: image.manifest.compiler.version,
    wrong: outputs.flatMap((output, index) => (count.operators[index]?.crc32 === crc32(output) ? [] : [index])),
  };
}
