import type { MeasureStep, Outcome } from '../../shared/domain/journal.ts';
import type { RunSettings } from '../../shared/domain/run.ts';
import { verifiesLoad } from './accuracy-script.ts';
import { failed, freshProgress, inferDeadlineS } from './script.ts';
import type { Script, ScriptAction, ScriptProgress } from './script.ts';

export interface PerformanceState extends ScriptProgress {
  /** Inferences of the next calibration step. */
  calibrate: number;
  /** Inferences of a window, once they are known. */
  iterations?: number;
  /** Whether edge 0 was taken. */
  stamped: boolean;
  /** Windows done in this round. */
  windows: number;
  /** Rounds begun anew because a window came out too short. */
  restarts: number;
}

/** A calibration step lasts at least this long, so that the stamps' resolution (1 ms in some DUTs) does not matter. */
const calibrationS = 0.5;
/** Inferences of a window are planned for this share more than the shortest allowed time. */
const margin = 1.03;
const mostRestarts = 2;
const mostIterations = 100_000_000;

/**
 * The performance test: a short calibration run finds how many inferences fill a window, then one window an input, the same number in each
 * (rules PERF-01, 03, 04, 05). When a window still comes out too short, the number is raised and all windows are measured again.
 *
 * @param inputs Indexes of the performance inputs, normally the first five of the list (PERF-02).
 */
export function performanceScript(inputs: readonly number[], settings: RunSettings): Script<PerformanceState> {
  const measure = (
    state: PerformanceState,
    part: Pick<MeasureStep, 'purpose' | 'inputIndex' | 'iterations' | 'window'>,
  ): ScriptAction => ({
    kind: 'step',
    step: {
      kind: 'measure',
      ...part,
      warmups: settings.warmups,
      attempt: state.failures + 1,
      verify: part.purpose === 'window' && verifiesLoad(settings, 0),
      deadlineS: inferDeadlineS(part.iterations + settings.warmups, state.inferenceS, settings.firstInferenceDeadlineS),
    },
  });
  return {
    start: () => ({ ...freshProgress, calibrate: 1, stamped: false, windows: 0, restarts: 0 }),
    next(state) {
      if (state.fault) return { kind: 'end', status: 'failed', fault: state.fault };
      if (state.iterations !== undefined && state.windows >= inputs.length) return { kind: 'end', status: 'completed' };
      if (!state.identified) return { kind: 'step', step: { kind: 'identify', attempt: state.failures + 1 } };
      if (state.iterations === undefined) {
        return measure(state, { purpose: 'calibration', inputIndex: inputs[0] ?? 0, iterations: state.calibrate });
      }
      if (!state.stamped) return { kind: 'step', step: { kind: 'timestamp', attempt: state.failures + 1 } };
      return measure(state, {
        purpose: 'window',
        inputIndex: inputs[state.windows] ?? 0,
        iterations: state.iterations,
        window: state.windows + 1,
      });
    },
    apply(state, step, outcome) {
      if (outcome.kind === 'failed') return failed(state, outcome);
      if (outcome.kind === 'identified') return { ...state, identified: true };
      if (outcome.kind === 'stamped') return { ...state, failures: 0, stamped: true };
      if (step.kind !== 'measure' || outcome.kind !== 'measured') return state;
      const calm = { ...state, failures: 0 };
      return step.purpose === 'calibration'
        ? calibrated(calm, step, outcome, settings)
        : windowDone(calm, step, outcome, settings);
    },
  };
}

function calibrated(
  state: PerformanceState,
  step: MeasureStep,
  outcome: Extract<Outcome, { kind: 'measured' }>,
  settings: RunSettings,
): PerformanceState {
  const tookS = outcome.infer.dutElapsedS ?? 0;
  const inferenceS = tookS / step.iterations;
  const measured = { ...state, inferenceS: Math.max(inferenceS, 1e-7) };
  if (settings.iterations !== undefined) return { ...measured, iterations: settings.iterations };
  const enoughS = Math.min(calibrationS, settings.minWindowS / 2);
  if (tookS < enoughS && step.iterations < mostIterations) {
    const factor = tookS > 0 ? Math.min(1000, Math.max(2, (enoughS * 1.5) / tookS)) : 1000;
    return { ...measured, calibrate: Math.min(mostIterations, Math.ceil(step.iterations * factor)) };
  }
  return { ...measured, iterations: iterationsFor(inferenceS, settings) };
}

/** Inferences that fill a window, not fewer than the rule asks for. */
export function iterationsFor(inferenceS: number, settings: RunSettings, plannedShare: number = margin): number {
  const needed = inferenceS > 0 ? Math.ceil((settings.minWindowS * plannedShare) / inferenceS) : mostIterations;
  return Math.min(mostIterations, Math.max(settings.minIterations, needed));
}

function windowDone(
  state: PerformanceState,
  step: MeasureStep,
  outcome: Extract<Outcome, { kind: 'measured' }>,
  settings: RunSettings,
): PerformanceState {
  const tookS = outcome.infer.dutElapsedS;
  const tooShort = tookS !== null && tookS < settings.minWindowS;
  if (tooShort && settings.iterations === undefined && state.restarts < mostRestarts && tookS > 0) {
    const inferenceS = tookS / step.iterations;
    const iterations = Math.max(step.iterations + 1, iterationsFor(inferenceS, settings));
    return { ...state, inferenceS, iterations, windows: 0, restarts: state.restarts + 1 };
  }
  return { ...state, windows: state.windows + 1 };
}
