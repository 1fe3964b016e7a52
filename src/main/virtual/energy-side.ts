import type { MonitorSpecification } from '../../shared/domain/energy.ts';
import type { InstrumentIdentity } from '../../shared/domain/identity.ts';
import type { PlanDescription } from '../model/index.ts';
import type { DutDevice } from './device.ts';
import {
  drawErrors,
  noErrors,
  simulatedSpecifications,
  type MonitorErrors,
  type MonitorNoise,
} from './energy/errors.ts';
import { MonitorLoad, type LoadSpec } from './energy/load.ts';
import { defaultCurrents, DutCurrent, operatorClasses, type CurrentModel } from './energy/model.ts';
import { energyTruth, type EnergyTruth } from './energy/truth.ts';
import type { MonitorFaults } from './faults.ts';
import type { EmulatedMonitor } from './monitor/emulator.ts';
import { createEmulatedMonitor } from './monitor/index.ts';
import type { SimClock } from './sim-clock.ts';

export type VirtualMonitorKind = 'lpm01a' | 'ppk2';

/** The emulated energy monitor of a virtual bench. */
export interface VirtualMonitorOptions {
  kind: VirtualMonitorKind;
  /** Of its noise, and of its errors when they are drawn. */
  seed: number;
  /** `none` (default), drawn from its simulated specification, or chosen ones; what is not named is 0. */
  errors?: 'none' | 'drawn' | Partial<MonitorErrors>;
  /** Default 1 % of the reading and 20 nA (LPM01A) or 50 nA (PPK2), each sample. */
  noise?: Partial<MonitorNoise>;
  faults?: MonitorFaults;
  /** What hangs at its output; the DUT unless told otherwise. */
  load?: LoadSpec;
  /** What the DUT draws in its states. */
  currents?: Partial<CurrentModel>;
}

export const defaultNoise = {
  lpm01a: { relative: 0.01, absoluteA: 20e-9 },
  ppk2: { relative: 0.01, absoluteA: 50e-9 },
} as const satisfies Record<VirtualMonitorKind, MonitorNoise>;

export const monitorLabels = { lpm01a: 'virtual LPM01A', ppk2: 'virtual PPK2' } as const;

export interface EnergyParts {
  clock: SimClock;
  plan: PlanDescription;
  device: DutDevice;
  options: VirtualMonitorOptions;
  faults?: MonitorFaults | undefined;
  /** The DUT could not be powered. */
  crashed(error: unknown): void;
}

/** The monitor's half of a virtual bench: the instrument, its load, and the truth behind its samples. */
export class EnergySide {
  readonly monitor: EmulatedMonitor;
  readonly load: MonitorLoad;
  readonly errors: MonitorErrors;
  readonly noise: MonitorNoise;
  readonly #clock: SimClock;
  readonly #fallsS: number[] = [];

  constructor({ clock, plan, device, options, faults, crashed }: EnergyParts) {
    this.#clock = clock;
    const { kind, seed } = options;
    this.errors = errorsOf(options);
    this.noise = { ...defaultNoise[kind], ...options.noise };
    this.load = new MonitorLoad(options.load ?? { kind: 'dut' }, this.errors.sourceOhm, {
      activity: device.activity,
      current: new DutCurrent({ ...defaultCurrents, ...options.currents }, operatorClasses(plan)),
      power: (on) => {
        if (on) device.powerOn().catch(crashed);
        else device.powerOff();
      },
    });
    this.monitor = createEmulatedMonitor(kind, {
      clock,
      load: this.load,
      label: monitorLabels[kind],
      seed,
      errors: this.errors,
      noise: this.noise,
      faults: { ...faults, ...options.faults },
    });
  }

  pin(level: number): void {
    if (level === 0) this.#fallsS.push(this.#clock.nowS());
    this.monitor.pin(level);
  }

  /** Falling edges of the timestamp pin since the bench was opened, in s of virtual time. */
  get fallsS(): readonly number[] {
    return this.#fallsS;
  }

  /** Whether the DUT hangs at the monitor (energy mode) or at a supply of its own. */
  feedDut(fed: boolean): void {
    this.load.feedDut(this.#clock.nowNs(), fed);
  }

  truth(fromS: number, toS: number): EnergyTruth {
    this.load.advance(this.#clock.nowNs());
    return energyTruth(this.load, this.noise, this.monitor, fromS, toS);
  }

  close(): void {
    this.monitor.close();
    this.load.close();
  }
}

/** What the emulated instrument's errors are drawn from: the shape of a real instrument's specification. */
export function simulatedSpecification(kind: VirtualMonitorKind): MonitorSpecification {
  return simulatedSpecifications[kind];
}

export function errorsOf({ errors = 'none', kind, seed }: VirtualMonitorOptions): MonitorErrors {
  if (errors === 'none') return noErrors;
  if (errors === 'drawn') return drawErrors(simulatedSpecifications[kind], seed);
  return { ...noErrors, ...errors };
}

/** Identity of the emulated monitor: never tried on hardware, never anything but simulated. */
export function monitorIdentity({ monitor }: EnergySide): InstrumentIdentity {
  return {
    role: 'monitor',
    kind: monitor.kind,
    label: monitorLabels[monitor.kind],
    lockId: `virtual-${monitor.kind}`,
    firmware: { name: `emulated ${monitor.kind}`, version: monitor.firmwareVersion },
    triedOnHardware: false,
    simulated: true,
  };
}

export const ioManagerIdentity: InstrumentIdentity = {
  role: 'ioManager',
  kind: 'io-manager',
  label: 'virtual IO manager',
  lockId: 'virtual-io-manager',
  firmware: { name: 'emulated io-manager', version: '0.1.0' },
  triedOnHardware: false,
  simulated: true,
};
