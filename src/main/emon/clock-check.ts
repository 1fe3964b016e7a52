export interface ClockCheckOptions {
  sampleRateHz: number;
  /** Missing share of the samples that is reported; default 0.005 (energy monitors, section 1.4). */
  tolerance?: number;
  /**
   * Length of the stretches whose least lateness counts, in s; default 0.6. It must be longer than the time that the instrument itself takes to
   * say how many samples are missing: what it says is no business of the clock.
   */
  stretchS?: number;
  /** No verdict before this much time has passed since the first samples or since the last report, in s; default 4. */
  settleS?: number;
  /**
   * A sudden lateness of more than this, in s, that stays for two stretches is reported too: the one trace of a lost block that leaves the counter
   * continuous. It holds until the host's timing is known. Absent: only the share counts.
   */
  stepS?: number;
  /**
   * The smallest step worth reporting, in s, once the host's timing is known: a step must also be well above what the least lateness does by
   * itself. Absent: `stepS`.
   */
  fineStepS?: number;
}

/** Lateness is judged in stretches of this length: a step in one shows in the next and is believed in the one after, less than 2 s later. */
const usualStretchS = 0.6;
/** Stretches whose changes tell how steady the host's timing is, and how many are needed before that is believed. */
const mostChanges = 12;
const leastChanges = 5;
/** How far above the largest of those changes a step must be. */
const margin = 5;
/** Chunks in an unfinished last stretch for its least lateness to mean anything. */
const leastChunks = 50;

/**
 * Compares the samples that have come with the clock's time. What counts is lateness: the time since the first samples, less the time
 * that the samples cover. Single chunks are late for many reasons, so the least lateness of each stretch is taken: it rises for good only when
 * samples are missing (or the instrument's clock is slow). Pure: it is told the time.
 */
export class ClockCheck {
  readonly #rateHz: number;
  readonly #tolerance: number;
  readonly #stretchS: number;
  readonly #settleS: number;
  readonly #stepS: number;
  readonly #fineStepS: number;
  /** Changes of the least lateness from stretch to stretch that were no steps. */
  #changes: number[] = [];
  /** A step that the next stretch has to confirm: the lateness before it, and its size so far. */
  #candidate: { beforeS: number; stepS: number } | undefined;
  #chunks = 0;
  #originS: number | undefined;
  #base: { latenessS: number; atS: number } | undefined;
  #previousS: number | undefined;
  #leastS = Number.POSITIVE_INFINITY;
  /** When the least lateness of the stretch under way was, and that of the one before. */
  #leastAtS = 0;
  #previousAtS = 0;
  #bucketEndS = 0;

  constructor(options: ClockCheckOptions) {
    this.#rateHz = options.sampleRateHz;
    this.#tolerance = options.tolerance ?? 0.005;
    this.#stretchS = options.stretchS ?? usualStretchS;
    this.#settleS = options.settleS ?? 4;
    this.#stepS = options.stepS ?? Number.POSITIVE_INFINITY;
    this.#fineStepS = options.fineStepS ?? this.#stepS;
  }

  /** To be called with each chunk: samples so far, gaps included, and the clock's time. Returns how many samples seem to be missing, once. */
  note(samples: number, nowS: number): number | undefined {
    const coveredS = samples / this.#rateHz;
    if (this.#originS === undefined) {
      this.#originS = nowS - coveredS;
      this.#bucketEndS = nowS + this.#stretchS;
    }
    let missing: number | undefined;
    if (nowS >= this.#bucketEndS) {
      missing = this.#judge();
      this.#bucketEndS = nowS + this.#stretchS;
      this.#leastS = Number.POSITIVE_INFINITY;
      this.#chunks = 0;
    }
    this.#chunks += 1;
    const latenessS = nowS - this.#originS - coveredS;
    if (latenessS < this.#leastS) {
      this.#leastS = latenessS;
      this.#leastAtS = nowS;
    }
    return missing;
  }

  /** The same at the end of the stream, for what came after the last whole stretch. */
  finish(): number | undefined {
    const whole = this.#chunks >= leastChunks;
    const missing = this.#leastS === Number.POSITIVE_INFINITY ? undefined : this.#judge();
    if (missing !== undefined) return missing;
    // There is no further stretch to confirm it.
    return whole && this.#candidate ? this.#report(this.#candidate.stepS) : undefined;
  }

  /** Closes a stretch. */
  #judge(): number | undefined {
    const leastS = this.#leastS;
    const atS = this.#leastAtS;
    const previousS = this.#previousS ?? leastS;
    this.#base ??= { latenessS: leastS, atS };
    this.#previousS = leastS;
    this.#previousAtS = atS;
    const lateS = leastS - this.#base.latenessS;
    const sinceS = atS - this.#base.atS;
    const noiseS = Math.max(0, ...this.#changes);
    if (sinceS >= this.#settleS && lateS > this.#tolerance * sinceS && lateS > 2 * noiseS) return this.#report(lateS);
    return this.#judgeStep(leastS, previousS);
  }

  /** Looks for a step that stays. */
  #judgeStep(leastS: number, previousS: number): number | undefined {
    const thresholdS = this.#threshold();
    const candidate = this.#candidate;
    this.#candidate = undefined;
    if (candidate && leastS - candidate.beforeS > thresholdS) {
      return this.#report(Math.min(candidate.stepS, leastS - candidate.beforeS));
    }
    const changeS = leastS - previousS;
    if (!candidate && changeS > thresholdS) this.#candidate = { beforeS: previousS, stepS: changeS };
    else this.#changes = [...this.#changes, Math.abs(changeS)].slice(-mostChanges);
    return undefined;
  }

  /** What is a step on this host. */
  #threshold(): number {
    if (this.#changes.length < leastChanges) return this.#stepS;
    return Math.max(this.#fineStepS, margin * Math.max(...this.#changes));
  }

  #report(missingS: number): number {
    this.#base = { latenessS: this.#previousS ?? 0, atS: this.#previousAtS };
    this.#candidate = undefined;
    return Math.max(1, Math.round(missingS * this.#rateHz));
  }
}
