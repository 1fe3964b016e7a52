export interface ClockCheckOptions {
  sampleRateHz: number;
  /** Missing share of the samples that is reported; default 0.005 (energy monitors, section 1.4). */
  tolerance?: number;
  /** No verdict before this much time has passed since the first samples or since the last report, in s; default 2. */
  settleS?: number;
  /**
   * A sudden lateness of more than this, in s, that stays is reported too: the one trace of a lost block that leaves the counter continuous.
   * Absent: only the share counts.
   */
  stepS?: number;
}

const bucketS = 1;

/**
 * Compares the samples that have come with the clock's time. What counts is lateness: the time since the first samples, less the time
 * that the samples cover. Single chunks are late for many reasons, so the least lateness of each second is taken: it rises only when
 * samples are missing (or the instrument's clock is slow). Pure: it is told the time.
 */
export class ClockCheck {
  readonly #rateHz: number;
  readonly #tolerance: number;
  readonly #settleS: number;
  readonly #stepS: number;
  #originS: number | undefined;
  #base: { latenessS: number; atS: number } | undefined;
  #previousS: number | undefined;
  #leastS = Number.POSITIVE_INFINITY;
  #bucketEndS = 0;
  #lastS = 0;

  constructor(options: ClockCheckOptions) {
    this.#rateHz = options.sampleRateHz;
    this.#tolerance = options.tolerance ?? 0.005;
    this.#settleS = options.settleS ?? 2;
    this.#stepS = options.stepS ?? Number.POSITIVE_INFINITY;
  }

  /** To be called with each chunk: samples so far, gaps included, and the clock's time. Returns how many samples seem to be missing, once. */
  note(samples: number, nowS: number): number | undefined {
    const coveredS = samples / this.#rateHz;
    if (this.#originS === undefined) {
      this.#originS = nowS - coveredS;
      this.#bucketEndS = nowS + bucketS;
    }
    this.#lastS = nowS;
    let missing: number | undefined;
    if (nowS >= this.#bucketEndS) {
      missing = this.#judge();
      this.#bucketEndS = nowS + bucketS;
      this.#leastS = Number.POSITIVE_INFINITY;
    }
    this.#leastS = Math.min(this.#leastS, nowS - this.#originS - coveredS);
    return missing;
  }

  /** The same at the end of the stream, for what came after the last whole second. */
  finish(): number | undefined {
    return this.#leastS === Number.POSITIVE_INFINITY ? undefined : this.#judge();
  }

  /** Closes a second. */
  #judge(): number | undefined {
    const leastS = this.#leastS;
    const atS = this.#lastS;
    const previousS = this.#previousS ?? leastS;
    this.#base ??= { latenessS: leastS, atS: atS - bucketS };
    this.#previousS = leastS;
    const lateS = leastS - this.#base.latenessS;
    const sinceS = atS - this.#base.atS;
    const deficit = sinceS >= this.#settleS && lateS > this.#tolerance * sinceS;
    const step = leastS - previousS > this.#stepS;
    if (!deficit && !step) return undefined;
    this.#base = { latenessS: leastS, atS };
    return Math.max(1, Math.round((deficit ? lateS : leastS - previousS) * this.#rateHz));
  }
}
