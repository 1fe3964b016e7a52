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

  /** Saturated samples in [first, end), at most. */
  within(first: number, end: number): number {
    let total = 0;
    for (let k = this.#firstEndingAfter(first); k < this.#starts.length; k += 1) {
      const start = this.#starts[k] as number;
      if (start >= end) break;
      const overlap = Math.min(end, start + (this.#lengths[k] as number)) - Math.max(first, start);
      total += Math.min(overlap, this.#counts[k] as number);
    }
    return total;
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
