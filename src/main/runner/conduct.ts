import { holding } from '../../shared/clock/index.ts';
import type { Clock } from '../../shared/clock/index.ts';
import type { EnergySetup, TraceSummary } from '../../shared/domain/energy.ts';
import type { FlashRecord } from '../../shared/domain/flash.ts';
import type { Artefacts } from '../../shared/domain/identity.ts';
import type { Outcome, Step } from '../../shared/domain/journal.ts';
import type { RunSettings, RunStatus } from '../../shared/domain/run.ts';
import { inputsPerFile, performanceInputIndexes } from '../../shared/domain/workload-inputs.ts';
import type { InputSetIdentity, Mode, Workload } from '../../shared/domain/workload.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { FaultRecord } from '../../shared/fault/index.ts';
import type { DutPort } from '../dut/index.ts';
import type { RunRecord } from '../session/index.ts';
import type { JournalWriter } from '../store/index.ts';
import { accuracyScript } from './accuracy-script.ts';
import { drive } from './drive.ts';
import type { DriveResult } from './drive.ts';
import type { EnergyRig } from './energy-rig.ts';
import { energyScript } from './energy-script.ts';
import type { PauseGate } from './pause-gate.ts';
import { performanceScript } from './performance-script.ts';
import { replay } from './replay.ts';
import type { Script } from './script.ts';

/** What a run measures with: the checked data set and the way to its bytes. */
export interface RunInputs {
  identity: InputSetIdentity;
  files: readonly (readonly [file: string, label: number])[];
  read(index: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** One run that is to be made. */
export interface PlannedRun {
  workload: Workload;
  mode: Mode;
  settings: RunSettings;
  artefacts: Artefacts;
  inputs: RunInputs;
  /** What was flashed onto the DUT before. */
  flash?: FlashRecord | undefined;
}

/** The energy side of a run that is being conducted. */
export interface ConductedEnergy {
  setup: EnergySetup;
  rig: EnergyRig;
  /** Sums up the last trace of a run by what the journal says about it; undefined when it has none. */
  summarise: (runId: string) => Promise<TraceSummary | undefined>;
}

export interface Conductor {
  journal: JournalWriter;
  clock: Clock;
  port: DutPort;
  /** The session is marked SIMULATED. */
  simulated: boolean;
  /** Energy runs only: the opened monitor with what was decided about the run, and the way to its trace files. */
  energy?: ConductedEnergy | undefined;
  signal: AbortSignal;
  gate: PauseGate;
  /** Windows of a run that are to be measured once more, by its id. */
  retries?: ((runId: string) => number[]) | undefined;
  onStep?: (runId: string, step: Step) => void;
  onOutcome?: (runId: string, step: Step, outcome: Outcome) => void;
}

/** Makes a new run from its opening to its end. A cancelled or failed run stays in the journal and can be resumed. */
export async function conductRun(runId: string, run: PlannedRun, conductor: Conductor): Promise<DriveResult> {
  const { workload, mode, settings, artefacts, inputs } = run;
  await conductor.journal.append(
    {
      type: 'run.opened',
      runId,
      workload,
      mode,
      settings,
      artefacts,
      inputSet: inputs.identity,
      files: inputs.files.map(([file, label]) => [file, label]),
      ...(conductor.energy ? { energy: conductor.energy.setup } : {}),
      ...(run.flash ? { flash: run.flash } : {}),
    },
    { durable: true },
  );
  return driveRun(runId, run, conductor, undefined);
}

/**
 * Takes an interrupted run up again at the step after the last outcome in the journal.
 * @throws Fault `runner.differentInputs` or `runner.differentModel` when it would go on with something else.
 */
export async function resumeRun(record: RunRecord, run: PlannedRun, conductor: Conductor): Promise<DriveResult> {
  const { inputSet, artefacts } = record.opened;
  const { listSha256, contentSha256 } = run.inputs.identity;
  const contentDiffers =
    inputSet.contentSha256 !== null && contentSha256 !== null && contentSha256 !== inputSet.contentSha256;
  if (listSha256 !== inputSet.listSha256 || contentDiffers)
    throw new Fault('runner.differentInputs', { runId: record.runId });
  if (artefacts.model?.sha256 !== run.artefacts.model?.sha256)
    throw new Fault('runner.differentModel', { runId: record.runId });
  const before = record.opened.energy?.monitor;
  const now = conductor.energy?.setup.monitor;
  if (before?.kind !== now?.kind || before?.serial !== now?.serial)
    throw new Fault('runner.differentMonitor', {
      runId: record.runId,
      before: before?.model ?? '',
      now: now?.model ?? '',
    });
  return driveRun(record.runId, run, conductor, record);
}

/** Whether a run of the journal is unfinished and may be taken up again. */
export function isResumable(status: RunStatus): boolean {
  return status === 'interrupted' || status === 'failed' || status === 'cancelled';
}

async function driveRun(
  runId: string,
  run: PlannedRun,
  conductor: Conductor,
  record: RunRecord | undefined,
): Promise<DriveResult> {
  const result = await driveMode(runId, run, conductor, record);
  if (run.mode === 'energy') await bookTrace(runId, result, conductor);
  const fault: FaultRecord | undefined = result.fault;
  await conductor.journal.append(
    { type: 'run.closed', runId, status: result.status, ...(fault ? { fault } : {}) },
    { durable: true },
  );
  return result;
}

function driveMode(
  runId: string,
  run: PlannedRun,
  conductor: Conductor,
  record: RunRecord | undefined,
): Promise<DriveResult> {
  const { workload, settings, inputs } = run;
  const first = performanceInputIndexes(inputs.files.length, workload);
  switch (run.mode) {
    case 'performance':
      return driveScript(runId, performanceScript(first, settings), run, conductor, record);
    case 'accuracy':
      return driveScript(
        runId,
        accuracyScript(inputs.files.length * inputsPerFile(workload), settings),
        run,
        conductor,
        record,
      );
    case 'energy':
      // Always from the beginning: see the script.
      return driveScript(runId, energyScript(first, settings), run, conductor, undefined);
  }
}

/**
 * Ends the energy side of a run whatever became of it (supply off, trace closed) and books what its trace says. A run that did not complete
 * keeps what was recorded as well; where even that cannot be read, the run's own fault says more.
 */
async function bookTrace(runId: string, result: DriveResult, { energy, journal }: Conductor): Promise<void> {
  if (!energy) throw new Error('an energy run needs a monitor');
  await energy.rig.makeSafe();
  try {
    const trace = await energy.summarise(runId);
    if (trace) await journal.append({ type: 'run.trace', runId, trace }, { durable: true });
  } catch (error) {
    if (result.status === 'completed') throw error;
  }
}

function driveScript<S extends { identified: boolean; failures: number; fault?: FaultRecord }>(
  runId: string,
  script: Script<S>,
  run: PlannedRun,
  conductor: Conductor,
  record: RunRecord | undefined,
): Promise<DriveResult> {
  const { journal, clock, port, simulated, signal, gate, onStep, onOutcome } = conductor;
  return drive({
    runId,
    script,
    state: record ? replay(script, record.steps) : script.start(),
    port,
    expect: { model: run.workload.id, timestampMode: run.mode === 'energy' ? 'energy' : 'performance' },
    rig: conductor.energy?.rig,
    simulated,
    payload: (index) => holding(clock, () => run.inputs.read(index, signal)),
    journal,
    clock,
    signal,
    gate,
    retries: conductor.retries?.(runId),
    ...(onStep ? { onStep: (step) => onStep(runId, step) } : {}),
    ...(onOutcome ? { onOutcome: (step, outcome) => onOutcome(runId, step, outcome) } : {}),
  });
}
