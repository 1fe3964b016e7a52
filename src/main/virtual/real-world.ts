import { performance } from 'node:perf_hooks';
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';

/**
 * The real world as the virtual bench needs it, for two things only: pacing, and finding a worker that never comes back. No
 * figure ever comes from here. Replaced in tests.
 */
export interface RealWorld {
  /** Milliseconds on a monotonic line. */
  wallMs(): number;
  /** Calls back once after `delayMs` real milliseconds; returns what cancels it. */
  after(delayMs: number, fire: () => void): () => void;
  /** Calls back when the promise chains of the present turn have run. */
  nextTurn(fire: () => void): void;
}

export const realWorld: RealWorld = {
  wallMs: () => performance.now(),
  after(delayMs, fire) {
    const timer = setTimeout(fire, delayMs);
    return () => clearTimeout(timer);
  },
  nextTurn: (fire) => void setImmediate(fire),
};
