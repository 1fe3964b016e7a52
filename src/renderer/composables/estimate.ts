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
