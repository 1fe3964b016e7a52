import type { AuditComparison, AuditFigures, AuditWindow } from '../../../shared/domain/audit.ts';
import type { Printed, ResultsText } from '../read/index.ts';

/** Rules whose findings explain a difference. */
const explainedBy: Readonly<Record<string, string>> = {
  seconds: 'RUN-05',
  throughputInfPerS: 'PERF-06',
  medianThroughputInfPerS: 'PERF-06',
  energyUJ: 'NRG-04',
  powerUW: 'NRG-04',
  energyUJPerInf: 'NRG-04',
  medianEnergyUJPerInf: 'NRG-05',
  top1: 'ACC-05',
  auc: 'ACC-05',
  truePositives: 'ACC-09',
  falseNegatives: 'ACC-09',
  falsePositives: 'ACC-09',
  dutyCycle: 'ACC-09',
  periodS: 'ACC-09',
  estimatedThroughputInfPerS: 'ACC-09',
};

const windowFigures = ['seconds', 'throughputInfPerS', 'energyUJ', 'powerUW', 'energyUJPerInf'] as const;

/** Whether a figure prints as this one: within half a unit of its last digit, with room for binary fractions. */
export function printsAs(
  { value, step, slack = 0 }: Pick<Printed, 'value' | 'step' | 'slack'>,
  figure: number,
): boolean {
  return Math.abs(value - figure) <= step / 2 + slack + 1e-9 * Math.abs(value);
}

/**
 * Every printed figure against the same computed again. `complete` is false where windows were printed that the raw files do not
 * have: then the printed result is not that of these files, whatever the others say.
 */
export function compareFigures(
  results: ResultsText | null,
  recomputed: AuditFigures,
): { comparisons: AuditComparison[]; complete: boolean } {
  if (!results) return { comparisons: [], complete: true };
  const comparisons: AuditComparison[] = [];
  const add = (figure: string, printed: Printed | null, again: number | undefined, window?: number): void => {
    if (!printed || again === undefined) return;
    const agrees = printsAs(printed, again);
    comparisons.push({
      figure,
      ...(window === undefined ? {} : { window }),
      published: printed.value,
      recomputed: again,
      step: printed.step,
      agrees,
      ...(agrees ? {} : { rule: explainedBy[figure] ?? 'RUN-05' }),
    });
  };
  const missing = compareWindows(results, recomputed.windows ?? [], add);
  add('medianThroughputInfPerS', results.medianThroughputInfPerS, recomputed.medianThroughputInfPerS);
  add('medianEnergyUJPerInf', results.medianEnergyUJPerInf, recomputed.medianEnergyUJPerInf);
  const { top1Percent, auc, accuracyForm, streaming } = results;
  const top1 = recomputed.top1 ?? recomputed.bestPrecisionRecall;
  add('top1', scaled(top1Percent, 0.01), top1);
  add('auc', auc, accuracyForm === 'mlc' ? recomputed.aucMlc : recomputed.aucEembc);
  if (streaming) {
    for (const figure of ['truePositives', 'falseNegatives', 'falsePositives'] as const)
      add(figure, { value: streaming[figure], step: 1, line: streaming.line }, recomputed[figure]);
    add('dutyCycle', streaming.dutyCycle, recomputed.dutyCycle);
    add('periodS', streaming.periodS, recomputed.periodS);
    add('estimatedThroughputInfPerS', streaming.throughputInfPerS, recomputed.estimatedThroughputInfPerS);
  }
  return { comparisons, complete: missing === 0 };
}

/** Compares window by window; answers how many printed ones have no counterpart although there are windows. */
function compareWindows(
  results: ResultsText,
  windows: readonly AuditWindow[],
  add: (figure: string, printed: Printed | null, again: number | undefined, window?: number) => void,
): number {
  if (windows.length === 0) return 0;
  let missing = 0;
  const again = new Map(windows.map((window) => [window.number, window]));
  for (const printed of [...results.energy, ...results.performance]) {
    const window = again.get(printed.number);
    if (!window) missing += 1;
    else for (const figure of windowFigures) add(figure, printed[figure], window[figure], printed.number);
  }
  return missing;
}

function scaled(printed: Printed | null, factor: number): Printed | null {
  return printed && { value: printed.value * factor, step: printed.step * factor, line: printed.line };
}
