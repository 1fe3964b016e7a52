/** How long it takes until a new estimate is believed, in seconds: the larger part of a difference is gone after this. */
const easingS = 4;
/** Above this a figure in seconds is shown in steps of five, below it in steps of one. */
const coarseAboveS = 60;

export interface Estimate {
  /** Takes a fresh estimate of the seconds left, at `nowS` of the clock that it is shown by. */
  update(remainingS: number, nowS: number): void;
  /** The eased seconds left at `nowS`, in steps that a person can follow; undefined before the first update. */
  at(nowS: number): number | undefined;
  /** The same, to the last digit. */
  exactAt(nowS: number): number | undefined;
}

/** An estimate that runs down with the clock and leans towards new figures instead of jumping to them. */
export function createEstimate(): Estimate {
  let state: { endS: number; atS: number } | undefined;
  return {
    update(remainingS, nowS) {
      const fresh = nowS + Math.max(0, remainingS);
      const trust = state ? 1 - Math.exp(-(nowS - state.atS) / easingS) : 1;
      state = { endS: state ? state.endS + (fresh - state.endS) * trust : fresh, atS: nowS };
    },
    exactAt: (nowS) => state && Math.max(0, state.endS - nowS),
    at(nowS) {
      if (!state) return undefined;
      const left = Math.max(0, state.endS - nowS);
      const step = left > coarseAboveS ? 5 : 1;
      return Math.ceil(left / step) * step;
    },
  };
}
