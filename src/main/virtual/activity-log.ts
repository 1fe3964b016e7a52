/** One entry: what happened on the DUT, when in true time (integer nanoseconds of the bench's clock) and in its own cycles. */
export interface ActivityEntry {
  timeNs: number;
  cycle: number;
  /** See `activityKind`. */
  kind: number;
  argument: number;
}

/** Reads the log in order; what it has passed may be forgotten. */
export interface ActivityReader {
  /** Entries up to and including a time, which must not be later than the clock's: the DUT runs ahead of it. */
  readUntil(timeNs: number): ActivityEntry[];
  close(): void;
}

/**
 * What the DUT did, for instruments that turn it into current. Keeps only what some reader has not read yet; without a
 * reader it keeps nothing. Entries may lie ahead of the clock, since the DUT's steps are executed at their beginning: a
 * power cut takes those back.
 */
export class ActivityLog {
  #entries: ActivityEntry[] = [];
  /** Number of the first kept entry since the log began. */
  #first = 0;
  readonly #readers = new Set<{ next: number }>();

  get kept(): number {
    return this.#entries.length;
  }

  /** In order of time: what comes from outside (received bytes) may fall between entries of a DUT that has run ahead. */
  append(entry: ActivityEntry): void {
    if (this.#readers.size === 0) return;
    let place = this.#entries.length;
    while (place > 0 && (this.#entries[place - 1] as ActivityEntry).timeNs > entry.timeNs) place--;
    if (place === this.#entries.length) this.#entries.push(entry);
    else this.#entries.splice(place, 0, entry);
  }

  /** Takes back what would have happened after a time. */
  cut(timeNs: number): void {
    let count = this.#entries.length;
    while (count > 0 && (this.#entries[count - 1] as ActivityEntry).timeNs > timeNs) count--;
    this.#entries.length = count;
  }

  /** A reader that begins with what is appended from now on. */
  reader(): ActivityReader {
    const place = { next: this.#first + this.#entries.length };
    this.#readers.add(place);
    return {
      readUntil: (timeNs) => {
        const from = place.next - this.#first;
        let to = from;
        while (to < this.#entries.length && (this.#entries[to] as ActivityEntry).timeNs <= timeNs) to++;
        place.next = this.#first + to;
        const entries = this.#entries.slice(from, to);
        this.#forget();
        return entries;
      },
      close: () => {
        this.#readers.delete(place);
        this.#forget();
      },
    };
  }

  #forget(): void {
    const passed = Math.min(this.#first + this.#entries.length, ...[...this.#readers].map((reader) => reader.next));
    const count = passed - this.#first;
    // Moving the rest costs: only when most of it is done with.
    if (count < 1024 && this.#readers.size > 0 && count < this.#entries.length) return;
    this.#entries.splice(0, count);
    this.#first = passed;
  }
}
