import type { Clock } from '../../shared/clock/index.ts';

export interface DeadlineOptions<T> {
  clock: Clock;
  deadlineS: number;
  signal?: AbortSignal | undefined;
  late: () => Error;
  /** Disposes of a result that came after nobody waited any more. */
  abandon: (result: T) => void;
}

/** The outcome of `work`, unless the deadline or the signal comes first. */
export function withDeadline<T>(work: Promise<T>, options: DeadlineOptions<T>): Promise<T> {
  const { clock, deadlineS, signal, late, abandon } = options;
  return new Promise((resolve, reject) => {
    let open = true;
    const settle = (finish: () => void): void => {
      if (!open) return;
      open = false;
      timer.cancel();
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const onAbort = (): void => settle(() => reject(signal?.reason as Error));
    const timer = clock.setTimer(deadlineS, () => settle(() => reject(late())));
    work.then(
      (result) => (open ? settle(() => resolve(result)) : abandon(result)),
      (error: unknown) => settle(() => reject(error as Error)),
    );
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
