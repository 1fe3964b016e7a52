import { rocPoints } from '../analysis/index.ts';
import type { AccuracyFigures } from '../analysis/index.ts';
import {
  countedInputs,
  countedWindows,
  inputAt,
  measurements,
  runFigures,
  scoreFigures,
  windowResults,
} from '../session/index.ts';
import type { RunRecord, SessionRecord, StepRecord } from '../session/index.ts';
import { argMax } from '../analysis/index.ts';
import type { EnergySetup } from '../../shared/domain/energy.ts';
import type { EnergyExtras, EnergyView } from './energy-view.ts';
import { inputsPerFile, performanceInputIndexes } from '../../shared/domain/workload-inputs.ts';
import type {
  CalibrationView,
  Exchange,
  FiguresView,
  InputView,
  RocView,
  RunView,
  SessionView,
  WindowView,
} from './view.ts';

/** What a run's view has from files beside the journal, by the id of the run. */
export type ViewExtras = ReadonlyMap<string, EnergyExtras>;

/**
 * Makes the writers' input from a session's records. Pure: the same journal gives the same view. What pages of energy runs show of traces
 * and certificates is handed in as `extras`; result files do not depend on it.
 */
export function sessionView(session: SessionRecord, extras?: ViewExtras): SessionView {
  const { opened } = session;
  return {
    sessionId: opened.sessionId,
    createdAt: session.openedAt,
    app: opened.app,
    operator: opened.operator,
    dutUnit: opened.dutUnit,
    note: session.noteEntries.map(noteLine).join('\n'),
    division: opened.division,
    bench: opened.bench,
    simulated: opened.bench.simulated,
    certificates: opened.certificates,
    integrity: { journalRecords: session.entries, journalHash: session.hash },
    runs: session.runs.map((run) => runView(run, extras?.get(run.runId))),
  };
}

/** Since a reader of the report knows runs by their ids, a note about one begins with its. */
function noteLine({ text, runId }: SessionRecord['noteEntries'][number]): string {
  return runId === undefined ? text : `${runId}: ${text}`;
}

function runView(run: RunRecord, extras: EnergyExtras | undefined): RunView {
  const { opened } = run;
  const { workload, mode } = opened;
  const fault = run.closed?.fault;
  return {
    runId: run.runId,
    workload,
    mode,
    status: run.status,
    settings: opened.settings,
    artefacts: opened.artefacts,
    inputSet: opened.inputSet,
    dut: run.dut ?? null,
    startedAt: run.openedAt,
    startedAtS: run.openedAtS,
    endedAtS: run.closedAtS ?? null,
    resumes: run.resumedAtS.length,
    fault: fault ? { code: fault.code, facts: fault.facts, detail: fault.detail } : null,
    windows: mode === 'performance' ? windowViews(run) : [],
    calibration: calibrationViews(run),
    inputs: mode === 'accuracy' ? inputViews(run) : [],
    inputsTotal:
      mode === 'accuracy'
        ? opened.files.length * inputsPerFile(workload)
        : performanceInputIndexes(opened.files.length, workload).length,
    judgement: run.judged?.judgement ?? null,
    figures: figuresView(run),
    exchanges: exchanges(run),
    output: opened.artefacts.model?.output ?? null,
    ...(opened.energy ? { energy: energyView(run, opened.energy, extras) } : {}),
    ...(opened.flash ? { flash: opened.flash } : {}),
  };
}

function energyView(run: RunRecord, setup: EnergySetup, extras: EnergyExtras | undefined): EnergyView {
  return {
    setup,
    trace: run.trace ?? null,
    figures: runFigures(run).energy ?? null,
    inputs: countedWindows(run).map(({ step }) => {
      const { file, label } = inputAt(run.opened, step.inputIndex);
      return { window: step.window ?? 0, file, label };
    }),
    columns: extras?.columns ?? null,
    startZoom: extras?.startZoom ?? null,
    certificates: extras?.certificates ?? [],
  };
}

function windowViews(run: RunRecord): WindowView[] {
  const stamps = new Map(countedWindows(run).map(({ step, measured }) => [step.window, measured.infer]));
  return windowResults(run).map((window) => {
    const { file, label } = inputAt(run.opened, window.inputIndex);
    const infer = stamps.get(window.number);
    return { ...window, file, label, lapStartUs: infer?.lapStartUs ?? 0, lapEndUs: infer?.lapEndUs ?? 0 };
  });
}

function calibrationViews(run: RunRecord): CalibrationView[] {
  return measurements(run, 'calibration').map(({ step, measured }) => ({
    iterations: step.iterations,
    warmups: step.warmups,
    seconds: measured.infer.dutElapsedS ?? 0,
  }));
}

function inputViews(run: RunRecord): InputView[] {
  return countedInputs(run).map(({ step, measured: { infer } }) => {
    const { index, file, offsetBytes, lengthBytes, label } = inputAt(run.opened, step.inputIndex);
    const classified = infer.results !== null && run.opened.workload.metric === 'top1';
    return {
      index,
      file,
      offsetBytes,
      lengthBytes,
      label,
      scores: infer.results,
      predicted: classified ? argMax(infer.results ?? []) : null,
      lapStartUs: infer.lapStartUs,
      lapEndUs: infer.lapEndUs,
      dutElapsedS: infer.dutElapsedS,
      hostStartS: infer.hostStartS,
      hostEndS: infer.hostEndS,
    };
  });
}

function figuresView(run: RunRecord): FiguresView {
  const { windows: _windows, energy: _energy, ...figures } = runFigures(run);
  if (run.opened.mode !== 'accuracy') return figures;
  const scores = scoreFigures(run);
  if (!scores) return figures;
  if (scores.kind === 'anomaly') {
    return {
      ...figures,
      ...(scores.bestPrecisionRecall === null ? {} : { bestPrecisionRecall: scores.bestPrecisionRecall }),
      roc: [{ classIndex: 1, area: scores.aucExact, points: scores.roc }],
    };
  }
  return { ...figures, perClass: scores.perClass, roc: classCurves(run, scores) };
}

/** One curve a class, one against the rest; a class without inputs has none. */
function classCurves(run: RunRecord, scores: Extract<AccuracyFigures, { kind: 'classes' }>): RocView[] {
  const inputs = countedInputs(run).flatMap(({ step, measured }) =>
    measured.infer.results
      ? [{ results: measured.infer.results, label: inputAt(run.opened, step.inputIndex).label }]
      : [],
  );
  return scores.perClass.flatMap(({ inputs: count }, classIndex) => {
    if (count === 0 || count === inputs.length) return [];
    const points = rocPoints(
      inputs.map(({ results }) => results[classIndex] ?? 0),
      inputs.map(({ label }) => label === classIndex),
    );
    return [{ classIndex, area: area(points), points }];
  });
}

function area(points: readonly { falsePositiveRate: number; truePositiveRate: number }[]): number {
  return points.slice(1).reduce((sum, point, k) => {
    const before = points[k] ?? point;
    return (
      sum +
      ((point.falsePositiveRate - before.falsePositiveRate) * (point.truePositiveRate + before.truePositiveRate)) / 2
    );
  }, 0);
}

function exchanges(run: RunRecord): Exchange[] {
  const resumed = run.resumedAtS.map((atS): Exchange => ({ kind: 'resumed', atS }));
  return [...run.steps.flatMap((step) => exchange(run, step)), ...resumed].sort((a, b) => a.atS - b.atS);
}

function exchange(run: RunRecord, { step, outcome, begunAtS, endedAtS }: StepRecord): Exchange[] {
  if (!outcome) return [];
  const file = step.kind === 'measure' ? inputAt(run.opened, step.inputIndex) : undefined;
  const purpose = step.kind === 'measure' ? step.purpose : step.kind === 'timestamp' ? 'identify' : step.kind;
  switch (outcome.kind) {
    case 'identified':
      return [{ kind: 'identify', atS: begunAtS, dut: outcome.dut, bootLines: outcome.dut.bootLines }];
    case 'stamped':
      return [{ kind: 'timestamp', atS: endedAtS ?? begunAtS, lapUs: outcome.lapUs }];
    case 'supplied':
      return step.kind === 'supply' ? [{ kind: 'supply', atS: begunAtS, on: step.on, voltageV: outcome.voltageV }] : [];
    case 'recording':
      return step.kind === 'record' ? [{ kind: 'record', atS: begunAtS, on: step.on, file: outcome.traceFile }] : [];
    case 'rested':
    case 'notSupported':
      return step.kind === 'rest'
        ? [
            {
              kind: 'rest',
              atS: begunAtS,
              state: step.state,
              durationS: step.durationS,
              supported: outcome.kind === 'rested',
            },
          ]
        : [];
    case 'failed':
      return [
        {
          kind: 'failed',
          atS: endedAtS ?? begunAtS,
          purpose,
          file: file?.file,
          attempt: step.attempt,
          fault: outcome.fault,
        },
      ];
    case 'measured': {
      if (step.kind !== 'measure' || !file) return [];
      return [
        {
          kind: 'measure',
          atS: begunAtS,
          purpose: step.purpose,
          inputIndex: step.inputIndex,
          file: file.file,
          fileBytes: run.opened.workload.fileBytes ?? file.lengthBytes,
          offsetBytes: file.offsetBytes,
          lengthBytes: file.lengthBytes,
          window: step.window,
          attempt: step.attempt,
          load: outcome.load,
          infer: outcome.infer,
        },
      ];
    }
  }
}
