import type { Clock } from '../../shared/clock/index.ts';

/** Longest delay a timer of the platform takes; a longer one is cut into pieces. */
const longestTimerMs = 2 ** 31 - 1;

/** The clock of a real bench: the computer's monotonic and calendar clocks. */
export function systemClock(): Clock {
  return {
    nowS: () => performance.now() / 1000,
    epochMs: () => Date.now(),
    setTimer(delayS, fire) {
      let timer: NodeJS.Timeout;
      const arm = (leftMs: number): void => {
        const pieceMs = Math.min(leftMs, longestTimerMs);
        timer = setTimeout(() => (leftMs > pieceMs ? arm(leftMs - pieceMs) : fire()), pieceMs);
      };
      arm(Math.max(0, delayS * 1000));
      return { cancel: () => clearTimeout(timer) };
    },
    hold: () => () => undefined,
  };
}

/** The same clock with another zero: a session that is taken up again goes on where its last record stood. */
export function continuedClock(clock: Clock, fromS: number): Clock {
  const startS = clock.nowS();
  return {
    nowS: () => fromS + (clock.nowS() - startS),
    epochMs: () => clock.epochMs(),
    setTimer: (delayS, fire) => clock.setTimer(delayS, fire),
    hold: () => clock.hold(),
  };
}
