import type { Clock } from '../../shared/clock/index.ts';
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
  mode: Extract<Mode, 'performance' | 'accuracy'>;
  settings: RunSettings;
  artefacts: Artefacts;
  inputs: RunInputs;
}

export interface Conductor {
  journal: JournalWriter;
  clock: Clock;
  port: DutPort;
  /** The session is marked SIMULATED. */
  simulated: boolean;
  signal: AbortSignal;
  gate: PauseGate;
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
  const { workload, mode, settings, inputs } = run;
  const { files } = inputs;
  const result =
    mode === 'performance'
      ? await driveScript(
          runId,
          performanceScript(performanceInputIndexes(files.length, workload), settings),
          run,
          conductor,
          record,
        )
      : await driveScript(
          runId,
          accuracyScript(files.length * inputsPerFile(workload), settings),
          run,
          conductor,
          record,
        );
  const fault: FaultRecord | undefined = result.fault;
  await conductor.journal.append(
    { type: 'run.closed', runId, status: result.status, ...(fault ? { fault } : {}) },
    { durable: true },
  );
  return result;
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
    expect: { model: run.workload.id, timestampMode: 'performance' },
    simulated,
    payload: (index) => run.inputs.read(index, signal),
    journal,
    clock,
    signal,
    gate,
    ...(onStep ? { onStep: (step) => onStep(runId, step) } : {}),
    ...(onOutcome ? { onOutcome: (step, outcome) => onOutcome(runId, step, outcome) } : {}),
  });
}
