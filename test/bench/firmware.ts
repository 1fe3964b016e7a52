/**
 * Instructions per inference of the reference firmware, counted in QEMU: per model, operator and target. Deterministic.
 *   npm run bench:firmware
 *   npm run bench:firmware -- --target mps2-an386 --model kws
 * --target and --model choose (several with commas); --operators lists every operator.
 */
import { parseArgs } from 'node:util';
import {
  buildReference,
  compileReference,
  countInstructions,
  emulatedBoards,
  noQemuReason,
  referenceModels,
} from '../support/firmware-count.ts';

const { values } = parseArgs({
  options: { target: { type: 'string' }, model: { type: 'string' }, operators: { type: 'boolean', default: false } },
});
if (noQemuReason !== undefined) {
  console.error(noQemuReason);
  process.exit(1);
}
const targets = values.target?.split(',') ?? emulatedBoards;
const names = values.model?.split(',');
const models = referenceModels().filter((model) => names?.includes(model.name) ?? true);
const perOperator = values.operators || (targets.length === 1 && models.length === 1);

for (const target of targets) {
  for (const model of models) {
    const compiled = compileReference(model);
    const count = await countInstructions(await buildReference(target, compiled, 'count'));
    const total = count.operators.reduce((sum, op) => sum + op.instructions, 0);
    console.log(
      `${target} ${model.name}: ${total} instructions, input ${count.inputInstructions}, stack ${count.stackBytes}`,
    );
    if (perOperator) {
      count.operators.forEach((op, index) => {
        const record = compiled.plan.ops[index];
        const shape = record ? `${record.kernelH}x${record.kernelW} ${record.inH}x${record.inW}x${record.inC} -> ${record.outH}x${record.outW}x${record.outC}` : ''; // prettier-ignore
        console.log(
          `  ${String(index).padStart(2)} ${(record?.kernelName ?? '').padEnd(16)} ${shape.padEnd(36)} ${String(op.instructions).padStart(12)}`,
        );
      });
    }
  }
}
