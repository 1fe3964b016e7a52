import type { Clock } from '../../../shared/clock/index.ts';
import type { DutPort } from '../../dut/index.ts';
import { iterationsFor } from './read-paths.ts';

/** A DUT that infers, window after window, until it is told to stop. */
export interface Activity {
  /** Resolves after the window under way. Rejects with what ended it before. */
  stop(): Promise<void>;
}

const windowS = 5;

/** Keeps the DUT inferring, so that its active supply can be measured. Between two windows it rests for as long as a command takes. */
export async function keepActive(dut: DutPort, clock: Clock, signal: AbortSignal): Promise<Activity> {
  const iterations = await iterationsFor(dut, clock, windowS, signal);
  let stopping = false;
  const work = (async () => {
    while (!stopping) await dut.infer(iterations, 0, { signal, deadlineS: windowS * 10 + 60 });
  })();
  // Whoever stops it hears of a failure; until then it is nobody's unhandled rejection.
  work.catch(() => undefined);
  return {
    stop() {
      stopping = true;
      return work;
    },
  };
}
