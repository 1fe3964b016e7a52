import type { FaultMoment } from '../faults.ts';
import type { SimClock } from '../sim-clock.ts';

/** Scripted events by virtual time or by the count of timestamp edges. */
export class FaultSchedule {
  readonly #clock: SimClock;
  readonly #waiting: { edge: number; byNs: number; fire: () => void }[] = [];
  #edges = 0;

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  on(moment: FaultMoment | undefined, fire: () => void): void {
    if (!moment) return;
    if ('atS' in moment) this.#clock.at(Math.round(moment.atS * 1e9), fire);
    else this.#waiting.push({ edge: moment.afterEdge, byNs: Math.round((moment.byS ?? 0) * 1e9), fire });
  }

  /** A falling edge of the timestamp pin; returns its number, counted from 1. */
  edge(): number {
    this.#edges++;
    for (const { edge, byNs, fire } of this.#waiting) {
      if (edge === this.#edges) this.#clock.at(this.#clock.nowNs() + byNs, fire);
    }
    return this.#edges;
  }
}
