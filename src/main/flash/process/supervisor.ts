import type { Clock, ClockTimer } from '../../../shared/clock/index.ts';
import { Fault } from '../../../shared/fault/index.ts';
import type { ToolEnd, ToolProcess } from './start-tool.ts';

/** Waits of the cancel sequence and of the watchdog, in s: specification of the virtual probe, section F. */
export const gentleS = 2;
export const termS = 1;
/** Even the kernel needs a moment to end a process that hangs in a driver. */
const killS = 5;
export const silenceS = 10;
export const erasingSilenceS = 30;

/** The tool ended although it should have gone on; what it printed says why. */
export class ToolEnded extends Error {
  readonly end: ToolEnd;

  constructor(end: ToolEnd) {
    super(`exit ${end.code} ${end.signal}`);
    this.name = 'ToolEnded';
    this.end = end;
  }
}

export interface SupervisorOptions {
  tool: string;
  probe: string;
  clock: Clock;
  signal: AbortSignal;
}

/** Watches one tool: its silence, its end and the operator's wish to stop. */
export class Supervisor {
  readonly #process: ToolProcess;
  readonly #options: SupervisorOptions;
  #timer: ClockTimer | undefined;
  #limitS = silenceS;
  #onSilent: (() => void) | undefined;
  #end: ToolEnd | undefined;

  constructor(process: ToolProcess, options: SupervisorOptions) {
    this.#process = process;
    this.#options = options;
    void process.ended.then((end) => {
      this.#end = end;
    });
  }

  /** It printed something or got on: the watchdog waits anew. */
  heard(): void {
    if (this.#onSilent) this.#arm();
  }

  /** From now on it may be silent for as long as this. */
  allow(limitS: number): void {
    this.#limitS = limitS;
    this.heard();
  }

  /**
   * Waits for `work`, which this tool does. After `limitS` without a sign of life the tool is killed.
   * @throws Fault `flash.probeStalled`, ToolEnded, or the signal's reason.
   */
  async during<T>(work: Promise<T>, limitS: number = silenceS): Promise<T> {
    const { clock, signal, tool, probe } = this.#options;
    work.catch(() => undefined);
    signal.throwIfAborted();
    const release = clock.hold();
    const other = Promise.withResolvers<never>();
    other.promise.catch(() => undefined);
    const onAbort = (): void => other.reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#limitS = limitS;
    this.#onSilent = () => {
      // In this order: its end must not look like its own doing.
      other.reject(new Fault('flash.probeStalled', { tool, probe, silentS: this.#limitS }));
      this.#process.kill('SIGKILL');
    };
    this.#arm();
    // What it printed before its end arrives before: work that only waited for that still wins.
    void this.#process.ended.then((end) => setImmediate(() => other.reject(new ToolEnded(end))));
    try {
      return await Promise.race([work, other.promise]);
    } finally {
      this.#timer?.cancel();
      this.#onSilent = undefined;
      signal.removeEventListener('abort', onAbort);
      release();
    }
  }

  /** Ends the tool in order: `gentle` asks it to go; 2 s; SIGTERM; 1 s; SIGKILL. Resolves when it is gone. */
  async stop(gentle?: () => void): Promise<void> {
    if (this.#end) return;
    const release = this.#options.clock.hold();
    try {
      if (gentle) {
        gentle();
        if (await this.gone(gentleS)) return;
      }
      this.#process.kill('SIGTERM');
      if (await this.gone(termS)) return;
      this.#process.kill('SIGKILL');
      await this.gone(killS);
    } finally {
      release();
    }
  }

  /** Whether the tool is gone within a while. */
  gone(waitS: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = this.#options.clock.setTimer(waitS, () => resolve(false));
      void this.#process.ended.then(() => {
        timer.cancel();
        resolve(true);
      });
    });
  }

  #arm(): void {
    this.#timer?.cancel();
    this.#timer = this.#options.clock.setTimer(this.#limitS, () => this.#onSilent?.());
  }
}
