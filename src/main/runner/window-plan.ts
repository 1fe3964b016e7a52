import type { MeasureStep } from '../../shared/domain/journal.ts';
import type { RunSettings } from '../../shared/domain/run.ts';
import { freshProgress } from './script.ts';
import type { ScriptProgress } from './script.ts';

/** What a script that measures windows keeps: how many inferences fill one, and how far it has come. */
export interface WindowProgress extends ScriptProgress {
  /** Inferences of the next calibration step. */
  calibrate: number;
  /** Inferences of a window, once they are known. */
  iterations?: number;
  /** Windows done in this round. */
  windows: number;
  /** Rounds begun anew because a window came out too short. */
  restarts: number;
}

export const freshWindows: WindowProgress = { ...freshProgress, calibrate: 1, windows: 0, restarts: 0 };

/** A calibration step lasts at least this long, so that the resolution of stamps or marks (1 ms in some) does not matter. */
const calibrationS = 0.5;
const mostRestarts = 2;
const mostIterations = 100_000_000;

/**
 * Takes in a calibration step that took `tookS`: either its length is enough to plan the windows, or the next one is longer.
 * @param margin Windows are planned for this share of the shortest allowed time.
 */
export function afterCalibration<S extends WindowProgress>(
  state: S,
  step: MeasureStep,
  tookS: number,
  settings: RunSettings,
  margin: number,
): S {
  const inferenceS = tookS / step.iterations;
  const measured = { ...state, inferenceS: Math.max(inferenceS, 1e-7) };
  if (settings.iterations !== undefined) return { ...measured, iterations: settings.iterations };
  const enoughS = Math.min(calibrationS, settings.minWindowS / 2);
  if (tookS < enoughS && step.iterations < mostIterations) {
    const factor = tookS > 0 ? Math.min(1000, Math.max(2, (enoughS * 1.5) / tookS)) : 1000;
    return { ...measured, calibrate: Math.min(mostIterations, Math.ceil(step.iterations * factor)) };
  }
  return { ...measured, iterations: iterationsFor(inferenceS, settings, margin) };
}

/**
 * Takes in a window that took `tookS`, undefined where nobody can tell. When it came out too short, all windows are measured again with more
 * inferences, unless their number was given.
 */
export function afterWindow<S extends WindowProgress>(
  state: S,
  step: MeasureStep,
  tookS: number | undefined,
  settings: RunSettings,
  margin: number,
): S {
  const tooShort = tookS !== undefined && tookS < settings.minWindowS;
  if (tooShort && settings.iterations === undefined && state.restarts < mostRestarts && tookS > 0) {
    const inferenceS = tookS / step.iterations;
    const iterations = Math.max(step.iterations + 1, iterationsFor(inferenceS, settings, margin));
    return { ...state, inferenceS, iterations, windows: 0, restarts: state.restarts + 1 };
  }
  return { ...state, windows: state.windows + 1 };
}

/** Inferences that fill a window, not fewer than the rule asks for. */
function iterationsFor(inferenceS: number, settings: RunSettings, margin: number): number {
  const needed = inferenceS > 0 ? Math.ceil((settings.minWindowS * margin) / inferenceS) : mostIterations;
  return Math.min(mostIterations, Math.max(settings.minIterations, needed));
}
