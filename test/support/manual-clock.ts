import type { Clock, ClockTimer } from '../../src/shared/clock/index.ts';

interface Entry {
  atS: number;
  order: number;
  fire: () => void;
}

/**
 * A clock that stands still until the test moves it. `advance` fires the timers that fall due, in order, and lets promise
 * chains finish in between; `until` jumps from timer to timer as long as a promise is open.
 */
export class ManualClock implements Clock {
  #nowS: number;
  #order = 0;
  #timers: Entry[] = [];
  readonly #startS: number;

  constructor(startS = 0) {
    this.#nowS = startS;
    this.#startS = startS;
  }

  /** Timers that have neither fired nor been cancelled. */
  get pending(): number {
    return this.#timers.length;
  }

  nowS(): number {
    return this.#nowS;
  }

  epochMs(): number {
    return Math.round((this.#nowS - this.#startS) * 1000);
  }

  setTimer(delayS: number, fire: () => void): ClockTimer {
    const entry: Entry = { atS: this.#nowS + Math.max(0, delayS), order: this.#order++, fire };
    this.#timers.push(entry);
    return {
      cancel: () => {
        this.#timers = this.#timers.filter((other) => other !== entry);
      },
    };
  }

  hold(): () => void {
    return () => undefined;
  }

  /** Moves time forward by `durationS` seconds. */
  async advance(durationS: number): Promise<void> {
    const endS = this.#nowS + durationS;
    await settle();
    for (let next = this.#next(); next && next.atS <= endS; next = this.#next()) {
      this.#fire(next);
      await settle();
    }
    this.#nowS = endS;
    await settle();
  }

  /** Jumps from timer to timer until `work` has settled. Throws when it waits for something no timer will bring. */
  async until<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    const watched = work.finally(() => {
      settled = true;
    });
    watched.catch(() => undefined);
    for (;;) {
      await settle();
      if (settled) return watched;
      const next = this.#next();
      if (!next) throw new Error('nothing can happen any more, yet the work waits');
      this.#fire(next);
    }
  }

  #next(): Entry | undefined {
    return this.#timers.reduce<Entry | undefined>(
      (first, entry) =>
        !first || entry.atS < first.atS || (entry.atS === first.atS && entry.order < first.order) ? entry : first,
      undefined,
    );
  }

  #fire(entry: Entry): void {
    this.#timers = this.#timers.filter((other) => other !== entry);
    this.#nowS = Math.max(this.#nowS, entry.atS);
    entry.fire();
  }
}

/** Node's, without its types: tests of the page use this clock too. */
const { setImmediate: nextTurn } = globalThis as unknown as { setImmediate(work: (value: unknown) => void): unknown };

/** Lets promise chains and already queued turns of the event loop finish. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => nextTurn(resolve));
}
