import type { AuditFigures } from '../../../shared/domain/audit.ts';
import type { Mode, Workload } from '../../../shared/domain/workload.ts';
import { recomputeAccuracy } from './accuracy.ts';
import type { LabelledInference } from './accuracy.ts';
import { plainWindow } from './energy.ts';
import type { RecomputedEnergy } from './energy.ts';
import type { RecomputedStreaming } from './streaming.ts';
import { medianOf, performanceWindow } from './windows.ts';

/** All figures of a run as its raw files give them; one that cannot be computed is absent. */
export function auditFiguresOf(parts: {
  workload: Workload;
  mode: Mode;
  inferences: readonly LabelledInference[];
  energy: RecomputedEnergy | null;
  streaming: RecomputedStreaming | null;
}): AuditFigures {
  const { workload, mode, inferences, energy, streaming } = parts;
  return {
    ...(mode === 'performance' ? performanceOf(inferences) : {}),
    ...(mode === 'energy' && energy ? energyOf(energy, streaming !== null) : {}),
    ...(mode === 'accuracy' ? accuracyOf(inferences, workload) : {}),
    ...(streaming ? streamingOf(streaming) : {}),
  };
}

function performanceOf(inferences: readonly LabelledInference[]): AuditFigures {
  const windows = inferences.map(performanceWindow).filter((window) => window.seconds !== undefined);
  return windows.length === 0
    ? {}
    : { windows, ...defined({ medianThroughputInfPerS: medianOf(windows, 'throughputInfPerS') }) };
}

function energyOf({ windows: found, aligned }: RecomputedEnergy, streaming: boolean): AuditFigures {
  const windows = found.map(plainWindow);
  const [stream] = windows;
  if (!stream) return {};
  const moved = aligned?.map(plainWindow) ?? [];
  return {
    windows,
    ...defined({
      // One stream of 1200 s is no inference.
      medianThroughputInfPerS: streaming ? undefined : medianOf(windows, 'throughputInfPerS'),
      medianEnergyUJPerInf: medianOf(windows, 'energyUJPerInf'),
      medianPowerUW: medianOf(windows, 'powerUW'),
      streamEnergyUJ: streaming ? stream.energyUJ : undefined,
      alignedMedianEnergyUJPerInf: medianOf(moved, 'energyUJPerInf'),
      alignedMedianThroughputInfPerS: medianOf(moved, 'throughputInfPerS'),
    }),
    ...(moved.length > 0 ? { alignedWindows: moved } : {}),
  };
}

function accuracyOf(inferences: readonly LabelledInference[], workload: Workload): AuditFigures {
  const figures = recomputeAccuracy(inferences, workload);
  if (!figures) return {};
  const { aucEembc, aucMlc, aucExact, files } = figures;
  const areas = defined({ aucEembc, aucMlc, aucExact });
  if (figures.kind === 'anomaly')
    return {
      inputs: figures.inputs,
      files,
      ...areas,
      ...defined({ bestPrecisionRecall: figures.bestPrecisionRecall }),
    };
  return { inputs: figures.inputs, files, correct: figures.correct, ...defined({ top1: figures.top1 }), ...areas };
}

function streamingOf({ score, oneSecond, dutyCycle, periodS, processingS }: RecomputedStreaming): AuditFigures {
  return {
    ...(score ?? {}),
    ...(oneSecond ? { oneSecondScore: oneSecond } : {}),
    ...defined({
      dutyCycle,
      periodS,
      processingS,
      estimatedThroughputInfPerS: processingS !== null && processingS > 0 ? 1 / processingS : undefined,
    }),
  };
}

/** Leaves out what is no number: a figure that could not be computed is absent, never 0. */
function defined<K extends string>(values: Record<K, number | null | undefined>): Partial<Record<K, number>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value))) as Partial<
    Record<K, number>
  >;
}
