import type { BenchHands } from '../../../src/main/calibration/engine/ports.ts';
import type { Acquisition, EnergyMonitor, MonitorEvent } from '../../../src/main/emon/index.ts';
import type { Clock } from '../../../src/shared/clock/index.ts';
import type { CalibrationLoad } from '../../../src/shared/domain/calibration.ts';

/** A generator of normal values that is the same in every run. */
export function normals(seed: number): () => number {
  let state = seed >>> 0 || 1;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => {
    let sum = 0;
    for (let k = 0; k < 12; k += 1) sum += uniform();
    return sum - 6;
  };
}

export interface FakeErrors {
  gain: number;
  offsetA: number;
  noiseRel: number;
  noiseA: number;
  /** Of the set voltage, and of the multimeter. */
  voltage: number;
  meter: number;
  sourceOhm: number;
  /** Relative error of each resistor that is connected, by nominal value. */
  resistor: (ohm: number) => number;
  /** Relative growth of the current each second, as a warm resistor shows it. */
  growthPerS: number;
  digitsV: number;
  temperatureC: number | null;
  /** Samples of each block that are lost. */
  lostPerBlock: number;
}

export const noErrors: FakeErrors = {
  gain: 0,
  offsetA: 0,
  noiseRel: 0.01,
  noiseA: 2e-7,
  voltage: 0,
  meter: 0,
  sourceOhm: 0.1,
  resistor: () => 0,
  growthPerS: 0,
  digitsV: 1e-4,
  temperatureC: 23,
  lostPerBlock: 0,
};

/** A monitor with a resistor on its output and a multimeter, both with known errors. */
export class FakeBench implements BenchHands {
  readonly errors: FakeErrors;
  readonly monitor: EnergyMonitor;
  readonly log: string[] = [];
  connected: number | null = null;
  /** Readings of the multimeter that are shown in the wrong unit. */
  meterFactor = 1;
  #voltageV = 0;
  #powered = false;
  #noise: () => number;
  readonly #clock: Clock;
  #running: (() => void) | undefined;

  constructor(clock: Clock, errors: Partial<FakeErrors> = {}, seed = 1) {
    this.#clock = clock;
    this.errors = { ...noErrors, ...errors };
    this.#noise = normals(seed);
    this.monitor = this.#makeMonitor();
  }

  get powered(): boolean {
    return this.#powered;
  }

  connect(load: CalibrationLoad): Promise<void> {
    this.log.push(`connect ${load.nominalOhm ?? 'open'}${this.#powered ? ' POWERED' : ''}`);
    this.connected = load.nominalOhm;
    return Promise.resolve();
  }

  connectDut(): Promise<void> {
    return Promise.resolve();
  }

  /** True current through what is connected, in A. */
  currentA(): number {
    if (this.connected === null || !this.#powered) return 0;
    const ohm = this.connected * (1 + this.errors.resistor(this.connected));
    return (this.#voltageV * (1 + this.errors.voltage)) / (ohm + this.errors.sourceOhm);
  }

  readVoltageV(): Promise<number> {
    const { voltage, sourceOhm, meter, digitsV } = this.errors;
    const trueV = this.#voltageV * (1 + voltage) - this.currentA() * sourceOhm;
    return Promise.resolve(Math.round((trueV * (1 + meter)) / digitsV) * digitsV * this.meterFactor);
  }

  #makeMonitor(): EnergyMonitor {
    const voltage = (): number | null => this.#voltageV || null;
    const powered = (): boolean => this.#powered;
    const nothing = (): Promise<null> => Promise.resolve(null);
    return {
      identity: {
        role: 'monitor',
        kind: 'lpm01a',
        label: 'fake',
        lockId: 'fake',
        triedOnHardware: false,
        simulated: true,
      },
      kind: {
        kind: 'lpm01a',
        model: 'LPM01A',
        acceptance: 'submissions',
        triedOnHardware: false,
        voltageV: { min: 1.8, max: 3.3 },
        powersDut: true,
        maxCurrentA: 0.05,
        shortestPulseS: 0,
        score: { quantity: 'energy', sampleRateHz: 1000, filter: 'none', edgeResolutionS: 1e-3 },
      },
      serial: 'fake-1',
      firmwareVersion: '1.0.6',
      constantsSha256: null,
      get voltageV() {
        return voltage();
      },
      get powered() {
        return powered();
      },
      panic: { path: null, baud: 0, bytes: new Uint8Array() },
      setVoltage: (voltageV) => {
        this.#voltageV = voltageV;
        return Promise.resolve();
      },
      setPower: (on) => {
        this.log.push(on ? 'on' : 'off');
        this.#powered = on;
        return Promise.resolve();
      },
      start: (_profile, listener) => Promise.resolve(this.#start(listener)),
      readVoltage: () => Promise.resolve(this.#powered ? this.#voltageV : 0),
      readTemperature: () => Promise.resolve(this.errors.temperatureC),
      selfTest: () => Promise.resolve({ ok: true, lines: ['autotest ok'] }),
      selfCalibrate: nothing,
      safe: () => {
        this.log.push('safe');
        this.#powered = false;
        this.#running?.();
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
  }

  #start(listener: (event: MonitorEvent) => void): Acquisition {
    const rate = 1000;
    let firstIndex = 0;
    let stopped = false;
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const startS = this.#clock.nowS();
    const deliver = (): void => {
      if (stopped) return;
      const { gain, offsetA, noiseRel, noiseA, growthPerS, lostPerBlock } = this.errors;
      const trueA = this.currentA() * (1 + growthPerS * (this.#clock.nowS() - startS));
      const values = new Float32Array(rate);
      for (let k = 0; k < rate; k += 1) {
        const noise = this.#noise() * Math.hypot(noiseRel * trueA, noiseA);
        values[k] = ((offsetA + (1 + gain) * trueA + noise) * this.#voltageV) / rate;
      }
      values.fill(Number.NaN, 0, lostPerBlock);
      listener({ kind: 'samples', firstIndex, values, saturated: 0 });
      firstIndex += rate;
      this.#clock.setTimer(1, deliver);
    };
    this.#clock.setTimer(1, deliver);
    const stop = (): Promise<void> => {
      stopped = true;
      end();
      return Promise.resolve();
    };
    this.#running = () => void stop();
    return { quantity: 'energy', sampleRateHz: rate, filter: 'none', edgeResolutionS: 1e-3, stop, ended };
  }
}
