import type { LiveRun } from '../../shared/domain/live-run.ts';
import type { EdgeMarks, Outcome, Step } from '../../shared/domain/journal.ts';
import { inputsPerFile, performanceInputIndexes } from '../../shared/domain/workload-inputs.ts';
import type { WindowResult } from '../../shared/domain/run.ts';
import type { Mode, Workload } from '../../shared/domain/workload.ts';
import { findingText } from '../../shared/text/finding.ts';
import type { Text } from '../../shared/text/index.ts';
import { argMax, compareClocks, median, performanceFigures } from '../analysis/index.ts';
import { markedS } from './energy-script.ts';
import { inputAt, liveEnergy, liveEnergyWindows } from '../session/index.ts';
import type { RunRecord } from '../session/index.ts';

/** What the live view of a run needs to know about its input set. */
export interface LiveRunPlan {
  runId: string;
  workload: Workload;
  mode: Mode;
  files: readonly (readonly [file: string, label: number])[];
}

/** Longest dimension of a confusion matrix that is followed live; a message with a larger one would be too large. */
const mostClasses = 100;

export function freshLiveRun({ runId, workload, mode, files }: LiveRunPlan): LiveRun {
  const classes = Math.min(workload.classCount, mostClasses);
  const confusion =
    mode === 'accuracy' && workload.metric === 'top1'
      ? Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
      : [];
  return {
    runId,
    workload: workload.id,
    title: workload.title,
    mode,
    status: 'running',
    phase: 'waiting',
    classes: workload.classes ? [...workload.classes] : null,
    inputsTotal:
      mode !== 'accuracy'
        ? performanceInputIndexes(files.length, workload).length
        : files.length * inputsPerFile(workload),
    inputsDone: 0,
    windows: [],
    confusion,
    correct: 0,
    reasons: [],
  };
}

/** The live view after a step was begun. */
export function withStep(run: LiveRun, step: Step): LiveRun {
  if (step.kind === 'rest') return { ...run, phase: 'resting' };
  if (step.kind === 'record' && !step.on) return { ...run, phase: 'judging' };
  if (step.kind !== 'measure')
    return { ...run, phase: run.windows.length + run.inputsDone > 0 ? run.phase : 'connecting' };
  if (step.purpose === 'calibration') return { ...run, phase: 'calibrating', iterations: step.iterations };
  if (step.retry) return { ...run, phase: 'measuring', retrying: step.window ?? 0 };
  const windows = step.window === 1 ? [] : run.windows;
  return {
    ...run,
    phase: 'measuring',
    windows,
    ...(step.purpose === 'window' ? { iterations: step.iterations, inputsDone: windows.length } : {}),
  };
}

/** The live view after what came of a step: the same figures as the journal will give, taken in one by one. */
export function withOutcome(run: LiveRun, plan: LiveRunPlan, step: Step, outcome: Outcome): LiveRun {
  if (outcome.kind === 'stamped') return withMarks(run, outcome.marks);
  if (step.kind === 'measure' && step.retry && outcome.kind !== 'failed') {
    const { retrying: _done, ...calm } = run;
    const again = { ...calm, retried: (run.retried ?? 0) + 1 };
    return outcome.kind === 'measured' ? withWindow(again, step, outcome) : again;
  }
  if (step.kind === 'measure' && step.retry) {
    const { retrying: _failed, ...calm } = run;
    return calm;
  }
  if (step.kind !== 'measure' || outcome.kind !== 'measured') return run;
  if (step.purpose === 'window') return withWindow(run, step, outcome);
  return step.purpose === 'input' ? withInput(run, plan, step.inputIndex, outcome) : run;
}

/** One single time mark, then two a window. */
function withMarks(run: LiveRun, marks: EdgeMarks | undefined): LiveRun {
  if (!marks) return run;
  return { ...run, timeMarks: { seen: marks.before + marks.edges.length, expected: 1 + 2 * run.inputsTotal } };
}

function withWindow(
  run: LiveRun,
  step: Extract<Step, { kind: 'measure' }>,
  outcome: Extract<Outcome, { kind: 'measured' }>,
): LiveRun {
  if (run.mode === 'energy') return withEnergyWindow(withMarks(run, outcome.marks), step, outcome);
  const { infer } = outcome;
  const { lapStartUs, lapEndUs, hostStartS, hostEndS } = infer;
  if (lapStartUs === null || lapEndUs === null || hostStartS === null || hostEndS === null) return run;
  const figures = performanceFigures([{ inferences: step.iterations, lapStartUs, lapEndUs }]).windows[0];
  if (!figures) return run;
  const windows = placed(run, step, {
    number: step.window ?? run.windows.length + 1,
    inputIndex: step.inputIndex,
    inferences: step.iterations,
    seconds: figures.durationS,
    hostSeconds: hostEndS - hostStartS,
    throughputInfPerS: figures.throughputInfPerS,
  });
  const clock = compareClocks({
    dutS: figures.durationS,
    hostS: hostEndS - hostStartS,
    hostStampUncertaintyS: 0,
    dutResolutionS: 0,
  });
  return {
    ...run,
    windows,
    inputsDone: windows.length,
    medianThroughputInfPerS: median(windows.map((window) => window.throughputInfPerS)),
    ...(clock ? { clockRatio: Math.max(run.clockRatio ?? 0, clock.deviation) } : {}),
  };
}

/** Windows with a new one behind them, or in the place of the one that was measured once more. */
function placed(run: LiveRun, step: Extract<Step, { kind: 'measure' }>, window: WindowResult): WindowResult[] {
  return step.retry
    ? run.windows.map((before) => (before.number === window.number ? window : before))
    : [...run.windows, window];
}

/** The live view once the run was judged. */
export function withJudgement(run: LiveRun, record: RunRecord, text: Text): LiveRun {
  const { judged } = record;
  if (!judged) return run;
  const { judgement, figures } = judged;
  const energy = liveEnergy(record, figures);
  const throughput = figures.medianThroughputInfPerS ?? figures.energy?.medianThroughputInfPerS ?? undefined;
  return {
    ...run,
    status: 'completed',
    phase: 'done',
    verdict: judgement.verdict,
    qualityTarget: judgement.qualityTarget,
    reasons: judgement.findings
      .filter((finding) => finding.outcome === 'failed')
      .map((finding) => findingText(text, finding).message),
    ...(throughput === undefined ? {} : { medianThroughputInfPerS: throughput }),
    ...(figures.top1 === undefined ? {} : { top1: figures.top1 }),
    ...(figures.aucExact === undefined ? {} : { aucExact: figures.aucExact }),
    ...(energy ? { energy, windows: liveEnergyWindows(record, figures) } : {}),
  };
}

/** An energy window so far: its length by the monitor's time marks. Its energy is known when the trace has been summed up. */
function withEnergyWindow(
  run: LiveRun,
  step: Extract<Step, { kind: 'measure' }>,
  outcome: Extract<Outcome, { kind: 'measured' }>,
): LiveRun {
  const seconds = markedS(outcome);
  if (seconds === undefined || seconds <= 0) return run;
  const windows = placed(run, step, {
    number: step.window ?? run.windows.length + 1,
    inputIndex: step.inputIndex,
    inferences: step.iterations,
    seconds,
    hostSeconds: seconds,
    throughputInfPerS: step.iterations / seconds,
  });
  return {
    ...run,
    windows,
    inputsDone: windows.length,
    medianThroughputInfPerS: median(windows.map((window) => window.throughputInfPerS)),
  };
}

function withInput(
  run: LiveRun,
  plan: LiveRunPlan,
  inputIndex: number,
  { infer }: Extract<Outcome, { kind: 'measured' }>,
): LiveRun {
  const { file, label } = inputAt({ files: plan.files as [string, number][], workload: plan.workload }, inputIndex);
  const scores = infer.results ?? [];
  const predicted = argMax(scores);
  const classified = plan.workload.metric === 'top1' && predicted >= 0;
  const confusion = classified
    ? run.confusion.map((row, actual) =>
        actual === label ? row.map((count, k) => (k === predicted ? count + 1 : count)) : row,
      )
    : run.confusion;
  const correct = run.correct + (classified && predicted === label ? 1 : 0);
  const inputsDone = run.inputsDone + 1;
  return {
    ...run,
    inputsDone,
    confusion,
    correct,
    ...(classified ? { top1: correct / inputsDone } : {}),
    last: { file, label, predicted, scores: scores.slice(0, mostClasses) },
  };
}
