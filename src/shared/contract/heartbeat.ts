import type { Clock } from '../clock/index.ts';
import { heartbeatS, silentBeats } from './messages.ts';

export interface Heartbeat {
  /** To be called with every message from the other side. */
  heard(): void;
  stop(): void;
}

/**
 * Watches whether the other side still lives. Beats are counted, not seconds: a computer that slept, or a hidden tab whose
 * timers the browser slows down, misses beats on both sides alike and is not taken for gone when it wakes up.
 */
export function startHeartbeat(clock: Clock, probe: () => void, gone: () => void): Heartbeat {
  let silent = 0;
  let timer = clock.setTimer(heartbeatS, beat);
  function beat(): void {
    if (silent >= silentBeats) {
      gone();
      return;
    }
    silent += 1;
    timer = clock.setTimer(heartbeatS, beat);
    probe();
  }
  return {
    heard: () => {
      silent = 0;
    },
    stop: () => timer.cancel(),
  };
}
