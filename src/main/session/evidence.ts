import type { RunJudgement } from '../../shared/domain/verdict.ts';
import { inputsPerFile } from '../../shared/domain/workload-inputs.ts';
import type { InputRef } from '../../shared/domain/workload.ts';
import { accuracySummary, windowsFigures } from '../analysis/index.ts';
import { judgeRun } from '../rules/index.ts';
import type {
  CompanionEvidence,
  IncidentEvidence,
  InputEvidence,
  RunEvidence,
  RunFigures,
  WindowEvidence,
} from '../rules/index.ts';
import { performanceInputsOrigin } from '../workload/index.ts';
import { energyEvidence, medianRelU } from './energy-evidence.ts';
import { countedInputs, countedWindows, retriedWindows, runFigures, scoredInputs } from './figures.ts';
import { inputAt } from './inputs.ts';
import { measurements } from './record.ts';
import type { Measurement, RunRecord, SessionRecord } from './record.ts';

/** Name of the file in which all evidence of a session stands. */
const journalFile = 'journal.jsonl';

/**
 * How far the arrival of a line may be off on a real bench: a USB bridge gathers bytes for up to 16 ms (dut-protocol.md section 14).
 * On the virtual bench arrival times are exact.
 */
const hostStampUncertaintyS = 0.016;

/** Judges a run of a session by the rule book. Pure: the same journal gives the same judgement. */
export function judgeRecord(session: SessionRecord, run: RunRecord): RunJudgement {
  return judgeRun(runEvidence(session, run));
}

/** What the rules need to know about a run, from the session's records. */
export function runEvidence(session: SessionRecord, run: RunRecord): RunEvidence {
  const { opened } = run;
  const { workload, mode } = opened;
  const windowed = mode !== 'accuracy';
  const windows = windowed ? countedWindows(run) : [];
  return {
    workload,
    mode,
    division: session.opened.division,
    round: null,
    runner: 'joulebench',
    status: run.status,
    inputSet: opened.inputSet,
    performanceInputs: windowed ? inputsOrigin(run, windows) : null,
    dut: dutOf(run),
    artefacts: opened.artefacts,
    clockComparable: session.opened.bench.clockComparable,
    windows: windows.map((measurement) => windowEvidence(run, measurement)),
    energy: mode === 'energy' ? energyEvidence(run, { simulated: session.opened.bench.simulated, journalFile }) : null,
    inputs: mode === 'accuracy' ? countedInputs(run).map((measurement) => inputEvidence(run, measurement)) : [],
    figures: figuresOf(session, run, windows),
    incidents: incidentsOf(run),
    ...retriedEvidence(run),
    reported: null,
    records: null,
    recording: { intact: true, ended: run.status === 'completed' },
    companions: companionsOf(session, run).map(companionOf),
  };
}

function inputsOrigin(run: RunRecord, windows: readonly Measurement[]): RunEvidence['performanceInputs'] {
  const used = windows.map(({ step }) => inputAt(run.opened, step.inputIndex));
  const perFile = inputsPerFile(run.opened.workload);
  // Only the first files decide what the start of the list is; a list of 48,608 inputs need not be spelt out.
  const start: InputRef[] = run.opened.files.slice(0, 6).map((_, file) => inputAt(run.opened, file * perFile));
  return performanceInputsOrigin(run.opened.workload, used, start);
}

function windowEvidence(run: RunRecord, { step, measured: { infer }, outcomeEntry }: Measurement): WindowEvidence {
  const { file, offsetBytes } = inputAt(run.opened, step.inputIndex);
  return {
    number: step.window ?? 0,
    inputIndex: step.inputIndex,
    file,
    offsetBytes,
    inferences: step.iterations,
    warmups: step.warmups,
    stampCount: infer.stampCount,
    results: infer.results,
    ref: { file: journalFile, line: outcomeEntry + 1 },
  };
}

function inputEvidence(run: RunRecord, { step, measured: { infer }, outcomeEntry }: Measurement): InputEvidence {
  const { file, offsetBytes, label } = inputAt(run.opened, step.inputIndex);
  return {
    inputIndex: step.inputIndex,
    file,
    offsetBytes,
    label,
    inferences: step.iterations,
    warmups: step.warmups,
    results: infer.results,
    ref: { file: journalFile, line: outcomeEntry + 1 },
  };
}

function figuresOf(session: SessionRecord, run: RunRecord, windows: readonly Measurement[]): RunFigures {
  const recorded = windows.map(({ step, measured: { infer } }) => ({ inferences: step.iterations, ...infer }));
  const { workload, mode } = run.opened;
  const scored = mode === 'accuracy' ? scoredInputs(run) : [];
  return {
    ...windowsFigures(recorded, {
      hostStampUncertaintyS: session.opened.bench.simulated ? 0 : hostStampUncertaintyS,
      stampsUs: allStamps(run),
    }),
    accuracy: accuracySummary(scored, workload.classCount, workload.outputCount),
  };
}

/** Every stamp of the run in order: the more there are, the surer the resolution. */
function allStamps(run: RunRecord): number[] {
  return run.steps.flatMap(({ outcome }) => {
    if (outcome?.kind === 'stamped') return outcome.lapUs === null ? [] : [outcome.lapUs];
    if (outcome?.kind !== 'measured') return [];
    return [outcome.infer.lapStartUs, outcome.infer.lapEndUs].filter((stamp) => stamp !== null);
  });
}

/** Faults of the DUT during the run. An attempt that failed was not counted, so it lies outside the measurement. */
function incidentsOf(run: RunRecord): IncidentEvidence[] {
  return run.steps.flatMap(({ outcome, outcomeEntry }) => {
    if (outcome?.kind !== 'failed' || outcomeEntry === undefined) return [];
    return [
      {
        kind: outcome.fault.code === 'dut.rebooted' ? ('reboot' as const) : ('error' as const),
        text: outcome.fault.code,
        insideMeasurement: false,
        ref: { file: journalFile, line: outcomeEntry + 1 },
      },
    ];
  });
}

/** Nothing where no window was measured once more, as in every session before there was such a thing. */
function retriedEvidence(run: RunRecord): Pick<RunEvidence, 'retried'> {
  const refs = retriedWindows(run).map(({ outcomeEntry }) => ({ file: journalFile, line: outcomeEntry + 1 }));
  return refs.length > 0 ? { retried: refs } : {};
}

function dutOf(run: RunRecord): RunEvidence['dut'] {
  return run.dut
    ? { name: run.dut.name, vendor: run.dut.vendor, profile: run.dut.profile, model: run.dut.model }
    : null;
}

/**
 * The runs of the same workload before this one. A later one is no companion: a run is judged when it ends, and judging it again must
 * give the same.
 */
function companionsOf(session: SessionRecord, run: RunRecord): RunRecord[] {
  const before = session.runs.slice(0, session.runs.indexOf(run));
  return before.filter((other) => other.opened.workload.id === run.opened.workload.id && other.status === 'completed');
}

function companionOf(other: RunRecord): CompanionEvidence {
  const purposes = other.opened.mode === 'accuracy' ? ('input' as const) : ('window' as const);
  const figures = runFigures(other);
  return {
    mode: other.opened.mode,
    dut: dutOf(other),
    artefacts: other.opened.artefacts,
    results: measurements(other, purposes).flatMap(({ step, measured: { infer } }) => {
      const { file, offsetBytes } = inputAt(other.opened, step.inputIndex);
      return infer.results ? [{ file, offsetBytes, values: infer.results }] : [];
    }),
    medianThroughputInfPerS: figures.medianThroughputInfPerS ?? figures.energy?.medianThroughputInfPerS ?? null,
    throughputRelU: medianRelU((figures.windows ?? []).map((window) => window.throughputInfPerS)),
  };
}
