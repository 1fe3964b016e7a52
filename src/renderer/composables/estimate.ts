/** How long it takes until a new estimate is believed, in seconds: the larger part of a difference is gone after this. */
const easingS = 4;
/** Above this a figure in seconds is shown in steps of five, below it in steps of one. */
const coarseAboveS = 60;

export interface Estimate {
  /** Takes a fresh estimate of the seconds left, at `nowS` of the reader's clock. */
  update(remainingS: number, nowS: number): void;
  /** The eased seconds left at `nowS`; undefined before the first update. */
  at(nowS: number): number | undefined;
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
    at(nowS) {
      if (!state) return undefined;
      const left = Math.max(0, state.endS - nowS);
      const step = left > coarseAboveS ? 5 : 1;
      return Math.ceil(left / step) * step;
    },
  };
}

export interface Progress {
  /** Seconds left if the share done goes on growing as it lately did; undefined as long as too little is known. */
  remainingS(fraction: number | undefined, nowS: number): number | undefined;
}

/** How far the look at the growth reaches back; below the other two nothing is expected yet. */
const lookBackS = 15;
const leastFraction = 0.01;
const leastSpanS = 2;

/** Time left from the recent growth of the share done. */
export function createProgress(): Progress {
  let points: { fraction: number; atS: number }[] = [];
  return {
    remainingS(fraction, nowS) {
      if (fraction === undefined) return undefined;
      points = [...points.filter((point) => nowS - point.atS <= lookBackS), { fraction, atS: nowS }];
      const [first] = points;
      if (!first) return undefined;
      const grown = fraction - first.fraction;
      const spanS = nowS - first.atS;
      return grown < leastFraction || spanS < leastSpanS ? undefined : ((1 - fraction) * spanS) / grown;
    },
  };
}
