import type { ActivityLog, ActivityReader } from '../activity-log.ts';
import type { DutCurrent } from './model.ts';
import { CurrentTimeline } from './timeline.ts';

/** What hangs at the monitor's output. In calibration mode a resistor, nothing, or a short instead of the DUT. */
export type LoadSpec =
  | { kind: 'dut' }
  | {
      kind: 'resistor';
      /** What is printed on it. */
      ohm: number;
      /** What it really has at 23 degrees; `ohm` when absent. */
      trueOhm?: number;
      /** Relative change of its resistance per kelvin, and by how many kelvins it is warmer. */
      tempcoPerK?: number;
      warmerByK?: number;
      /** Something that was left connected beside it, in A. */
      besideA?: number;
    }
  | { kind: 'open'; besideA?: number }
  | { kind: 'short' };

/** What a short is limited to by the supply, in A. */
const shortCurrentA = 1.2;

export interface LoadParts {
  activity: ActivityLog;
  current: DutCurrent;
  /** The DUT's supply comes or goes. */
  power(on: boolean): void;
}

/**
 * The load at a monitor's output and its truth: turns the DUT's activity, or a resistor's law, into the timeline that the
 * monitor samples. `sourceOhm` lies between the set voltage and the terminals where the DUT or the resistor hangs.
 */
export class MonitorLoad {
  readonly timeline = new CurrentTimeline();
  readonly #dut: LoadParts | undefined;
  readonly #reader: ActivityReader | undefined;
  readonly #sourceOhm: number;
  #spec: LoadSpec;
  #supplyV = 0;
  #dutA = 0;
  /** An additional current, in A, that a scripted fault draws. */
  #faultA = 0;
  /** Resistance of what else hangs at the terminals (a multimeter), in ohm. */
  #besideOhm = Infinity;
  /** The DUT is powered by this supply (energy mode), not by its own (performance mode). */
  #feedsDut = true;

  constructor(spec: LoadSpec, sourceOhm: number, dut?: LoadParts) {
    this.#spec = spec;
    this.#sourceOhm = sourceOhm;
    this.#dut = dut;
    this.#reader = dut?.activity.reader();
  }

  /** Voltage of the supply before its own resistance, in V; 0 when it is off. */
  get supplyV(): number {
    return this.#supplyV;
  }

  get spec(): LoadSpec {
    return this.#spec;
  }

  /** Voltage at the terminals of the load, in V. */
  get terminalV(): number {
    return this.#state().terminalV;
  }

  setSupply(timeNs: number, supplyV: number): void {
    this.advance(timeNs);
    const before = this.#isDutFed;
    this.#supplyV = supplyV;
    this.#update(timeNs);
    this.#powerDut(before, timeNs);
  }

  connect(timeNs: number, spec: LoadSpec): void {
    this.advance(timeNs);
    const before = this.#isDutFed;
    this.#spec = spec;
    this.#update(timeNs);
    this.#powerDut(before, timeNs);
  }

  /** Whether the monitor powers the DUT from now on; in performance mode it has a supply of its own. */
  feedDut(timeNs: number, fed: boolean): void {
    this.advance(timeNs);
    const before = this.#isDutFed;
    this.#feedsDut = fed;
    this.#update(timeNs);
    this.#powerDut(before, timeNs);
  }

  setFaultCurrent(timeNs: number, currentA: number): void {
    this.advance(timeNs);
    this.#faultA = currentA;
    this.#update(timeNs);
  }

  setBeside(timeNs: number, ohm: number): void {
    this.advance(timeNs);
    this.#besideOhm = ohm;
    this.#update(timeNs);
  }

  /** Brings the timeline up to a time, which must not be later than the clock's. */
  advance(timeNs: number): void {
    if (!this.#dut || !this.#reader) return;
    for (const entry of this.#reader.readUntil(timeNs)) {
      this.#dutA = this.#dut.current.apply(entry);
      this.#update(entry.timeNs);
    }
  }

  close(): void {
    this.#reader?.close();
  }

  get #isDutFed(): boolean {
    return this.#feedsDut && this.#spec.kind === 'dut' && this.#supplyV > 0;
  }

  #powerDut(before: boolean, timeNs: number): void {
    if (this.#isDutFed === before) return;
    this.#dut?.power(this.#isDutFed);
    this.advance(timeNs);
  }

  /** What flows and what is left of the voltage at the terminals. */
  #state(): { totalA: number; terminalV: number } {
    if (this.#supplyV <= 0) return { totalA: 0, terminalV: 0 };
    const spec = this.#spec;
    if (spec.kind === 'short') return { totalA: shortCurrentA, terminalV: 0 };
    let drawnA = this.#faultA;
    let siemens = 1 / this.#besideOhm;
    if (spec.kind === 'dut') {
      if (this.#feedsDut) drawnA += this.#dutA;
    } else {
      drawnA += spec.besideA ?? 0;
      if (spec.kind === 'resistor') {
        siemens += 1 / ((spec.trueOhm ?? spec.ohm) * (1 + (spec.tempcoPerK ?? 0) * (spec.warmerByK ?? 0)));
      }
    }
    const terminalV = (this.#supplyV - drawnA * this.#sourceOhm) / (1 + siemens * this.#sourceOhm);
    return { totalA: drawnA + siemens * terminalV, terminalV };
  }

  #update(timeNs: number): void {
    const { totalA, terminalV } = this.#state();
    this.timeline.set(timeNs, totalA, terminalV);
  }
}
