/**
 * Computes what the embedded workload is judged by, with the reference implementation: golden.json and the int8 facts of
 * workload.json. Run after training: `node test/support/reference/make-golden.ts`. Prints the figures of the data card.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  argMax,
  concatenate,
  DEMO01_FOLDER,
  GOLDEN_INPUTS,
  inferAll,
  readFacts,
  readInputs,
  readModelFile,
} from './demo01.ts';
import { GENERATOR, goldenModel, sha256, type GoldenFile } from './golden.ts';
import { at } from './tflite.ts';

/** Objects indented, number lists on one line, so that a changed vector is a changed line. */
function pretty(value: unknown): string {
  const text = JSON.stringify(value, null, 1);
  return text.replace(/\[[-\d,\s]*\]/g, (list) => list.replace(/\s+/g, '')) + '\n';
}

const facts = readFacts();
const classes = facts.classes ?? [];
const inputs = readInputs();
const outputs = inferAll(inputs);
const golden: GoldenFile = {
  generator: GENERATOR,
  models: { 'model.tflite': goldenModel(readModelFile()) },
  inputs: Object.fromEntries(inputs.slice(0, GOLDEN_INPUTS).map(({ file }, i) => [file, [...at(outputs, i)]])),
};
writeFileSync(join(DEMO01_FOLDER, 'golden.json'), pretty(golden));

const guesses = outputs.map(argMax);
const int8Correct = inputs.filter(({ label }, i) => guesses[i] === label).length;
// Taken out first, so that a second run leaves the order of the keys alone.
const { floatTop1, int8Correct: _oldCorrect, outputsSha256: _oldSha256, ...rest } = facts;
const completed = { ...rest, int8Correct, floatTop1, outputsSha256: sha256(concatenate(outputs)) };
writeFileSync(join(DEMO01_FOLDER, 'workload.json'), JSON.stringify(completed, null, 2) + '\n');

console.log(`int8: ${int8Correct} of ${inputs.length}, ${((100 * int8Correct) / inputs.length).toFixed(2)} %`);
console.log(`| | ${classes.join(' | ')} |`);
console.log(`|---|${'---|'.repeat(classes.length)}`);
classes.forEach((name, label) => {
  const row = classes.map(
    (_, guess) => inputs.filter((input, i) => input.label === label && guesses[i] === guess).length,
  );
  console.log(`| ${name} | ${row.map((count) => (count === 0 ? '' : count)).join(' | ')} |`);
});
