import type { MonitorAcceptance, SampleQuantity } from '../../shared/domain/energy.ts';
import type { InstrumentIdentity } from '../../shared/domain/identity.ts';

/** A run of samples. All arrays have the same length; lost samples are NaN, so that `firstIndex / sampleRateHz` stays true time. */
export interface SampleBlock {
  kind: 'samples';
  /** Number of the first sample since the acquisition began. */
  firstIndex: number;
  /** The series that counts, in A, J per sample or W, see `Acquisition.quantity`. */
  values: Float32Array;
  /** The same before the spike filter, where there is one (PPK2). */
  raw?: Float32Array;
  /** Measuring range of each sample, where the stream tells; 255 for a gap. */
  ranges?: Uint8Array;
  /** Levels of the digital inputs, bit 0 = D0, where the stream has them. */
  digital?: Uint8Array;
  /** Samples of this block at the end of the converter. */
  saturated: number;
}

/** `sampleIndex` is the number of samples completed before the event. */
export type MonitorEvent =
  | SampleBlock
  | {
      kind: 'edge';
      channel: number;
      level: 'fall' | 'rise' | 'unknown';
      sampleIndex: number;
      resolutionS: number;
      /** The instrument's own count of edges, where it has one. */
      sequence?: number;
    }
  | { kind: 'tick'; deviceTimeS: number; bufferPercent?: number; sampleIndex: number }
  | {
      kind: 'loss';
      sampleIndex: number;
      /** Null where nobody knows how many. */
      count: number | null;
      cause: 'tick' | 'counter' | 'framing' | 'malformed' | 'clock' | 'overload';
      exact: boolean;
    }
  | {
      kind: 'status';
      sampleIndex: number;
      powered?: boolean;
      voltageV?: number;
      temperatureC?: number;
      overcurrent?: boolean;
      text?: string;
    }
  | { kind: 'end'; sampleIndex: number; reason: 'stopped' | 'finished' | 'aborted' | 'overload' };

/** What a kind of monitor can do; its entry in the catalogue. */
export interface MonitorKind {
  /** Catalogue key: `lpm01a`, `ppk2`. */
  kind: string;
  model: string;
  acceptance: MonitorAcceptance;
  triedOnHardware: boolean;
  /** What it can be set to, in V. */
  voltageV: { min: number; max: number };
  /** Whether it powers the DUT itself. */
  powersDut: boolean;
  maxCurrentA: number;
  /** Shortest time mark in s that it never misses. */
  shortestPulseS: number;
  /** What `start({ purpose: 'score' })` will deliver (with the spike filter where there is one): known before it is opened. */
  score: { quantity: SampleQuantity; sampleRateHz: number; filter: 'none' | 'spike'; edgeResolutionS: number };
}

export interface AcquisitionProfile {
  /** Which of the monitor's ways of measuring: `score` for energy runs, `waveform` for the finest picture. */
  purpose: 'score' | 'waveform';
  /** PPK2: apply the spike filter to `values`; default true. */
  spikeFilter?: boolean;
}

/** What an acquisition delivers. */
export interface Acquisition {
  readonly quantity: SampleQuantity;
  readonly sampleRateHz: number;
  readonly filter: 'none' | 'spike';
  readonly edgeResolutionS: number;
  /** Stops it; resolves when the last event (`end`) was delivered. Idempotent. */
  stop(signal?: AbortSignal): Promise<void>;
  /** Settles when the stream has ended: resolves after `stop`, rejects with the fault that ended it. */
  readonly ended: Promise<void>;
}

export interface SelfCheck {
  ok: boolean;
  /** The instrument's own lines. */
  lines: string[];
}

/**
 * One energy monitor, opened. Methods reject with faults of the areas `emon` and `transport`; every wait obeys its signal and a
 * deadline of the instrument's clock. `safe` and `close` switch the supply off whatever state the instrument is in.
 */
export interface EnergyMonitor {
  readonly identity: InstrumentIdentity;
  readonly kind: MonitorKind;
  readonly serial: string;
  readonly firmwareVersion: string;
  /** SHA-256 of the constants that the instrument reports; null where it reports none. */
  readonly constantsSha256: string | null;
  /** What was set last; null before. */
  readonly voltageV: number | null;
  readonly powered: boolean;
  /** Sets the supply; the caller is `bench/supply-guard`, which checks it against the board's limits. */
  setVoltage(voltageV: number, signal?: AbortSignal): Promise<void>;
  setPower(on: boolean, signal?: AbortSignal): Promise<void>;
  /** Starts to measure. Events come in order, from inside the stream's data callback: the listener must not block. */
  start(
    profile: AcquisitionProfile,
    listener: (event: MonitorEvent) => void,
    signal?: AbortSignal,
  ): Promise<Acquisition>;
  /** The supply's own reading in V; null where the instrument has none. Works during an acquisition where the instrument allows it. */
  readVoltage(signal?: AbortSignal): Promise<number | null>;
  readTemperature(signal?: AbortSignal): Promise<number | null>;
  /** Null where the instrument has none. */
  selfTest(signal?: AbortSignal): Promise<SelfCheck | null>;
  selfCalibrate(signal?: AbortSignal): Promise<SelfCheck | null>;
  /**
   * Bytes that a watchdog may write to the port after a crash, so that the supply goes off; with the port's path, or `tcp:HOST:PORT`, where there
   * is one.
   */
  readonly panic: { path: string | null; baud: number; bytes: Uint8Array };
  /** Supply off, acquisition stopped. Idempotent, works in any state, never waits longer than 2 s. */
  safe(): Promise<void>;
  /** `safe`, then lets go of the port. */
  close(): Promise<void>;
}
