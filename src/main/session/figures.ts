import { epochMsOf } from '../../shared/clock/index.ts';
import type { Figures } from '../../shared/domain/figures.ts';
import type { WindowResult } from '../../shared/domain/run.ts';
import { accuracyFigures, energyFigures, performanceFigures } from '../analysis/index.ts';
import type { AccuracyFigures, ScoredInput } from '../analysis/index.ts';
import { inputAt } from './inputs.ts';
import { measurements } from './record.ts';
import type { Measurement, RunRecord } from './record.ts';

/** The measurements that count as windows: those of the last round, when windows came out too short and were measured anew. */
export function countedWindows(run: RunRecord): Measurement[] {
  return measurements(run, 'window').reduce<Measurement[]>((round, measurement) => {
    const { window, retry } = measurement.step;
    // A window that the operator had measured once more takes the place of the one before.
    if (retry && round.some(({ step }) => step.window === window))
      return round.map((before) => (before.step.window === window ? measurement : before));
    const kept = window === 1 ? [] : round.filter(({ step }) => step.window !== window);
    return [...kept, measurement];
  }, []);
}

/** The windows of the last round that were measured once more at the operator's wish, each time counted. */
export function retriedWindows(run: RunRecord): Measurement[] {
  return measurements(run, 'window').reduce<Measurement[]>((again, measurement) => {
    if (measurement.step.retry) return [...again, measurement];
    return measurement.step.window === 1 ? [] : again;
  }, []);
}

/** The measurement of each input that counts: the last one, in the order of the inputs. */
export function countedInputs(run: RunRecord): Measurement[] {
  const byInput = new Map(measurements(run, 'input').map((measurement) => [measurement.step.inputIndex, measurement]));
  return [...byInput.values()].sort((a, b) => a.step.inputIndex - b.step.inputIndex);
}

/** The windows of a performance run with their figures; a window without two usable stamps has none and is left out. */
export function windowResults(run: RunRecord): WindowResult[] {
  return countedWindows(run).flatMap(({ step, measured: { infer } }) => {
    const { lapStartUs, lapEndUs, hostStartS, hostEndS } = infer;
    if (lapStartUs === null || lapEndUs === null || hostStartS === null || hostEndS === null) return [];
    const window = performanceFigures([{ inferences: step.iterations, lapStartUs, lapEndUs }]).windows[0];
    if (!window) return [];
    return [
      {
        number: step.window ?? 0,
        inputIndex: step.inputIndex,
        inferences: step.iterations,
        seconds: window.durationS,
        hostSeconds: hostEndS - hostStartS,
        throughputInfPerS: window.throughputInfPerS,
      },
    ];
  });
}

/** What every input of an accuracy run scored; inputs without a usable vector are left out (rule ACC-07 reports them). */
export function scoredInputs(run: RunRecord): ScoredInput[] {
  return countedInputs(run).flatMap(({ step, measured: { infer } }) => {
    if (infer.results === null) return [];
    const { fileIndex, label } = inputAt(run.opened, step.inputIndex);
    return [{ fileIndex, label, results: infer.results }];
  });
}

/** All figures of an accuracy run; undefined where nothing was scored. */
export function scoreFigures(run: RunRecord): AccuracyFigures | undefined {
  const inputs = scoredInputs(run);
  if (inputs.length === 0) return undefined;
  const { workload } = run.opened;
  return accuracyFigures(inputs, workload.classCount, workload.outputCount);
}

/** The figures of a run from its raw records: what `run.judged` holds, and what a verification compares it with. */
export function runFigures(run: RunRecord): Figures {
  if (run.opened.mode === 'performance') return performance(run);
  if (run.opened.mode === 'accuracy') return accuracy(run);
  return energy(run);
}

function performance(run: RunRecord): Figures {
  const windows = windowResults(run);
  if (windows.length === 0) return {};
  const counted = countedWindows(run).flatMap(({ step, measured: { infer } }) =>
    infer.lapStartUs === null || infer.lapEndUs === null
      ? []
      : [{ inferences: step.iterations, lapStartUs: infer.lapStartUs, lapEndUs: infer.lapEndUs }],
  );
  const { medianThroughputInfPerS, relativeSpread } = performanceFigures(counted);
  return { windows, ...finite({ medianThroughputInfPerS, spread: relativeSpread }) };
}

/** Nothing without a summed-up trace: energy is in the trace alone. */
function energy({ opened, openedAt, trace }: RunRecord): Figures {
  if (!opened.energy || !trace) return {};
  return { energy: energyFigures(opened.energy, trace, epochMsOf(openedAt)) };
}

function accuracy(run: RunRecord): Figures {
  const figures = scoreFigures(run);
  if (!figures) return {};
  const areas = { aucExact: figures.aucExact, aucEembc: figures.aucEembc, aucMlc: figures.aucMlc };
  if (figures.kind === 'anomaly') return { inputs: figures.inputs, ...finite(areas) };
  return {
    inputs: figures.inputs,
    correct: figures.correct,
    confusion: figures.confusion,
    top1Interval: [figures.interval.low, figures.interval.high],
    ...finite({ top1: figures.top1, ...areas }),
  };
}

/** Leaves out what is no number: a figure that could not be computed is absent, never 0 (UI.md). */
function finite<K extends string>(values: Record<K, number | null>): Partial<Record<K, number>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value))) as Partial<
    Record<K, number>
  >;
}
