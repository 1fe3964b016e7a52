import type { MeasureStep } from '../../shared/domain/journal.ts';
import type { RunSettings } from '../../shared/domain/run.ts';
import { verifiesLoad } from './accuracy-script.ts';
import { failed, inferDeadlineS, retried } from './script.ts';
import type { Script } from './script.ts';
import { afterCalibration, afterWindow, freshWindows } from './window-plan.ts';
import type { WindowProgress } from './window-plan.ts';

export interface PerformanceState extends WindowProgress {
  /** Whether edge 0 was taken. */
  stamped: boolean;
}

/** Inferences of a window are planned for this share more than the shortest allowed time. */
const margin = 1.03;

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
  ): { kind: 'step'; step: MeasureStep } => ({
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
    start: () => ({ ...freshWindows, stamped: false }),
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
    retry(state, window) {
      const { iterations } = state;
      const inputIndex = inputs[window - 1];
      if (state.fault || !state.identified || !state.stamped || iterations === undefined) return undefined;
      if (inputIndex === undefined || window > state.windows) return undefined;
      return { ...measure(state, { purpose: 'window', inputIndex, iterations, window }).step, retry: true };
    },
    apply(state, step, outcome) {
      if (step.kind === 'measure' && step.retry) return retried(state, outcome);
      if (outcome.kind === 'failed') return failed(state, outcome);
      if (outcome.kind === 'identified') return { ...state, identified: true };
      if (outcome.kind === 'stamped') return { ...state, failures: 0, stamped: true };
      if (step.kind !== 'measure' || outcome.kind !== 'measured') return state;
      const calm = { ...state, failures: 0 };
      const tookS = outcome.infer.dutElapsedS;
      return step.purpose === 'calibration'
        ? afterCalibration(calm, step, tookS ?? 0, settings, margin)
        : afterWindow(calm, step, tookS ?? undefined, settings, margin);
    },
  };
}
