import type { Clock } from '../../shared/clock/index.ts';
import type { MeasureStep, Outcome, Step } from '../../shared/domain/journal.ts';
import type { RunStatus } from '../../shared/domain/run.ts';
import { Fault, toFault } from '../../shared/fault/index.ts';
import type { FaultCode, FaultRecord } from '../../shared/fault/index.ts';
import type { DutExpectation, DutPort } from '../dut/index.ts';
import type { JournalWriter } from '../store/index.ts';
import { takeEnergy } from './energy-steps.ts';
import type { EnergyRig } from './energy-rig.ts';
import type { PauseGate } from './pause-gate.ts';
import type { Script, ScriptAction } from './script.ts';
import { isSimulatedDut } from './simulated-dut.ts';

export interface DriveOptions<S> {
  runId: string;
  script: Script<S>;
  /** Where to begin: the script's start, or the state that replaying the journal gives. */
  state: S;
  port: DutPort;
  expect: DutExpectation;
  /** The session is marked SIMULATED; without the mark a simulated DUT is refused. */
  simulated: boolean;
  /** Energy runs only: supply, monitor and trace. */
  rig?: EnergyRig | undefined;
  /** The payload of an input. */
  payload: (inputIndex: number) => Promise<Uint8Array>;
  journal: JournalWriter;
  clock: Clock;
  signal: AbortSignal;
  gate: PauseGate;
  /** Windows that are to be measured once more; each is taken off when that was tried. */
  retries?: number[] | undefined;
  onStep?: (step: Step) => void;
  onOutcome?: (step: Step, outcome: Outcome) => void;
}

export interface DriveResult {
  status: Extract<RunStatus, 'completed' | 'cancelled' | 'failed'>;
  fault?: FaultRecord | undefined;
}

/** Faults that another attempt cannot mend. */
const final: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'dut.bufferTooSmall',
  'dut.inputSize',
  'dut.notADut',
  'dut.wrongMode',
  'dut.wrongModel',
  'emon.badSetting',
  'emon.firmwareTooOld',
  'emon.overcurrent',
  'emon.streamLost',
  'emon.streamStalled',
  'emon.supplyTooHigh',
  'emon.voltageAboveLimit',
  'emon.voltageBelowLimit',
  'runner.simulatedDut',
  'trace.diskTooSmall',
  'trace.writeFailed',
  'transport.closed',
  'transport.lost',
  'transport.unplugged',
]);

/**
 * Runs a script against a DUT: each step is in the journal before it is taken and its outcome before the next one is chosen, so
 * that the run can be taken up after an end at any moment. Pausing takes effect between two steps.
 * A fault of the DUT is an outcome; a fault of the journal or of the data set ends the run by being thrown.
 */
export async function drive<S>(options: DriveOptions<S>): Promise<DriveResult> {
  const { runId, script, journal, signal, gate } = options;
  let state = options.state;
  for (;;) {
    await gate.pass(signal).catch(() => undefined);
    if (signal.aborted) return { status: 'cancelled' };
    const action = nextAction(options, state);
    if (action.kind === 'end') return { status: action.status, fault: action.fault };
    const { step } = action;
    await journal.append({ type: 'run.step', runId, step });
    options.onStep?.(step);
    const bytes = step.kind === 'measure' ? await options.payload(step.inputIndex) : undefined;
    const outcome = await take(step, bytes, options);
    if (outcome === undefined) return { status: 'cancelled' };
    await journal.append({ type: 'run.outcome', runId, outcome }, { durable: isWindow(step) });
    options.onOutcome?.(step, outcome);
    state = script.apply(state, step, outcome);
  }
}

/** A window that the operator asked for once more comes before what the script wants, as soon as it can be measured. */
function nextAction<S>({ script, retries }: DriveOptions<S>, state: S): ScriptAction {
  const [window] = retries ?? [];
  const again = window === undefined ? undefined : script.retry?.(state, window);
  if (!again) return script.next(state);
  retries?.shift();
  return { kind: 'step', step: again };
}

/** Takes a step; undefined when it was cancelled. */
async function take<S>(
  step: Step,
  payload: Uint8Array | undefined,
  options: DriveOptions<S>,
): Promise<Outcome | undefined> {
  const { port, rig } = options;
  const signal = rig ? AbortSignal.any([options.signal, rig.signal]) : options.signal;
  try {
    if (step.kind === 'identify') return await identify({ ...options, signal });
    if (rig) return await takeEnergy(step, payload, { port, rig, signal });
    if (step.kind === 'timestamp') return { kind: 'stamped', lapUs: await port.timestamp({ signal }) };
    if (step.kind !== 'measure') throw new Error(`step ${step.kind} needs an energy monitor`);
    if (step.attempt > 1) await port.resync({ signal });
    const load = await port.load(payload ?? new Uint8Array(), { verify: step.verify, signal });
    const infer = await port.infer(step.iterations, step.warmups, { deadlineS: step.deadlineS, signal });
    return { kind: 'measured', load, infer };
  } catch (error) {
    if (options.signal.aborted) return undefined;
    // What ended the stream explains more than what the DUT's line said about it.
    const fault = rig?.fault ?? toFault(error);
    return { kind: 'failed', fault: fault.toRecord(), retryable: rig?.fault === undefined && !final.has(fault.code) };
  }
}

async function identify<S>({ port, signal, expect, simulated }: DriveOptions<S>): Promise<Outcome> {
  const dut = await port.identify({ signal, expect });
  if (!simulated && isSimulatedDut(dut))
    throw new Fault('runner.simulatedDut', { port: port.label, vendor: dut.vendor });
  return { kind: 'identified', dut };
}

function isWindow(step: Step): step is MeasureStep {
  return step.kind === 'measure' && step.purpose === 'window';
}
