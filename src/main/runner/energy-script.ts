import type { MeasureStep, Outcome, Step } from '../../shared/domain/journal.ts';
import type { RunSettings } from '../../shared/domain/run.ts';
import { verifiesLoad } from './accuracy-script.ts';
import { failed, inferDeadlineS, retried } from './script.ts';
import type { Script, ScriptAction } from './script.ts';
import { afterCalibration, afterWindow, freshWindows } from './window-plan.ts';
import type { WindowProgress } from './window-plan.ts';

export interface EnergyState extends WindowProgress {
  /** The supply is on. */
  supplied: boolean;
  recording: boolean;
  /** Whether the single time mark before the windows was taken. */
  stamped: boolean;
  /** Rests done or not supported. */
  rests: number;
  /** Recording has ended with everything in it. */
  recorded: boolean;
}

/** Windows are planned for 10.4 s, so that they pass the limit of 10 s beyond doubt (uncertainty, section 7). */
const margin = 1.04;
const usualRestS = 5;
const rests = ['idle', 'sleep'] as const;

/**
 * The energy test (DUT protocol, 12.2): supply on, handshake, a short calibration run by the monitor's time marks, then recording with one
 * single time mark and one window an input, then the DUT left alone, idle and asleep. Times come from the monitor, since an energy
 * build prints none. When a window comes out too short, all are measured again on the same trace.
 *
 * An interrupted energy run begins anew: a trace cannot be continued, and windows of two traces had different temperatures.
 */
export function energyScript(inputs: readonly number[], settings: RunSettings): Script<EnergyState> {
  const attemptOf = (state: EnergyState): number => state.failures + 1;
  const step = (made: Step): ScriptAction => ({ kind: 'step', step: made });
  const measureStep = (
    state: EnergyState,
    part: Pick<MeasureStep, 'purpose' | 'inputIndex' | 'iterations' | 'window'>,
  ): MeasureStep => ({
    kind: 'measure',
    ...part,
    warmups: settings.warmups,
    attempt: attemptOf(state),
    verify: part.purpose === 'window' && verifiesLoad(settings, 0),
    deadlineS: inferDeadlineS(part.iterations + settings.warmups, state.inferenceS, settings.firstInferenceDeadlineS),
  });
  const measure = (state: EnergyState, part: Parameters<typeof measureStep>[1]): ScriptAction =>
    step(measureStep(state, part));
  const restS = settings.restS ?? usualRestS;
  const restsWanted = restS > 0 ? rests.length : 0;
  return {
    start: () => ({
      ...freshWindows,
      supplied: false,
      recording: false,
      stamped: false,
      rests: 0,
      recorded: false,
    }),
    next(state) {
      if (state.fault) return { kind: 'end', status: 'failed', fault: state.fault };
      const attempt = attemptOf(state);
      if (state.recorded)
        return state.supplied ? step({ kind: 'supply', on: false, attempt }) : { kind: 'end', status: 'completed' };
      if (!state.supplied) return step({ kind: 'supply', on: true, attempt });
      if (!state.identified) return step({ kind: 'identify', attempt });
      if (state.iterations === undefined)
        return measure(state, { purpose: 'calibration', inputIndex: inputs[0] ?? 0, iterations: state.calibrate });
      if (!state.recording) return step({ kind: 'record', on: true, attempt });
      if (!state.stamped) return step({ kind: 'timestamp', attempt });
      if (state.windows < inputs.length)
        return measure(state, {
          purpose: 'window',
          inputIndex: inputs[state.windows] ?? 0,
          iterations: state.iterations,
          window: state.windows + 1,
        });
      const rest = rests[state.rests];
      if (state.rests < restsWanted && rest) return step({ kind: 'rest', state: rest, durationS: restS, attempt });
      return step({ kind: 'record', on: false, attempt });
    },
    // The trace still records: a window that is measured once more lies behind the others in it.
    retry(state, window) {
      const { iterations } = state;
      const inputIndex = inputs[window - 1];
      if (state.fault || !state.identified || !state.recording || !state.stamped || iterations === undefined)
        return undefined;
      if (inputIndex === undefined || window > state.windows) return undefined;
      return { ...measureStep(state, { purpose: 'window', inputIndex, iterations, window }), retry: true };
    },
    apply(state, done, outcome) {
      if (done.kind === 'measure' && done.retry) return retried(state, outcome);
      const calm = { ...state, failures: 0 };
      switch (outcome.kind) {
        case 'failed':
          return failed(state, outcome);
        case 'identified':
          return { ...state, identified: true };
        case 'stamped':
          return { ...calm, stamped: true };
        case 'supplied':
          return { ...calm, supplied: done.kind === 'supply' && done.on };
        case 'recording':
          return outcome.traceFile === null
            ? { ...calm, recording: false, recorded: true }
            : { ...calm, recording: true };
        case 'rested':
        case 'notSupported':
          return { ...calm, rests: state.rests + 1 };
        case 'measured':
          if (done.kind !== 'measure') return state;
          return done.purpose === 'calibration'
            ? afterCalibration(calm, done, markedS(outcome) ?? 0, settings, margin)
            : // A window with too few or too many marks has no length that could be trusted: the rules judge it.
              afterWindow(
                calm,
                done,
                outcome.marks?.edges.length === 2 ? markedS(outcome) : undefined,
                settings,
                margin,
              );
      }
    },
  };
}

/** Length of an inference command by the monitor: between its last two edges, in seconds; undefined without two. */
export function markedS({ marks }: Extract<Outcome, { kind: 'measured' }>): number | undefined {
  const [start, end] = marks?.edges.slice(-2) ?? [];
  return marks === undefined || start === undefined || end === undefined
    ? undefined
    : (end - start) / marks.sampleRateHz;
}
