/** Where a run stops between two steps while it is paused. */
export interface PauseGate {
  readonly paused: boolean;
  pause(): void;
  resume(): void;
  /** Resolves when a paused run has arrived here; at once when it waits here already. */
  reached(): Promise<void>;
  /** Resolves at once when open, else when it is opened; rejects with the signal's reason. */
  pass(signal: AbortSignal): Promise<void>;
}

/**
 * @param hold Keeps the bench's clock still while the operator pauses, so that no deadline runs out meanwhile.
 */
export function createPauseGate(hold: () => () => void = () => () => undefined): PauseGate {
  let arrivals: (() => void)[] = [];
  let closed: { waiters: (() => void)[]; release?: () => void } | undefined;
  return {
    get paused() {
      return closed !== undefined;
    },
    pause() {
      closed ??= { waiters: [] };
    },
    resume() {
      const waiting = closed;
      closed = undefined;
      waiting?.release?.();
      for (const wake of waiting?.waiters ?? []) wake();
    },
    reached() {
      if (closed && closed.waiters.length > 0) return Promise.resolve();
      return new Promise((resolve) => arrivals.push(resolve));
    },
    pass(signal) {
      const gate = closed;
      if (!gate) return Promise.resolve();
      for (const arrived of arrivals) arrived();
      arrivals = [];
      // The run has arrived at the gate: from here on nothing waits for the DUT.
      gate.release ??= hold();
      return new Promise((resolve, reject) => {
        const onAbort = (): void => {
          gate.release?.();
          reject(signal.reason as Error);
        };
        if (signal.aborted) {
          onAbort();
          return;
        }
        signal.addEventListener('abort', onAbort, { once: true });
        gate.waiters.push(() => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        });
      });
    },
  };
}
