import { hasFigure } from '../energy-view.ts';
import type { RunView } from '../view.ts';
import { column, rule } from './line.ts';

/** What the published runner asks of a window (results and submission, section 4); settings of a run do not change it. */
export const officialWindowS = 10;
export const officialIterations = 10;
export const officialWindows = 5;

interface TimedWindow {
  number: number;
  inferences: number;
  seconds: number;
  throughputInfPerS: number;
}

/** Lines of the energy part of `results.txt`: blocks of the windows, rule, median, rule; then the performance part. */
export function energyLines(run: RunView): string[] {
  const { trace, figures } = run.energy ?? { trace: null, figures: null };
  const lines = (figures?.windows ?? []).flatMap((window) => {
    const startEdge = trace?.windows.find((other) => other.number === window.number)?.startEdge;
    const startS = startEdge === undefined || !trace ? 0 : startEdge / trace.sampleRateHz;
    return [
      `Energy data for window ${window.number * 2} at time ${startS.toFixed(2)} for ${window.seconds.toFixed(2)} sec.:`,
      `  Energy       : ${column(window.energyUJ, 3)} uJ`,
      `  Power        : ${column(window.powerUW, 3)} uW`,
      `  Energy/Inf.  : ${column(window.energyUJPerInf, 3)} uJ/inf.`,
    ];
  });
  const complete = run.status === 'completed' && (figures?.windows.length ?? 0) >= officialWindows;
  const energy =
    complete && hasFigure(figures)
      ? [rule, `Median energy cost is ${figures.medianEnergyUJPerInf.toFixed(3)} uJ/inf.`, rule]
      : [];
  return [
    ...lines,
    ...energy,
    ...throughputLines(figures?.windows ?? [], complete ? (figures?.medianThroughputInfPerS ?? null) : null),
  ];
}

/** Blocks of the windows and the median of their throughputs, which is null where there is none to be printed. */
export function throughputLines(windows: readonly TimedWindow[], median: number | null): string[] {
  const lines = windows.flatMap((window) => [
    // Edge 0 is the single timestamp, every infer gives two more: windows are intervals 2, 4, 6, 8, 10.
    `Performance results for window ${window.number * 2}:`,
    `  # Inferences : ${String(window.inferences).padStart(12)}`,
    `  Runtime      : ${column(window.seconds, 3)} sec.`,
    `  Throughput   : ${column(window.throughputInfPerS, 3)} inf./sec.`,
    window.seconds >= officialWindowS && window.inferences >= officialIterations
      ? 'Runtime requirements have been met.'
      : 'e-[The run must take at least 10 seconds and 10 iterations to be valid]',
  ]);
  if (median === null) return [...lines, 'Too few timestamps found for performance check'];
  return [
    ...lines,
    rule,
    `Median throughput is ${median.toFixed(3)} inf./sec.`,
    rule,
    'Cannot compute accuracy metrics in single-run mode.',
  ];
}
