/**
 * Instructions per inference of the reference firmware, counted in QEMU: per model, operator and target. Deterministic.
 *   npm run bench:firmware                                          all models on all targets, beside CMSIS-NN
 *   npm run bench:firmware -- --target mps2-an386 --model kws       every operator of one model
 *   npm run bench:firmware -- --write                               and the table of firmware/README.md and the cost table
 * --target and --model take several names with commas; --operators lists operators in any case. Official models are measured
 * where JOULEBENCH_DATA has them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { readCostTable } from '../../src/main/virtual/index.ts';
import { emulatedBoards, foldedModels, noQemuReason, referenceModels } from '../support/firmware-count.ts';
import { deviations, makeCostTable } from './firmware/cost-table.ts';
import { measure } from './firmware/measure.ts';
import type { Measured } from './firmware/measure.ts';
import { operatorTable, summaryMarkdown, summaryTable } from './firmware/tables.ts';

const root = resolve(import.meta.dirname, '../..');
/** The virtual DUT is a Cortex-M4. */
const costTarget = 'mps2-an386';
const markers = { begin: '<!-- bench:firmware -->', end: '<!-- /bench:firmware -->' };

const { values } = parseArgs({
  options: {
    target: { type: 'string' },
    model: { type: 'string' },
    operators: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
if (noQemuReason !== undefined) {
  console.error(noQemuReason);
  process.exit(1);
}
// The fourth machine has the core of the first, and gives its counts.
const targets = values.target?.split(',') ?? emulatedBoards.filter((board) => board !== 'netduinoplus2');
const names = values.model?.split(',');
const models = [...referenceModels(), ...foldedModels()].filter((model) => names?.includes(model.name) ?? true);
const listOperators = values.operators || (targets.length === 1 && models.length === 1);

const measured: Measured[] = [];
for (const target of targets) {
  for (const model of models) {
    const one = await measure(target, model);
    measured.push(one);
    if (listOperators) console.log(`${operatorTable(one).join('\n')}\n`);
    else console.error(`${target} ${model.name}: ${one.instructions}`);
    if (one.wrong.length > 0) {
      process.exitCode = 1;
      console.error(`${target} ${model.name}: WRONG OUTPUT of operators ${one.wrong.join(', ')}`);
    }
  }
}
console.log(summaryTable(measured, targets).join('\n'));

const costFile = join(root, 'resources/firmware/cost/cortex-m4.json');
const forTable = measured.filter(({ target }) => target === costTarget);
if (forTable.length > 0) {
  const table = makeCostTable(forTable, await readCostTable(costFile));
  console.log('\nFit of the linear formula:');
  for (const { model, counted, estimated, worstOperator, worstRatio } of deviations(forTable, table)) {
    const percent = (ratio: number): string => `${ratio >= 1 ? '+' : ''}${((ratio - 1) * 100).toFixed(1)} %`;
    console.log(
      `  ${model}: total ${percent(estimated / counted)}, worst operator ${worstOperator} ${percent(worstRatio)}`,
    );
  }
  if (values.write && process.exitCode !== 1) {
    const style = (await resolveConfig(costFile)) ?? {};
    writeFileSync(costFile, await format(JSON.stringify(table), { ...style, filepath: costFile }));
  }
}
if (values.write && process.exitCode !== 1) {
  const file = join(root, 'firmware/README.md');
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(markers.begin), text.indexOf(markers.end)];
  if (from < 0 || to < from) throw new Error(`${file}: the markers are missing`);
  const body = `${markers.begin}\n\n${summaryMarkdown(measured, targets)}\n\n`;
  writeFileSync(file, text.slice(0, from) + body + text.slice(to));
}
