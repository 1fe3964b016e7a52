import type { ByteStream } from '../../transport/byte-stream.ts';
import type { MonitorErrors, MonitorNoise } from '../energy/errors.ts';
import type { MonitorLoad } from '../energy/load.ts';
import type { MonitorFaults } from '../faults.ts';
import type { SimClock } from '../sim-clock.ts';

export interface EmulatorSettings {
  clock: SimClock;
  load: MonitorLoad;
  label: string;
  seed: number;
  errors: MonitorErrors;
  noise: MonitorNoise;
  faults?: MonitorFaults | undefined;
}

/** Where an acquisition's samples lie: sample k is the mean over [startNs + k binNs, startNs + (k + 1) binNs) of true time. */
export interface SampleGrid {
  startNs: number;
  binNs: number;
}

/** An emulated energy monitor: bytes on one side, a supply with a load on the other; and what tests want to know. */
export interface EmulatedMonitor {
  readonly kind: 'lpm01a' | 'ppk2';
  /** Faults `transport.notFound` while unplugged, `virtual.portInUse` when it is open. */
  open(): ByteStream;
  readonly supplyOn: boolean;
  /** What it is set to, in V. */
  readonly voltageV: number;
  /** Commands received, in words (LPM01A) or as hex (PPK2). */
  readonly commands: readonly string[];
  /** The grid of the acquisition under way, or of the last one. */
  readonly grid: SampleGrid | undefined;
  readonly serial: string;
  readonly firmwareVersion: string;
  /** The timestamp pin of the DUT changes its level now. */
  pin(level: number): void;
  close(): void;
}

/** Length of a sampling interval in nanoseconds of true time. */
export function trueBinNs(rateHz: number, { errors, faults }: EmulatorSettings): number {
  return ((1e9 / rateHz) * (1 + errors.clock)) / (faults?.rateFactor ?? 1);
}

/** What really stands at the output when a voltage is set. */
export function effectiveV(setV: number, { errors, faults }: EmulatorSettings): number {
  return setV * (1 + errors.voltage) * (1 - (faults?.supplyLow ?? 0));
}
