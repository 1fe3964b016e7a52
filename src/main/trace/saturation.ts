/**
 * Where samples were at the end of the converter. A monitor says how many of a run of samples were, not which: an interval that cuts a run counts
 * as many of them as it could hold, so that none is ever missed.
 */
export class Saturation {
  #starts: number[] = [];
  #lengths: number[] = [];
  #counts: number[] = [];

  /** Runs in the order in which they were recorded. */
  add(runs: readonly { start: number; length: number; saturated: number }[]): void {
    for (const { start, length, saturated } of runs) {
      if (start < (this.#starts.at(-1) ?? 0)) continue;
      this.#starts.push(start);
      this.#lengths.push(length);
      this.#counts.push(Math.min(length, saturated));
    }
  }

  /**
   * Saturated samples in [first, end), at most; those of them that [first, counted) had already are left out, so that the parts of an interval
   * add up to the whole.
   */
  within(first: number, end: number, counted = first): number {
    let total = 0;
    for (let k = this.#firstEndingAfter(counted); k < this.#starts.length; k += 1) {
      if ((this.#starts[k] as number) >= end) break;
      total += this.#atMost(k, first, end) - this.#atMost(k, first, counted);
    }
    return total;
  }

  /** How many saturated samples of a run can lie in [first, end). */
  #atMost(k: number, first: number, end: number): number {
    const start = this.#starts[k] as number;
    const overlap = Math.min(end, start + (this.#lengths[k] as number)) - Math.max(first, start);
    return Math.max(0, Math.min(overlap, this.#counts[k] as number));
  }

  #firstEndingAfter(sample: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] as number) + (this.#lengths[middle] as number) > sample) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
