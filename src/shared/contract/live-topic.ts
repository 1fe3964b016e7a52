import { applyChanges } from './change.ts';
import type { Change } from './change.ts';

export type TopicStep = (seq: number, changes: readonly Change[]) => void;

/**
 * A state that viewers follow: its current value and the number of steps made so far. The owner calls `update`; each viewer
 * gets the value once and the numbered steps after it. Values are never changed in place, so a viewer may keep them.
 */
export class LiveTopic<T> {
  #value: T;
  #seq = 0;
  readonly #listeners = new Set<TopicStep>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  /** Number of the last step; 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  /**
   * Makes one numbered step. No changes, no step.
   * @throws RangeError when a change does not fit the value; nothing is changed then.
   */
  update(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    this.#value = applyChanges(this.#value, changes);
    this.#seq += 1;
    for (const listener of [...this.#listeners]) listener(this.#seq, changes);
  }

  /** Replaces the whole value, as one step. */
  replace(value: T): void {
    this.update([{ op: 'set', path: [], value }]);
  }

  /** Calls `listener` with every step from now on, until the returned function is called. */
  subscribe(listener: TopicStep): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How many viewers follow it. */
  get viewers(): number {
    return this.#listeners.size;
  }
}
