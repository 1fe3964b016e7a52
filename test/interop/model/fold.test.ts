import { describe, expect, it } from 'vitest';
import { compilePlan, readTflite } from '../../../src/main/model/index.ts';
import { noDataReason } from '../../support/data.ts';
import { nativeOps, nativeOpsCases, noCompilerReason, noEmulatorReason } from '../../support/native-nn.ts';
import { buildTflite } from '../../support/tflite-builder.ts';
import { foldCase } from './fold-cases.ts';
import { compileOfficial, officialModelNames } from './official-models.ts';
import { Dice } from './operator-cases.ts';

if (noCompilerReason) console.info(`folded channels: ${noCompilerReason}`);

describe.skipIf(noCompilerReason)('folding of constant channels, native', () => {
  it('leaves the output of random networks as it is, byte for byte', () => {
    const models = Array.from({ length: 300 }, (_, i) => {
      const dice = new Dice(i + 1);
      const model = readTflite(buildTflite(foldCase(dice)), { name: `network ${String(i + 1)}` });
      const options = { inputFormat: 'int8', result: 'scores' } as const;
      const plain = compilePlan(model, { ...options, kernels: 'portable' });
      const inputs = [0, 1, 2].map(() => dice.bytes(plain.plan.input.bytes));
      inputs.push(new Int8Array(plain.plan.input.bytes).fill(dice.pick([-128, 127])));
      const folded = (['portable', 'tuned'] as const).map((kernels) => {
        return { ...compilePlan(model, { ...options, kernels, fold: true }), inputs };
      });
      return { plain: { ...plain, inputs }, folded };
    });
    const outputs = (cases: readonly (typeof models)[number]['plain'][]) =>
      nativeOpsCases('sanitized', cases).map((runs) => runs.map((ops) => ops.at(-1)));
    const expected = outputs(models.map(({ plain }) => plain));
    for (const set of [0, 1]) {
      const found = outputs(models.map(({ folded }) => folded[set]!));
      found.forEach((run, i) => {
        expect(run, `network ${String(i + 1)}`).toEqual(expected[i]);
      });
    }
    const removed = models.filter(({ folded }) => (folded[0]?.folding?.removedChannels ?? 0) > 0);
    expect(removed.length).toBeGreaterThan(150);
    for (const { folded } of removed) expect(folded.every(({ plan }) => plan.folded)).toBe(true);
  });
});

const skip = noDataReason ?? noCompilerReason;
if (skip) console.info(`folded channels of the reference models: ${skip}`);

describe.skipIf(skip)('folding of constant channels in the reference models', () => {
  it('finds the constant channels and multiplications of the specification, and a few that nothing reads', () => {
    const { folding, plan } = compileOfficial('vww_96_int8.tflite', { fold: true });
    // 1,650 in operators 10 to 26, and the 234 of the last convolution in pool and reshape.
    expect(folding).toMatchObject({ constantChannels: 1_650 + 2 * 234, macsBefore: 7_489_664 });
    expect(folding?.macsAfter).toBeLessThan(3_904_000);
    expect(plan.folded).toBe(true);
    expect(plan.ops.slice(0, 27).map((op) => op.outC)).toEqual([
      8, 8, 16, 16, 32, 32, 32, 32, 64, 64, 60, 60, 108, 108, 60, 60, 32, 32, 20, 20, 16, 16, 28, 28, 32, 32, 24,
    ]);
  });

  it('does nothing where there is nothing to fold, and says so', () => {
    for (const name of officialModelNames) {
      const { folding, plan, image } = compileOfficial(name, { fold: true });
      const has = name === 'vww_96_int8.tflite' || name === 'pretrainedResnet_large_int8.tflite';
      expect({ folded: plan.folded, removed: (folding?.removedChannels ?? 0) > 0 }).toEqual({
        folded: has,
        removed: has,
      });
      if (!has) expect(image).toEqual(compileOfficial(name).image);
      expect(compileOfficial(name).folding).toBeNull();
    }
  });

  it.each(['vww_96_int8.tflite', 'pretrainedResnet_large_int8.tflite'])('%s: the same outputs', (name) => {
    const { plan, image } = compileOfficial(name);
    const inputs = Array.from({ length: 12 }, (_, i) => {
      const dice = new Dice(i + 1);
      const smooth = Int8Array.from({ length: plan.input.bytes }, (_, at) =>
        Math.round(127 * Math.sin(at / (30 + 90 * i))),
      );
      return i % 2 === 0 ? dice.bytes(plan.input.bytes) : smooth;
    });
    const last = (run: Int8Array[]): Int8Array | undefined => run.at(-1);
    const expected = nativeOps('plain', image, plan, inputs).map(last);
    for (const kernels of ['portable', 'tuned'] as const) {
      const folded = compileOfficial(name, { fold: true, kernels });
      expect(nativeOps('plain', folded.image, folded.plan, inputs).map(last)).toEqual(expected);
    }
    expect(new Set(expected.map(String)).size).toBeGreaterThan(4);
  });
});

if (noEmulatorReason) console.info(`folded channels on emulated cores: ${noEmulatorReason}`);

describe.skipIf(skip ?? noEmulatorReason)('folding of constant channels, emulated', () => {
  it.each(['cortexM4', 'cortexM55'] as const)('%s: the same outputs as without', (flavour) => {
    const name = 'vww_96_int8.tflite';
    const { plan, image } = compileOfficial(name);
    const inputs = [1, 2, 3].map((seed) => new Dice(seed).bytes(plan.input.bytes));
    const folded = compileOfficial(name, { fold: true, kernels: 'tuned' });
    const last = (run: Int8Array[]): Int8Array | undefined => run.at(-1);
    expect(nativeOps(flavour, folded.image, folded.plan, inputs).map(last)).toEqual(
      nativeOps('plain', image, plan, inputs).map(last),
    );
  });
});
