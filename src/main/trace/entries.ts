import { entriesPerBlock, entryBytes, headerBytes } from './layout.ts';
import type { Sums } from './sums.ts';

/** Entries of one level of the pyramid, column by column as they lie in the file. */
export class Entries {
  readonly #sum: Float64Array;
  readonly #sumSquares: Float64Array;
  readonly #min: Float32Array;
  readonly #max: Float32Array;
  readonly #count: Uint32Array;
  readonly #capacity: number;
  length = 0;

  /** @param payload the payload of a pyramid block at an offset that is a multiple of 8. */
  private constructor(buffer: ArrayBuffer, offset: number, capacity: number) {
    this.#capacity = capacity;
    this.#sum = new Float64Array(buffer, offset, capacity);
    this.#sumSquares = new Float64Array(buffer, offset + 8 * capacity, capacity);
    this.#min = new Float32Array(buffer, offset + 16 * capacity, capacity);
    this.#max = new Float32Array(buffer, offset + 20 * capacity, capacity);
    this.#count = new Uint32Array(buffer, offset + 24 * capacity, capacity);
  }

  static empty(capacity = entriesPerBlock): Entries {
    return new Entries(new ArrayBuffer(capacity * entryBytes), 0, capacity);
  }

  /** Uses the payload of a block in place. */
  static from(payload: Uint8Array<ArrayBuffer>): Entries {
    const entries = new Entries(payload.buffer, payload.byteOffset, payload.byteLength / entryBytes);
    entries.length = entries.#capacity;
    return entries;
  }

  get bytes(): number {
    return this.#capacity * entryBytes;
  }

  push(sums: Sums): void {
    const at = this.length;
    this.#sum[at] = sums.sum;
    this.#sumSquares[at] = sums.sumSquares;
    this.#min[at] = sums.min;
    this.#max[at] = sums.max;
    this.#count[at] = sums.count;
    this.length = at + 1;
  }

  /** Adds entries [from, to) to `into`. */
  addTo(into: Sums, from: number, to: number): void {
    let { count, sum, sumSquares, min, max } = into;
    for (let k = from; k < to; k += 1) {
      count += this.#count[k] as number;
      sum += this.#sum[k] as number;
      sumSquares += this.#sumSquares[k] as number;
      const low = this.#min[k] as number;
      const high = this.#max[k] as number;
      if (low < min) min = low;
      if (high > max) max = high;
    }
    into.count = count;
    into.sum = sum;
    into.sumSquares = sumSquares;
    into.min = min;
    into.max = max;
  }

  /** A block with the entries so far, its header still to be sealed. */
  toBlock(): Uint8Array<ArrayBuffer> {
    const { length } = this;
    const bytes = new Uint8Array(headerBytes + length * entryBytes);
    const copy = new Entries(bytes.buffer, headerBytes, length);
    copy.#sum.set(this.#sum.subarray(0, length));
    copy.#sumSquares.set(this.#sumSquares.subarray(0, length));
    copy.#min.set(this.#min.subarray(0, length));
    copy.#max.set(this.#max.subarray(0, length));
    copy.#count.set(this.#count.subarray(0, length));
    return bytes;
  }

  clear(): void {
    this.length = 0;
  }
}
