import type { Clock } from '../../shared/clock/index.ts';
import type { BenchIdentity } from '../../shared/domain/identity.ts';
import type { ByteStream } from '../transport/byte-stream.ts';

/** How fast a virtual bench's time passes: as fast as the computer can, or a multiple of real time. */
export type Pace = 'max' | number;

/** The instruments of one measurement, opened, with the clock that rules them. */
export interface Bench {
  readonly identity: BenchIdentity;
  readonly clock: Clock;
  /** Opens the line to the DUT (and powers or resets it where the bench can), so that its boot block is seen. */
  openDut(signal: AbortSignal): Promise<ByteStream>;
  /** Only on a virtual bench. */
  setPace?(pace: Pace): void;
  /** Brings every instrument to its safe state and lets go of it. Idempotent. */
  close(): Promise<void>;
}
