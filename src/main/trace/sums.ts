/** What the pyramid keeps of a stretch of samples: stored values, not scaled. */
export interface Sums {
  count: number;
  sum: number;
  sumSquares: number;
  /** +Infinity and -Infinity while `count` is 0. */
  min: number;
  max: number;
}

export function noSums(): Sums {
  return { count: 0, sum: 0, sumSquares: 0, min: Infinity, max: -Infinity };
}

/** Adds values [from, to) to `into`. A value that is not finite is a gap: it is left out. */
export function addValues(into: Sums, values: Float32Array, from: number, to: number): void {
  let { count, sum, sumSquares, min, max } = into;
  for (let k = from; k < to; k += 1) {
    const value = values[k] as number;
    // False for NaN and for both infinities.
    if (value - value === 0) {
      count += 1;
      sum += value;
      sumSquares += value * value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  into.count = count;
  into.sum = sum;
  into.sumSquares = sumSquares;
  into.min = min;
  into.max = max;
}

export function addSums(into: Sums, other: Sums): void {
  into.count += other.count;
  into.sum += other.sum;
  into.sumSquares += other.sumSquares;
  if (other.min < into.min) into.min = other.min;
  if (other.max > into.max) into.max = other.max;
}
