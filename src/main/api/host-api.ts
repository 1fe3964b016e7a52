import type { Handlers } from '../../shared/contract/index.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type HostLog = (level: LogLevel, event: string, facts?: Record<string, unknown>) => void;

/** What the host is doing, as far as leaving it is concerned. */
export interface HostActivity {
  /** True while an operation drives instruments: leaving now would cut a measurement. */
  readonly running: boolean;
  /** Titles of what runs, for the question that is asked before quitting. */
  readonly titles: readonly string[];
}

/**
 * The set of services behind the contract, as the entries see it. `createHost` builds it; the desktop, `joulebench serve` and
 * the tests hand pages to it. It knows nothing of windows and ports.
 */
export interface HostApi {
  readonly handlers: Handlers;
  readonly log: HostLog;
  busy(): HostActivity;
  /** Hears every change of `busy()`; returns the function that ends it. */
  onActivity(listener: (activity: HostActivity) => void): () => void;
  /** Absolute path of a known session's report, or undefined where there is none. */
  reportPath(sessionId: string): Promise<string | undefined>;
  /** A file that was made for a page: where it lies and what it is. */
  madeFile(fileId: string): { path: string; mediaType: string; name: string } | undefined;
  /** Absolute path of a known session's folder, or undefined. */
  sessionFolder(sessionId: string): Promise<string | undefined>;
  /** Lets what runs come to the end of its window and pauses it there; rejects when aborted. */
  finishWindow(signal: AbortSignal): Promise<void>;
  /** The computer goes to sleep: the window under way is marked invalid, instruments are brought to their safe state. */
  suspend(): Promise<void>;
  /** The computer has woken up: ports are opened again. */
  resume(): Promise<void>;
  /** Safe state, journal on disk, ports closed; resolves after `deadlineS` at the latest. Further calls get the same promise. */
  shutdown(deadlineS: number): Promise<void>;
}
