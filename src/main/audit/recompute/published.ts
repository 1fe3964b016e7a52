import type { AuditFigures, AuditWindow } from '../../../shared/domain/audit.ts';
import type { Printed, PrintedWindow, ResultsText } from '../read/index.ts';

/** What a results file prints, under the names of our figures. Windows of energy and of speed with one number are one window. */
export function publishedFigures(results: ResultsText | null): AuditFigures {
  if (!results) return {};
  const windows = mergedWindows(results);
  const { medianThroughputInfPerS, medianEnergyUJPerInf, top1Percent, auc, streaming } = results;
  return {
    ...(windows.length > 0 ? { windows } : {}),
    ...value('medianThroughputInfPerS', medianThroughputInfPerS),
    ...value('medianEnergyUJPerInf', medianEnergyUJPerInf),
    ...(top1Percent ? { top1: top1Percent.value / 100 } : {}),
    ...value('auc', auc),
    ...(streaming
      ? {
          truePositives: streaming.truePositives,
          falseNegatives: streaming.falseNegatives,
          falsePositives: streaming.falsePositives,
          ...value('dutyCycle', streaming.dutyCycle),
          ...value('periodS', streaming.periodS),
          ...value('estimatedThroughputInfPerS', streaming.throughputInfPerS),
        }
      : {}),
  };
}

function mergedWindows({ performance, energy }: ResultsText): AuditWindow[] {
  const byNumber = new Map<number, PrintedWindow[]>();
  for (const window of [...energy, ...performance])
    byNumber.set(window.number, [...(byNumber.get(window.number) ?? []), window]);
  const inOrder = [...byNumber].sort(([a], [b]) => a - b);
  return inOrder.map(([number, windows]) => {
    const pick = (figure: Exclude<keyof PrintedWindow, 'number' | 'line' | 'lengthAccepted'>): Printed | null =>
      windows.map((window) => window[figure]).find((printed) => printed !== null) ?? null;
    const inferences = pick('inferences');
    return {
      number,
      ...(inferences && Number.isSafeInteger(inferences.value) ? { inferences: inferences.value } : {}),
      ...value('seconds', pick('seconds')),
      ...value('throughputInfPerS', pick('throughputInfPerS')),
      ...value('energyUJ', pick('energyUJ')),
      ...value('powerUW', pick('powerUW')),
      ...value('energyUJPerInf', pick('energyUJPerInf')),
    };
  });
}

function value<K extends string>(key: K, printed: Printed | null): Partial<Record<K, number>> {
  return printed && Number.isFinite(printed.value) ? ({ [key]: printed.value } as Record<K, number>) : {};
}
