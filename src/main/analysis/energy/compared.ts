import type { EnergyFigures, EnergySetup, TraceSummary } from '../../../shared/domain/energy.ts';
import type { ComparedEnergy, ComparedRange } from '../uncertainty/compare.ts';
import { rangeOf } from '../uncertainty/portion.ts';

/**
 * An energy run as `compareEnergies` takes it: the official figure, its repeatability, and how its energy lies in the ranges. Null
 * where the run has no figure with an uncertainty.
 */
export function comparedEnergy(
  setup: EnergySetup,
  trace: TraceSummary,
  figures: EnergyFigures,
  runAtEpochMs: number,
): ComparedEnergy | null {
  const { budget } = figures;
  const index = figures.windows.findIndex(({ energyUJPerInf }) => energyUJPerInf === budget.y);
  const stretch = trace.windows[index]?.official;
  if (budget.y === null || budget.combinedStandardUncertainty === null || !stretch) return null;
  const repeat = budget.rows.find(({ id }) => id === 'repeat');
  const total = stretch.energyJ;
  const ranges: ComparedRange[] = stretch.ranges.flatMap(({ range, samples, energyJ }) => {
    const entry = rangeOf(setup.specification, range);
    if (!entry) return [];
    const { gain, offsetA, nonlinearity } = entry;
    const perAmpere = (setup.supply.voltageV * samples) / setup.monitor.sampleRateHz / total;
    return [{ range, share: energyJ / total, perAmpere, gain, offsetA, nonlinearity }];
  });
  return {
    energyUJPerInf: budget.y,
    repeatUJ: repeat?.contributionUJ ?? 0,
    repeatNu: repeat?.nu ?? null,
    combinedUJ: budget.combinedStandardUncertainty,
    bench: {
      monitorSerial: setup.monitor.serial,
      certificateId: setup.correction?.certificateId ?? null,
      voltageV: setup.supply.voltageV,
      plane: setup.plane,
      wiring: [setup.path, ...[...setup.scope.measured].sort(), '|', ...[...setup.scope.notMeasured].sort()].join('; '),
      measuredAtEpochMs: runAtEpochMs,
      temperatureC: setup.temperatureC ?? trace.temperatureC,
    },
    ranges,
  };
}
