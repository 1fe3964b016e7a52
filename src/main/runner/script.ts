import type { MeasureStep, Outcome, Step } from '../../shared/domain/journal.ts';
import type { FaultRecord } from '../../shared/fault/index.ts';

/** What a test script wants next: a step, or the end. */
export type ScriptAction =
  { kind: 'step'; step: Step } | { kind: 'end'; status: 'completed' | 'failed'; fault?: FaultRecord };

/**
 * A test script as a pure state machine: `next` says what to do, `apply` takes in what came of it. The state is a plain value that
 * depends on the steps and outcomes alone, so that replaying a journal brings a script exactly to where it stopped.
 */
export interface Script<S> {
  start(): S;
  next(state: S): ScriptAction;
  apply(state: S, step: Step, outcome: Outcome): S;
  /** The step that measures a window once more; undefined where this cannot be done now (or ever). */
  retry?(state: S, window: number): MeasureStep | undefined;
}

/** How often one step is tried before the run is given up; it can be resumed there later. */
export const attemptsPerStep = 3;

/** What both scripts keep: whether the DUT was identified, and how the step under way has gone so far. */
export interface ScriptProgress {
  identified: boolean;
  /** Failed attempts of the step under way. */
  failures: number;
  /** Set when the script gives up. */
  fault?: FaultRecord;
  /** Longest time of one inference seen so far, in seconds of the DUT's clock; undefined before the first. */
  inferenceS?: number;
}

export const freshProgress: ScriptProgress = { identified: false, failures: 0 };

/**
 * Books a failed step. After a failure the DUT is identified again before anything else: it may have been reset, swapped or be
 * in the middle of an answer. A fault that no retry can mend ends the run at once.
 */
export function failed<S extends ScriptProgress>(state: S, outcome: Extract<Outcome, { kind: 'failed' }>): S {
  const failures = state.failures + 1;
  if (!outcome.retryable || failures >= attemptsPerStep)
    return { ...state, failures, fault: outcome.fault as FaultRecord };
  return { ...state, failures, identified: false };
}

/** Takes in a window that was measured once more: the plan goes on as it was, also where that did not work out. */
export function retried<S extends ScriptProgress>(state: S, outcome: Outcome): S {
  return outcome.kind === 'failed' ? { ...state, identified: false } : { ...state, failures: 0 };
}

/**
 * Deadline of a command that runs `inferences` inferences: three times what it should take by the calibration, plus 10 s
 * (dut-protocol.md section 11); before anything was measured, the setting.
 */
export function inferDeadlineS(
  inferences: number,
  inferenceS: number | undefined,
  firstInferenceDeadlineS: number,
): number {
  if (inferenceS === undefined) return firstInferenceDeadlineS;
  return 3 * inferences * inferenceS + 10;
}
