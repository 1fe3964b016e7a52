import { describe, expect, it } from 'vitest';
import { compilePlan, readTflite } from '../../../src/main/model/index.ts';
import { nativeOpsCases, noCompilerReason, noEmulatorReason } from '../../support/native-nn.ts';
import type { Flavour } from '../../support/native-nn.ts';
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

interface Tested {
  operator: string;
  make: (dice: Dice) => ModelSpec;
  kernels: 'portable' | 'tuned';
  flavour: Flavour;
}

function testOperator({ operator, make, kernels, flavour }: Tested): void {
  const cases = Array.from({ length: casesPerOperator }, (_, i) => {
    const dice = new Dice(i + 1);
    const spec = make(dice);
    const model = readTflite(buildTflite(spec), { name: `${operator}-${String(i + 1)}` });
    const compiled = compilePlan(model, { inputFormat: 'int8', result: 'scores', kernels });
    const { bytes } = compiled.plan.input;
    const inputs = Array.from({ length: inputsPerCase(operator, bytes) }, () => dice.bytes(bytes));
    return { ...compiled, inputs, expected: inputs.map((input) => expectedOutputs(spec, input)) };
  });
  const outputs = nativeOpsCases(flavour, cases);
  cases.forEach(({ expected }, i) => {
    expect(outputs[i], `seed ${String(i + 1)}`).toEqual(expected);
  });
  const packed = cases.filter(({ plan }) => plan.ops.some(({ kernelName }) => kernelName.includes('Packed')));
  if (kernels === 'tuned' && tunable.includes(operator)) expect(packed.length).toBeGreaterThan(casesPerOperator / 5);
  // Outputs that are all clamped to one value would prove nothing.
  const distinct = cases.map(({ expected }) => new Set(expected.flat().flatMap((output) => [...output])).size);
  expect(distinct.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(casesPerOperator * 4);
}

const tunable = ['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED', 'ADD'];
const aspects = 'shapes, strides, padding, zero points, shifts and activations at random';

describe.skipIf(noCompilerReason)('kernels against the definitions, on models built for it', () => {
  for (const [operator, make] of Object.entries(caseMakers)) {
    it(`${operator}: ${aspects}`, () => {
      testOperator({ operator, make, kernels: 'portable', flavour: 'sanitized' });
    });
  }
  for (const operator of tunable) {
    it(`${operator}, tuned: ${aspects}`, () => {
      testOperator({ operator, make: caseMakers[operator]!, kernels: 'tuned', flavour: 'sanitized' });
    });
  }
});

if (noEmulatorReason) console.info(`operators of the kernels for Cortex-M: ${noEmulatorReason}`);

describe.skipIf(noEmulatorReason)('kernels for Cortex-M against the definitions, emulated', () => {
  for (const flavour of ['cortexM4', 'cortexM55'] satisfies Flavour[]) {
    for (const operator of [...tunable, 'AVERAGE_POOL_2D']) {
      it(`${operator}, tuned, ${flavour}: ${aspects}`, () => {
        testOperator({ operator, make: caseMakers[operator]!, kernels: 'tuned', flavour });
      });
    }
  }
});
