import type { RunSettings } from '../../shared/domain/run.ts';
import { failed, freshProgress, inferDeadlineS } from './script.ts';
import type { Script, ScriptProgress } from './script.ts';

export interface AccuracyState extends ScriptProgress {
  /** The next input; as many are done. */
  nextInput: number;
}

/** Loads that are read back when `verifyLoads` is `sampled`: the first ones, then one in this many. */
const sampledFirst = 5;
const sampledEvery = 50;

/**
 * The accuracy test: every input once, `infer 1 0` (rule ACC-03), in the order of the list. It can be taken up again at any input.
 */
export function accuracyScript(inputs: number, settings: RunSettings): Script<AccuracyState> {
  return {
    start: () => ({ ...freshProgress, nextInput: 0 }),
    next(state) {
      if (state.fault) return { kind: 'end', status: 'failed', fault: state.fault };
      if (state.nextInput >= inputs) return { kind: 'end', status: 'completed' };
      const attempt = state.failures + 1;
      if (!state.identified) return { kind: 'step', step: { kind: 'identify', attempt } };
      return {
        kind: 'step',
        step: {
          kind: 'measure',
          purpose: 'input',
          inputIndex: state.nextInput,
          iterations: 1,
          warmups: 0,
          attempt,
          verify: verifiesLoad(settings, state.nextInput),
          deadlineS: inferDeadlineS(1, state.inferenceS, settings.firstInferenceDeadlineS),
        },
      };
    },
    apply(state, step, outcome) {
      if (outcome.kind === 'failed') return failed(state, outcome);
      if (outcome.kind === 'identified') return { ...state, identified: true };
      if (outcome.kind !== 'measured') return state;
      const tookS = outcome.infer.dutElapsedS ?? 0;
      return {
        identified: true,
        failures: 0,
        nextInput: state.nextInput + (step.kind === 'measure' ? 1 : 0),
        inferenceS: Math.max(state.inferenceS ?? 0, tookS),
      };
    },
  };
}

/** Whether the payload of the n-th load (from 0) is read back from the DUT and compared. */
export function verifiesLoad(settings: RunSettings, n: number): boolean {
  if (settings.verifyLoads === 'all') return true;
  return settings.verifyLoads === 'sampled' && (n < sampledFirst || n % sampledEvery === 0);
}
