import type { DutIdentity, InferReport, LoadReport } from '../../shared/domain/dut.ts';

/** What every wait of the port takes. */
export interface DutCallOptions {
  signal?: AbortSignal | undefined;
}

/** What the handshake must find; a difference is a fault before anything is measured. */
export interface DutExpectation {
  model?: string | undefined;
  /** Build of the firmware. A DUT whose build cannot be told passes. */
  timestampMode?: 'performance' | 'energy' | 'unknown' | undefined;
}

/**
 * The DUT as the runner sees it, direct or through a relay. One command is in flight at a time; a second call meanwhile
 * is refused with `dut.busy`. Every call rejects with a `dut.*` or `transport.*` fault, or with the signal's reason.
 */
export interface DutPort {
  /** What an operator calls the connection. */
  readonly label: string;
  /** Handshake: boot block, resynchronisation, name, profile, build. Must be the first call after opening. */
  identify(options?: DutCallOptions & { expect?: DutExpectation | undefined }): Promise<DutIdentity>;
  /** Brings a payload into the DUT's buffer; restarts by itself (up to three attempts) and reports how it went. */
  load(payload: Uint8Array, options: DutCallOptions & { verify: boolean }): Promise<LoadReport>;
  /**
   * Runs `infer N W` on the loaded payload. `deadlineS` is the whole time the caller allows: a window is silent by nature,
   * so only the caller can know how long it may last.
   */
  infer(iterations: number, warmups: number, options: DutCallOptions & { deadlineS: number }): Promise<InferReport>;
  /** The DUT's counter in microseconds; rejects with `dut.noTimestamp` in an energy build. */
  timestamp(options?: DutCallOptions): Promise<number>;
  /** Asks for one time mark of an energy build: a pulse on its timestamp line, without text. */
  pulse(options?: DutCallOptions): Promise<void>;
  /**
   * Asks the DUT to sleep until the next byte comes: `sleep`, an extension of our reference firmware. Undefined when it sleeps, else
   * what a DUT without the command answered.
   */
  sleep(options?: DutCallOptions): Promise<string | undefined>;
  /** The results of the last inference, as the DUT prints them again. */
  results(options?: DutCallOptions): Promise<number[]>;
  /** Waits for silence and proves by a `name` that the next answer belongs to the next command. */
  resync(options?: DutCallOptions): Promise<void>;
  close(): Promise<void>;
}
