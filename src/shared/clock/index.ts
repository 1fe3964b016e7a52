/**
 * The clock of a bench. Everything that waits or stamps takes one of these as a parameter, so that a state machine
 * runs the same against the system clock, against the virtual bench's simulated clock and in a test.
 */
export interface Clock {
  /** Seconds on a monotonic time line that starts at an arbitrary point; never goes backwards. */
  nowS(): number;
  /** Calendar time in milliseconds since 1970-01-01T00:00:00Z, for records that people read. */
  epochMs(): number;
  /** Calls `fire` once, `delayS` seconds from now, unless cancelled. */
  setTimer(delayS: number, fire: () => void): ClockTimer;
  /**
   * Says that the caller waits for the real world (disk, a process, a worker) and returns the release function.
   * A simulated clock stands still meanwhile; the system clock ignores it.
   */
  hold(): () => void;
}

export interface ClockTimer {
  cancel(): void;
}

/** Resolves after `delayS` seconds of the clock; rejects with the signal's reason when aborted. */
export function sleep(clock: Clock, delayS: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = (): void => {
      timer.cancel();
      reject(signal?.reason as Error);
    };
    const timer = clock.setTimer(delayS, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Runs `work` while the clock is held, and releases it whatever happens. */
export async function holding<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const release = clock.hold();
  try {
    return await work();
  } finally {
    release();
  }
}

/** Milliseconds since 1970 of an ISO 8601 date; the way back from `isoTime`, asks no clock. */
export function epochMsOf(iso: string): number {
  return Date.parse(iso);
}

/** Calendar time of a clock as ISO 8601, UTC. */
export function isoTime(clock: Pick<Clock, 'epochMs'>): string {
  return new Date(clock.epochMs()).toISOString();
}
