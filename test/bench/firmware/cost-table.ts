import { createHash } from 'node:crypto';
import { costFeatures } from '../../../src/main/model/index.ts';
import type { CostTable } from '../../../src/main/virtual/index.ts';
import { fit, predict } from './fit.ts';
import type { Coefficients } from './fit.ts';
import type { Measured } from './measure.ts';

/** How far the fitted formula is from what was counted. */
export interface Deviation {
  model: string;
  counted: number;
  estimated: number;
  worstOperator: number;
  worstRatio: number;
}

/** Instructions per payload byte: of the largest input that was measured with this form. */
function perByte(measured: readonly Measured[], transform: string, before: number): number {
  const [largest] = measured
    .filter(({ compiled }) => compiled.plan.input.transform === transform)
    .sort((a, b) => b.compiled.plan.input.payloadBytes - a.compiled.plan.input.payloadBytes);
  if (!largest) return before;
  return Number((largest.count.inputInstructions / largest.compiled.plan.input.payloadBytes).toFixed(3));
}

/** Features by name, with a constant for each operator; those of convolution and fully connected layers share a fit. */
function observed({ compiled, count }: Measured): { kernel: string; features: Record<string, number>; cost: number }[] {
  return costFeatures(compiled.plan).map(({ kernel, ...features }, index) => ({
    kernel,
    features: { ...features, calls: 1 },
    cost: count.operators[index]?.instructions ?? 0,
  }));
}

/** The cost table of what was measured, on top of the one before. Models that were not measured now stay. */
export function makeCostTable(measured: readonly Measured[], before: CostTable): CostTable {
  const kernels = [...new Set(measured.flatMap((one) => observed(one).map(({ kernel }) => kernel)))].sort();
  const estimate = Object.fromEntries(
    kernels.map((kernel): [string, Coefficients] => [
      kernel,
      fit(measured.flatMap(observed).filter((row) => row.kernel === kernel)),
    ]),
  );
  const models = measured.map(({ compiled, model, count }) => ({
    planSha256: createHash('sha256').update(compiled.image).digest('hex'),
    model: model.fold ? `${model.workloadId} folded` : model.workloadId,
    instructions: count.operators.map((op) => op.instructions),
  }));
  const kept = before.models.filter((old) => !models.some(({ model }) => model === old.model));
  const bytes = before.inputInstructionsPerByte;
  return {
    ...before,
    kernelSet: `firmware/nn at -O2, ${measured[0]?.compiler ?? ''}`,
    inputInstructionsPerByte: {
      int8: perByte(measured, 'int8', bytes.int8),
      uint8: perByte(measured, 'uint8', bytes.uint8),
      float32le: perByte(measured, 'float32le', bytes.float32le),
    },
    estimate: { ...before.estimate, ...estimate },
    models: [...models, ...kept].sort((a, b) => (a.model < b.model ? -1 : 1)),
  };
}

/** Compares the fitted formula with the counts, model by model. */
export function deviations(measured: readonly Measured[], table: CostTable): Deviation[] {
  return measured.map((one) => {
    const rows = observed(one).map((row) => ({
      ...row,
      guess: predict(table.estimate[row.kernel] ?? {}, row.features),
    }));
    const worst = rows.reduce(
      (most, row, index) => {
        const ratio = row.cost > 0 ? row.guess / row.cost : 1;
        // Operators below a thousandth of the model decide nothing.
        const counts = row.cost > one.instructions / 1000;
        return counts && Math.abs(Math.log(ratio)) > Math.abs(Math.log(most.ratio)) ? { index, ratio } : most;
      },
      { index: 0, ratio: 1 },
    );
    return {
      model: one.model.name,
      counted: one.instructions,
      estimated: Math.round(rows.reduce((sum, row) => sum + row.guess, 0)),
      worstOperator: worst.index,
      worstRatio: worst.ratio,
    };
  });
}
