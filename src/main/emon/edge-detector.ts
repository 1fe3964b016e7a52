export interface MarkOptions {
  /** Number of the digital input, 0 to 7. */
  bit: number;
  /** Which of its changes count: one polarity for start and stop, so that the pulse's width cancels. */
  level: 'fall' | 'rise';
  /** After an accepted edge further ones are ignored for this long, in s. */
  holdS: number;
}

/** As EEMBC's `timestamp-hold-us` (energy monitors, section 1.2). */
export const defaultMark: MarkOptions = { bit: 0, level: 'fall', holdS: 50e-6 };

/** Finds the time marks in the levels of digital inputs that are sampled with the signal. */
export class EdgeDetector {
  readonly bit: number;
  readonly mask: number;
  readonly #wanted: number;
  readonly #holdSamples: number;
  #levels = -1;
  #heldUntil = 0;

  constructor(mark: MarkOptions, sampleRateHz: number) {
    this.bit = mark.bit;
    this.mask = 1 << mark.bit;
    this.#wanted = mark.level === 'rise' ? this.mask : 0;
    this.#holdSamples = Math.round(mark.holdS * sampleRateHz);
  }

  /** Whether an edge that counts stands in front of sample `index`, whose inputs are `levels` (bit 0 = D0). The first sample is no edge. */
  next(index: number, levels: number): boolean {
    if (levels === this.#levels) return false;
    const before = this.#levels;
    this.#levels = levels;
    if (before < 0 || ((before ^ levels) & this.mask) === 0) return false;
    if ((levels & this.mask) !== this.#wanted || index < this.#heldUntil) return false;
    this.#heldUntil = index + this.#holdSamples;
    return true;
  }
}
