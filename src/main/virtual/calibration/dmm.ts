import type { MonitorLoad } from '../energy/load.ts';
import type { SimClock } from '../sim-clock.ts';

export interface DmmOptions {
  /** Reading / truth - 1. */
  gainError: number;
  /** Last digit in V. */
  digitV: number;
  inputOhm: number;
}

export const defaultDmm: DmmOptions = { gainError: 0, digitV: 1e-4, inputOhm: 10e6 };

/** The reference meter, its leads on the load's body: it sees the voltage there, and its input resistance loads it. */
export class VirtualDmm {
  readonly #clock: SimClock;
  readonly #load: MonitorLoad;
  readonly #options: DmmOptions;

  constructor(clock: SimClock, load: MonitorLoad, options: Partial<DmmOptions> = {}) {
    this.#clock = clock;
    this.#load = load;
    this.#options = { ...defaultDmm, ...options };
    load.setBeside(clock.nowNs(), this.#options.inputOhm);
  }

  /** Takes the leads off: the input resistance is gone. */
  disconnect(): void {
    this.#load.setBeside(this.#clock.nowNs(), Infinity);
  }

  /** In V, rounded to the last digit. */
  readVoltage(): number {
    this.#load.advance(this.#clock.nowNs());
    const { gainError, digitV } = this.#options;
    return Math.round((this.#load.terminalV * (1 + gainError)) / digitV) * digitV;
  }
}
