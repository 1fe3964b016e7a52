import type { Clock } from '../../shared/clock/index.ts';

/** So long may something wait for a person with the supply on while no page shows it; and how often that is looked at. */
export interface UnattendedLimits {
  mostS: number;
  everyS: number;
}

export const unattendedLimits: UnattendedLimits = { mostS: 60, everyS: 5 };

/** Calls `end`, once, when `alone` has held for so long; until `done`. */
export function endUnattended(
  clock: Clock,
  { mostS, everyS }: UnattendedLimits,
  { alone, end, done }: { alone: () => boolean; end: (waitedS: number) => void; done: Promise<unknown> },
): void {
  let sinceS: number | undefined;
  const look = (): void => {
    const nowS = clock.nowS();
    sinceS = alone() ? (sinceS ?? nowS) : undefined;
    if (sinceS !== undefined && nowS - sinceS >= mostS) end(mostS);
    else timer = clock.setTimer(everyS, look);
  };
  let timer = clock.setTimer(everyS, look);
  void done.then(() => timer.cancel());
}
