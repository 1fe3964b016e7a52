/** Keeps what was used last, up to a number of bytes. */
export class ByteCache<T> {
  readonly #limitBytes: number;
  readonly #kept = new Map<number, { value: T; bytes: number }>();
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: number): T | undefined {
    const found = this.#kept.get(key);
    if (!found) return undefined;
    // Last in a Map is what was set last.
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }

  set(key: number, value: T, bytes: number): void {
    this.#bytes += bytes - (this.#kept.get(key)?.bytes ?? 0);
    this.#kept.delete(key);
    this.#kept.set(key, { value, bytes });
    for (const [oldest, old] of this.#kept) {
      if (this.#bytes <= this.#limitBytes || oldest === key) break;
      this.#kept.delete(oldest);
      this.#bytes -= old.bytes;
    }
  }
}
