import { describe, expect, it } from 'vitest';
import { compilePlan, readTflite } from '../../../src/main/model/index.ts';
import { nativeOpsCases, noCompilerReason } from '../../support/native-nn.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import type { ModelSpec } from '../../support/tflite-builder.ts';
import { evaluateOperator } from './bigint-operators.ts';
import { caseMakers, Dice } from './operator-cases.ts';

const casesPerOperator = 150;
/** SOFTMAX needs many values before an error in the last bits of its reciprocal shows. */
const inputsPerCase = (operator: string, bytes: number): number =>
  operator === 'SOFTMAX' ? Math.ceil(1000 / bytes) : 3;

function expectedOutputs(spec: ModelSpec, input: Int8Array): Int8Array[] {
  const values = new Map([[spec.inputs[0] ?? -1, input]]);
  return spec.operators.map((op) => {
    const output = evaluateOperator(spec, op, values);
    values.set(op.outputs[0] ?? -1, output);
    return output;
  });
}

if (noCompilerReason) console.info(`operators of the native kernels: ${noCompilerReason}`);

const sets = ['portable', 'tuned'] as const;

describe.skipIf(noCompilerReason)('kernels against the definitions, on models built for it', () => {
  const tests = sets.flatMap((kernels) =>
    Object.entries(caseMakers).map(([operator, make]) => ({ kernels, operator, make })),
  );
  for (const { kernels, operator, make } of tests) {
    it(`${operator}, ${kernels}: shapes, strides, padding, zero points, shifts and activations at random`, () => {
      const cases = Array.from({ length: casesPerOperator }, (_, i) => {
        const dice = new Dice(i + 1);
        const spec = make(dice);
        const model = readTflite(buildTflite(spec), { name: `${operator}-${String(i + 1)}` });
        const compiled = compilePlan(model, { inputFormat: 'int8', result: 'scores', kernels });
        const { bytes } = compiled.plan.input;
        const inputs = Array.from({ length: inputsPerCase(operator, bytes) }, () => dice.bytes(bytes));
        return { ...compiled, inputs, expected: inputs.map((input) => expectedOutputs(spec, input)) };
      });
      const outputs = nativeOpsCases('sanitized', cases);
      cases.forEach(({ expected }, i) => {
        expect(outputs[i], `seed ${String(i + 1)}`).toEqual(expected);
      });
      const tuned = cases.filter(({ plan }) => plan.ops.some(({ kernelName }) => kernelName.includes('Packed')));
      const isTunable = ['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'ADD'].includes(operator);
      if (kernels === 'tuned' && isTunable) expect(tuned.length).toBeGreaterThan(casesPerOperator / 5);
      // Outputs that are all clamped to one value would prove nothing.
      const distinct = cases.map(({ expected }) => new Set(expected.flat().flatMap((output) => [...output])).size);
      expect(distinct.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(casesPerOperator * 4);
    });
  }
});
