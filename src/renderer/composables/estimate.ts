/** How much of a new estimate is believed at each update. */
const trust = 0.15;
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
  let endS: number | undefined;
  return {
    update(remainingS, nowS) {
      const fresh = nowS + Math.max(0, remainingS);
      endS = endS === undefined ? fresh : endS + (fresh - endS) * trust;
    },
    at(nowS) {
      if (endS === undefined) return undefined;
      const left = Math.max(0, endS - nowS);
      const step = left > coarseAboveS ? 5 : 1;
      return Math.ceil(left / step) * step;
    },
  };
}

export interface Progress {
  /** Seconds left if the share done goes on growing as it did; undefined as long as too little is known. */
  remainingS(fraction: number | undefined, nowS: number): number | undefined;
}

/** Below these nothing is expected yet. */
const leastFraction = 0.02;
const leastSpanS = 2;

/** Time left from the growth of the share done since this began to look. */
export function createProgress(): Progress {
  let first: { fraction: number; atS: number } | undefined;
  return {
    remainingS(fraction, nowS) {
      if (fraction === undefined) return undefined;
      first ??= { fraction, atS: nowS };
      const grown = fraction - first.fraction;
      const spanS = nowS - first.atS;
      if (grown < leastFraction || spanS < leastSpanS) return undefined;
      return ((1 - fraction) * spanS) / grown;
    },
  };
}
