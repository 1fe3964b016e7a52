const alpha = 0.18;
const alphaHighest = 0.06;
const filteredSamples = 3;
const highestRange = 4;
const unset = -1;

/**
 * Replaces the first three samples after a change of range by a running mean, as the official application does (energy monitors, section
 * 3.7). It must see every sample, and be reset at the start of the stream and after a gap.
 */
export class SpikeFilter {
  #mean = 0;
  #meanHighest = 0;
  #range = unset;
  #left = 0;
  #run = 0;

  reset(): void {
    this.#range = unset;
    this.#left = 0;
    this.#run = 0;
  }

  /** The filtered current in A of a sample that was converted in `range`. */
  next(currentA: number, range: number): number {
    if (this.#range === unset) {
      this.#mean = currentA;
      this.#meanHighest = currentA;
      this.#range = range;
      return currentA;
    }
    const mean = this.#mean;
    const meanHighest = this.#meanHighest;
    this.#mean = alpha * currentA + (1 - alpha) * mean;
    this.#meanHighest = alphaHighest * currentA + (1 - alphaHighest) * meanHighest;
    if (range === this.#range && this.#left === 0) return currentA;
    if (range === this.#range) this.#run += 1;
    else {
      this.#run = 0;
      this.#left = filteredSamples;
      this.#range = range;
    }
    this.#left -= 1;
    if (range !== highestRange) return this.#mean;
    if (this.#run < 2) {
      this.#mean = mean;
      this.#meanHighest = meanHighest;
    }
    return this.#meanHighest;
  }
}
