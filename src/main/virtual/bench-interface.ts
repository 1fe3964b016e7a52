import type { Bench, OpenDutOptions, Pace } from '../bench/index.ts';
import type { ByteStream } from '../transport/byte-stream.ts';
import type { ActivityLog } from './activity-log.ts';
import type { HandsOptions, VirtualHands } from './calibration/index.ts';
import type { CostTable } from './cost.ts';
import type { VirtualMonitorOptions } from './energy-side.ts';
import type { LoadSpec } from './energy/load.ts';
import type { EnergyTruth } from './energy/truth.ts';
import type { InjectedFaults } from './faults.ts';
import type { VirtualFirmware } from './firmware.ts';
import type { EmulatedMonitor } from './monitor/index.ts';
import type { RealWorld } from './real-world.ts';
import type { SimClock } from './sim-clock.ts';
import type { TimestampMode } from './virtual-dut.ts';

export interface VirtualBenchOptions {
  /** Plan image, and what messages call the model. */
  image: Uint8Array;
  model: string;
  firmware: VirtualFirmware;
  costTable: CostTable;
  /** In a worker thread (the product) or in the caller's thread (tests, command line). */
  useWorker: boolean;
  mode?: TimestampMode;
  /** Rate of the DUT's UART, and of the line unless `openDut` is told another. Default 115200. */
  baud?: number;
  pace?: Pace;
  /** Default 80 MHz: a Cortex-M4 of the reference's class. */
  cpuHz?: number;
  /** Default 1.25; instructions are not cycles, and this factor was never measured on a board. */
  cyclesPerInstruction?: number;
  /** By how much the DUT's oscillator is slow. */
  ppm?: number;
  jitterSeed?: number;
  clockStartUs?: number;
  pulseS?: number;
  hostLatencyS?: number;
  /**
   * What opening the line does: `reset` powers the DUT anew, so that its boot block is seen; `keep` does so the first time
   * only, like a board that does not hang on the host's DTR; `bootOnFirstByte` waits for the host's first byte, for
   * programs that throw away what came before.
   */
  onOpen?: 'reset' | 'keep' | 'bootOnFirstByte';
  faults?: InjectedFaults;
  /** With it the bench can measure energy: in energy mode this instrument powers the DUT. */
  monitor?: VirtualMonitorOptions;
  /** An IO manager relays the DUT in energy mode, at 9600 baud. */
  relay?: boolean;
  /** Calendar time at virtual time zero. */
  epochMs?: number;
  /** The real world for pacing; replaced in tests. */
  world?: RealWorld;
}

/** The virtual bench: the interfaces of a real one, and what only a simulation can do. */
export interface VirtualBench extends Bench {
  readonly clock: SimClock;
  readonly activity: ActivityLog;
  /** `baud` imitates a host that has opened the line at another rate than the DUT's. */
  openDut(signal?: AbortSignal, options?: OpenDutOptions & { baud?: number }): Promise<ByteStream>;
  setPace(pace: Pace): void;
  pause(): void;
  resume(): void;
  /** Cuts the DUT's power now; the line stays open, as behind a USB bridge with power of its own. */
  cutPower(): void;
  /** The emulated instrument, for tests; undefined on a bench without one. */
  readonly monitor: EmulatedMonitor | undefined;
  /** The port of the emulated monitor, raw. Rejects with `virtual.noInstrument` on a bench without one. */
  openMonitorStream(signal?: AbortSignal): Promise<ByteStream>;
  /**
   * The port of the emulated IO manager, raw; behind it the DUT, in energy mode at 9600 baud. Rejects with
   * `virtual.noInstrument` on a bench without one.
   */
  openIoManagerStream(signal?: AbortSignal): Promise<ByteStream>;
  /** What really flowed between two instants of the past, in s of virtual time. Throws `virtual.noInstrument` without a monitor. */
  energyTruth(fromS: number, toS: number): EnergyTruth;
  /** Falling edges of the timestamp pin so far, in s of virtual time. */
  timestampEdgesS(): readonly number[];
  /** Calibration: hangs something else at the monitor's output. Throws `virtual.noInstrument` without a monitor. */
  connectLoad(load: LoadSpec): void;
  /** Calibration: hands that connect resistors and read a meter. Throws `virtual.noInstrument` without a monitor. */
  hands(options?: HandsOptions): VirtualHands;
}
