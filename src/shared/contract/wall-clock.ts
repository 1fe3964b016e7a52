import type { Clock } from '../clock/index.ts';

/** The time functions that browsers and Node have in common; `globalThis` is one. */
export interface TimeSource {
  readonly performance: { now(): number };
  readonly Date: { now(): number };
  setTimeout(fire: () => void, delayMs: number): unknown;
  clearTimeout(timer: never): void;
}

/** The clock of the real world, for deadlines and heartbeats of the contract. */
export function wallClock(source: TimeSource): Clock {
  return {
    nowS: () => source.performance.now() / 1000,
    epochMs: () => source.Date.now(),
    setTimer(delayS, fire) {
      const timer = source.setTimeout(fire, delayS * 1000);
      return { cancel: () => source.clearTimeout(timer as never) };
    },
    hold: () => () => undefined,
  };
}
