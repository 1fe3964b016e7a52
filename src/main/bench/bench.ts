import type { Clock } from '../../shared/clock/index.ts';
import type { MonitorSpecification } from '../../shared/domain/energy.ts';
import type { BenchIdentity } from '../../shared/domain/identity.ts';
import type { EnergyMonitor } from '../emon/index.ts';
import type { ByteStream } from '../transport/byte-stream.ts';

/** How fast a virtual bench's time passes: as fast as the computer can, or a multiple of real time. */
export type Pace = 'max' | number;

export interface OpenDutOptions {
  /** Which build or strap of the DUT answers. In energy mode the line is opened but the monitor powers the DUT. Default performance. */
  timestampMode?: 'performance' | 'energy';
}

/** The instruments of one measurement, opened, with the clock that rules them. */
export interface Bench {
  readonly identity: BenchIdentity;
  readonly clock: Clock;
  /**
   * Opens the line to the DUT (and powers or resets it where the bench can), so that its boot block is seen. Behind an IO manager, in energy
   * mode, it is the relayed line: the same protocol, what the relay says itself is left out.
   */
  openDut(signal: AbortSignal, options?: OpenDutOptions): Promise<ByteStream>;
  /** Absent on a bench without an energy monitor. The supply is off when it resolves. */
  openMonitor?(signal: AbortSignal): Promise<EnergyMonitor>;
  /** What is known of the monitor where its catalogue does not hold: the limits of an emulated one. */
  readonly monitorSpecification?: MonitorSpecification;
  /** How the DUT is reached in energy mode. */
  readonly energyPath?: 'direct' | 'ioManager';
  /** Only on a virtual bench. */
  setPace?(pace: Pace): void;
  /** Brings every instrument to its safe state and lets go of it. Idempotent. */
  close(): Promise<void>;
}
