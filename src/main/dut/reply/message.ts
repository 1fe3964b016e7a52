import type { TimestampMode } from '../../../shared/domain/dut.ts';

/** One message of the protocol, found in a line of the DUT. */
export type Message =
  | { kind: 'name'; deviceClass: string; vendor: string }
  | { kind: 'profile'; text: string }
  | { kind: 'model'; id: string }
  | { kind: 'timestampMode'; mode: TimestampMode }
  | { kind: 'initDone' }
  /** `us` is null for a number that no integer of 53 bits holds. */
  | { kind: 'lap'; us: number | null; text: string }
  | { kind: 'lapUnit'; unit: string; text: string }
  | { kind: 'warmupStart'; count: number }
  | { kind: 'warmupDone' }
  | { kind: 'inferStart'; count: number }
  | { kind: 'inferDone' }
  /** `values` is null when an element is no number. */
  | { kind: 'results'; values: number[] | null; text: string }
  | { kind: 'loadDone' }
  | { kind: 'expecting'; bytes: number }
  | { kind: 'buffer'; bytes: Uint8Array }
  | { kind: 'error'; text: string }
  /** `Input db has A elemented, expected B`: no error mark, and the inference runs all the same. */
  | { kind: 'inputSize'; foundBytes: number; expectedBytes: number }
  /** `Supplied buffer size N exceeds maximum of M`: no error mark. */
  | { kind: 'bufferTooSmall'; bytes: number; maxBytes: number };

export type MessageKind = Message['kind'];

/** What one line says. */
export interface ReplyLine {
  messages: readonly Message[];
  /** The line ends with `m-ready`: the command is complete. */
  ready: boolean;
  /** It began with the command just sent. */
  echo: boolean;
  /** It came through a relay (`[dut]: `). */
  relayed: boolean;
  /** It contained escape sequences for terminals. */
  ansi: boolean;
  /** Something other than messages, or undefined: debug text, a prompt, garbage. */
  noise: string | undefined;
  /** Nothing at all stood on it. */
  empty: boolean;
}
