/** Where an accumulated time stands, so that a later pass can go on from there. */
export interface EembcTimeState {
  index: number;
  timeS: number;
}

/**
 * Time of samples by the EEMBC rule: t = 0 for the first, then t += 1/rate in double precision. Its rounding, which grows with every
 * addition, decides on which side of an edge a sample falls; i/rate, floor or round give other windows (energy monitors, section 1.3).
 * A window from t0 to t1 holds the samples with t0 <= t < t1, which are those from `indexAt(t0)` to before `indexAt(t1)`. Constant
 * memory; goes forward only.
 */
export class EembcTime {
  readonly #stepS: number;
  #index: number;
  #timeS: number;

  /** @param from Where an earlier instance of the same rate stood; the trace's beginning by default. */
  constructor(sampleRateHz: number, from: EembcTimeState = { index: 0, timeS: 0 }) {
    this.#stepS = 1 / sampleRateHz;
    this.#index = from.index;
    this.#timeS = from.timeS;
  }

  get state(): EembcTimeState {
    return { index: this.#index, timeS: this.#timeS };
  }

  /**
   * The first sample, from the current one on, whose time is not before `timeS`; at most `limit`. The instance then stands there.
   * Asked for a time that it has passed, it stays.
   */
  indexAt(timeS: number, limit = Infinity): number {
    const stepS = this.#stepS;
    let index = this.#index;
    let time = this.#timeS;
    while (time < timeS && index < limit) {
      time += stepS;
      index += 1;
    }
    this.#index = index;
    this.#timeS = time;
    return index;
  }
}

/** Samples [first, end) of a window. */
export interface WindowSlice {
  first: number;
  end: number;
}

/**
 * Slices of windows given by times in s, by the EEMBC rule, in one walk through the times. `samples` bounds them. Windows may come
 * in any order and overlap.
 */
export function eembcSlices(
  windows: readonly { startS: number; endS: number }[],
  sampleRateHz: number,
  samples: number,
): WindowSlice[] {
  const slices = windows.map(() => ({ first: 0, end: 0 }));
  const instants = windows
    .flatMap(({ startS, endS }, index) => [
      { index, timeS: startS, key: 'first' as const },
      { index, timeS: endS, key: 'end' as const },
    ])
    .sort((a, b) => a.timeS - b.timeS);
  const time = new EembcTime(sampleRateHz);
  for (const { index, timeS, key } of instants) (slices[index] as WindowSlice)[key] = time.indexAt(timeS, samples);
  return slices.map(({ first, end }) => ({ first, end: Math.max(first, end) }));
}

/**
 * Slice of a window whose edges are counted in samples, by the rule of the MLC runner: samples[start, end) by index (results and
 * submission, section 6.3). An edge inside a sample period lets the sample that was begun belong to what precedes it.
 */
export function mlcSlice(startEdge: number, endEdge: number, samples: number): WindowSlice {
  const at = (edge: number): number => Math.min(samples, Math.max(0, Math.ceil(edge)));
  return { first: at(startEdge), end: Math.max(at(startEdge), at(endEdge)) };
}
