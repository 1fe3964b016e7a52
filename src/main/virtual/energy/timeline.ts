/** Mean current in A, energy in J and charge in C of a stretch. */
export interface Stretch {
  energyJ: number;
  chargeC: number;
}

/**
 * Current and voltage at the supply's terminals as functions of true time, piecewise constant: the closed-form truth behind
 * every sample. Times are integer nanoseconds of the bench's clock and never go backwards.
 */
export class CurrentTimeline {
  readonly #timesNs: number[] = [0];
  readonly #currentA: number[] = [0];
  readonly #voltageV: number[] = [0];

  /** From `timeNs` on, until the next call. */
  set(timeNs: number, currentA: number, voltageV: number): void {
    const last = this.#timesNs.length - 1;
    if (this.#currentA[last] === currentA && this.#voltageV[last] === voltageV) return;
    const lastNs = this.#timesNs[last] as number;
    if (timeNs < lastNs) throw new RangeError('a timeline cannot be changed in its past');
    const place = timeNs === lastNs ? last : last + 1;
    this.#timesNs[place] = timeNs;
    this.#currentA[place] = currentA;
    this.#voltageV[place] = voltageV;
  }

  get segments(): number {
    return this.#timesNs.length;
  }

  /** Exact energy and charge between two instants, in nanoseconds. */
  between(fromNs: number, toNs: number): Stretch {
    let energyJ = 0;
    let chargeC = 0;
    for (let i = this.#find(fromNs); i < this.#timesNs.length; i++) {
      const start = Math.max(fromNs, this.#timesNs[i] as number);
      const end = Math.min(toNs, this.#timesNs[i + 1] ?? Infinity);
      if (start >= toNs) break;
      const charge = ((this.#currentA[i] as number) * (end - start)) / 1e9;
      chargeC += charge;
      energyJ += charge * (this.#voltageV[i] as number);
    }
    return { energyJ, chargeC };
  }

  /** What flows at an instant, in A. */
  currentAt(timeNs: number): number {
    return this.#currentA[this.#find(timeNs)] as number;
  }

  /** Lowest and highest current of a stretch, in A. */
  extremes(fromNs: number, toNs: number): { min: number; max: number } {
    const first = this.#find(fromNs);
    let min = this.#currentA[first] as number;
    let max = min;
    for (let i = first + 1; i < this.#timesNs.length && (this.#timesNs[i] as number) < toNs; i++) {
      min = Math.min(min, this.#currentA[i] as number);
      max = Math.max(max, this.#currentA[i] as number);
    }
    return { min, max };
  }

  /** Reads bins one after another; calls must not go back in time. */
  cursor(): TimelineCursor {
    return new TimelineCursor(this.#timesNs, this.#currentA);
  }

  #find(timeNs: number): number {
    let low = 0;
    let high = this.#timesNs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#timesNs[middle] as number) <= timeNs) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** Walks a timeline forward. */
export class TimelineCursor {
  readonly #timesNs: readonly number[];
  readonly #currentA: readonly number[];
  #at = 0;

  constructor(timesNs: readonly number[], currentA: readonly number[]) {
    this.#timesNs = timesNs;
    this.#currentA = currentA;
  }

  /** Until when the current at `fromNs` stays what it is, and what it is. */
  segment(fromNs: number): { currentA: number; endNs: number } {
    this.#seek(fromNs);
    return { currentA: this.#currentA[this.#at] as number, endNs: this.#timesNs[this.#at + 1] ?? Infinity };
  }

  /** Exact mean over [fromNs, toNs), in A: short pulses count with their share (virtual-bench 4.2). */
  mean(fromNs: number, toNs: number): number {
    this.#seek(fromNs);
    if ((this.#timesNs[this.#at + 1] ?? Infinity) >= toNs) return this.#currentA[this.#at] as number;
    let sum = 0;
    for (let i = this.#at, startNs = fromNs; startNs < toNs; i++) {
      const endNs = Math.min(toNs, this.#timesNs[i + 1] ?? Infinity);
      sum += (this.#currentA[i] as number) * (endNs - startNs);
      startNs = endNs;
    }
    return sum / (toNs - fromNs);
  }

  #seek(timeNs: number): void {
    while ((this.#timesNs[this.#at + 1] ?? Infinity) <= timeNs) this.#at++;
  }
}
