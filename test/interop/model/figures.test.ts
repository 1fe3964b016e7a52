import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  compilePlan,
  costFeatures,
  describeModel,
  estimateInstructions,
  readTflite,
} from '../../../src/main/model/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import { planCost, readCostTable } from '../../../src/main/virtual/index.ts';
import { noDataReason } from '../../support/data.ts';
import { compileReference, referenceModels } from '../../support/firmware-count.ts';
import { compileOfficial, modelBytes, officialModelNames, officialModels } from './official-models.ts';

if (noDataReason) console.info(`figures of the reference models: ${noDataReason}`);

describe.skipIf(noDataReason)('figures of the reference models', () => {
  for (const name of officialModelNames) {
    const known = officialModels[name];

    it(`${name}: operators, multiplications and bytes of the specification`, () => {
      const summary = describeModel(modelBytes(name), { name });
      const { macs, weightBytes, biasBytes } = summary;
      expect({ macs, weightBytes, biasBytes, operators: summary.operators.length }).toEqual({
        macs: known.macs,
        weightBytes: known.weightBytes,
        biasBytes: known.biasBytes,
        operators: known.operators,
      });
      expect(summary.refusal).toBeNull();
    });

    it(`${name}: the arena is the tensors alive at once plus the kernel's row`, () => {
      const { plan, activationPeakBytes, activationPeakOp } = compileOfficial(name);
      console.info(
        `memory ${name}: arena ${String(plan.arenaBytes)} = ${String(activationPeakBytes)} tensors at operator ` +
          `${String(activationPeakOp)} + ${String(plan.arenaBytes - activationPeakBytes)}; image ${String(plan.imageBytes)}`,
      );
      expect({ activationPeakBytes, activationPeakOp }).toEqual({
        activationPeakBytes: known.separateBytes,
        activationPeakOp: known.peakOp,
      });
      expect(plan.arenaBytes).toBe(known.separateBytes + known.scratchBytes);
    });

    it(`${name}: the same bytes twice`, () => {
      expect(compileOfficial(name).image).toEqual(compileOfficial(name).image);
    });
  }

  it.each(officialModelNames)('%s: the fitted formula is within 3 %% of the counted instructions', async (name) => {
    const table = await readCostTable(resolve(import.meta.dirname, '../../../resources/firmware/cost/cortex-m4.json'));
    const model = referenceModels().find(({ file }) => file.endsWith(name))!;
    const { image, plan } = compileReference(model);
    const counted = planCost(image, plan, table, 1);
    // A plan that is not in the table: run "npm run bench:firmware -- --write" with the official models.
    expect(counted.source).toBe('measured');
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    const estimate = sum(costFeatures(plan).map((op) => estimateInstructions(op, table.estimate)));
    console.info(`instructions ${name}: estimate ${String(estimate)}, counted ${String(sum(counted.operatorCycles))}`);
    expect(Math.abs(estimate / sum(counted.operatorCycles) - 1)).toBeLessThan(0.03);
  });

  it('derives input and result transforms', () => {
    const derived = officialModelNames.map((name) => {
      const { input, output } = compileOfficial(name).plan;
      return [input.transform, input.payloadBytes, output.transform, output.resultCount];
    });
    expect(derived).toEqual([
      ['int8', 490, 'scores', 12],
      ['uint8', 27_648, 'scores', 2],
      ['uint8', 3_072, 'scores', 10],
      ['uint8', 3_072, 'scores', 10],
      ['float32le', 2_560, 'meanSquaredDifference', 1],
      ['int8', 1_200, 'scores', 3],
    ]);
  });

  it('refuses the hybrid model with operator, index, model and types', () => {
    const name = 'kws_ref_model_float32.tflite';
    const model = readTflite(modelBytes(name), { name });
    const error = thrownBy(() => compilePlan(model));
    expect(isFault(error, 'model.unsupportedTypes')).toBe(true);
    expect(error).toMatchObject({
      facts: {
        model: name,
        operator: 'CONV_2D',
        index: 0,
        types: ['input float32', 'weights int8', 'bias float32', 'output float32'],
      },
    });
    const summary = describeModel(modelBytes(name), { name });
    expect(summary).toMatchObject({ macs: 2_656_768, memory: null, refusal: { code: 'model.unsupportedTypes' } });
  });
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
