import type { StepRecord } from '../session/index.ts';
import type { Script } from './script.ts';

/**
 * Brings a script to the state in which a journal left it. A step without an outcome was under way when the program ended: it is
 * taken again. The DUT is always identified anew, since nobody knows what became of it meanwhile.
 */
export function replay<S extends { identified: boolean; failures: number; fault?: unknown }>(
  script: Script<S>,
  steps: readonly StepRecord[],
): S {
  const state = steps.reduce(
    (current, { step, outcome }) => (outcome ? script.apply(current, step, outcome) : current),
    script.start(),
  );
  // A run that had given up gets fresh attempts: the operator mended something and asks for them.
  const { fault: _given, ...rest } = state;
  return { ...(rest as S), identified: false, failures: 0 };
}
