import { accuracyFigures } from './accuracy.ts';
import type { ScoredInput } from './accuracy.ts';
import { compareClocks, stampResolutionUs } from './clock-check.ts';
import type { ClockComparison } from './clock-check.ts';
import { elapsedUs, median, relativeSpread, throughputInfPerS } from './windows.ts';

/** One window as recorded; null where the DUT gave no two stamps or the host has no times for them. */
export interface RecordedWindow {
  inferences: number;
  lapStartUs: number | null;
  lapEndUs: number | null;
  /** Arrival of the two stamp lines by the host's clock. */
  hostStartS: number | null;
  hostEndS: number | null;
}

export interface RecordedWindowFigures {
  durationS: number | null;
  throughputInfPerS: number | null;
  hostS: number | null;
  clock: ClockComparison | null;
}

export interface WindowsFigures {
  windows: RecordedWindowFigures[];
  medianThroughputInfPerS: number | null;
  relativeSpread: number | null;
  stampResolutionUs: number | null;
}

/**
 * Figures of the windows of a run, null where a record is missing; the rules take them as they are.
 * @param options.hostStampUncertaintyS largest error of one arrival time on the host.
 * @param options.stampsUs all stamps of the run in order, calibration included, from which the step of the DUT's clock is told;
 *   those of the windows alone where it is left out.
 */
export function windowsFigures(
  recorded: readonly RecordedWindow[],
  options: { hostStampUncertaintyS: number; stampsUs?: readonly number[] },
): WindowsFigures {
  const ownStamps = recorded
    .flatMap((window) => [window.lapStartUs, window.lapEndUs])
    .filter((stamp) => stamp !== null);
  const resolutionUs = stampResolutionUs(options.stampsUs ?? ownStamps);
  const windows = recorded.map((window) => windowFigures(window, options.hostStampUncertaintyS, resolutionUs));
  const throughputs = windows.map((window) => window.throughputInfPerS).filter((value) => value !== null);
  // The median of some of the windows is not that of the run.
  const complete = throughputs.length > 0 && throughputs.length === windows.length;
  return {
    windows,
    medianThroughputInfPerS: complete ? median(throughputs) : null,
    relativeSpread: complete ? relativeSpread(throughputs) : null,
    stampResolutionUs: resolutionUs ?? null,
  };
}

function windowFigures(
  window: RecordedWindow,
  hostStampUncertaintyS: number,
  resolutionUs: number | undefined,
): RecordedWindowFigures {
  const { lapStartUs, lapEndUs, hostStartS, hostEndS } = window;
  const hostS = hostStartS === null || hostEndS === null ? null : hostEndS - hostStartS;
  if (lapStartUs === null || lapEndUs === null) return { durationS: null, throughputInfPerS: null, hostS, clock: null };
  const durationS = elapsedUs(lapStartUs, lapEndUs) / 1e6;
  const throughput = throughputInfPerS(window.inferences, durationS);
  const dutResolutionS = (resolutionUs ?? 0) / 1e6;
  const clock =
    hostS === null ? undefined : compareClocks({ dutS: durationS, hostS, hostStampUncertaintyS, dutResolutionS });
  return { durationS, throughputInfPerS: Number.isNaN(throughput) ? null : throughput, hostS, clock: clock ?? null };
}

export interface AccuracySummary {
  top1: number | null;
  aucExact: number | null;
  aucEembc: number | null;
  aucMlc: number | null;
  bestPrecisionRecall: number | null;
}

/** The figures of `accuracyFigures` that the rules look at; null without inputs. */
export function accuracySummary(
  inputs: readonly ScoredInput[],
  classCount: number,
  outputCount: number,
): AccuracySummary | null {
  if (inputs.length === 0) return null;
  const figures = accuracyFigures(inputs, classCount, outputCount);
  return {
    top1: figures.kind === 'classes' ? figures.top1 : null,
    aucExact: figures.aucExact,
    aucEembc: figures.aucEembc,
    aucMlc: figures.aucMlc,
    bestPrecisionRecall: figures.kind === 'anomaly' ? figures.bestPrecisionRecall : null,
  };
}
