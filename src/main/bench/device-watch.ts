import type { Clock, ClockTimer } from '../../shared/clock/index.ts';

export interface DeviceWatchOptions {
  clock: Clock;
  /** Looks; never rejects. `thorough` is false while nothing seems to have changed. */
  look: (thorough: boolean) => Promise<void>;
  /** Something cheap that differs when a device came or went; undefined where the system has nothing of the kind. */
  fingerprint?: (() => Promise<string>) | undefined;
  /** Time between two looks, in s. */
  everyS?: number;
  /** Longest time between two thorough looks, in s: a fingerprint may miss something. */
  thoroughS?: number;
}

const defaultEveryS = 1;
const defaultThoroughS = 15;

/** Looks for devices again and again, one look at a time, thoroughly when something changed: hot-plug without asking the system for events. */
export class DeviceWatch {
  readonly #options: DeviceWatchOptions;
  #timer: ClockTimer | undefined;
  #running = false;
  #last: { fingerprint: string | undefined; atS: number } | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(options: DeviceWatchOptions) {
    this.#options = options;
  }

  /** Idempotent. The first look is thorough and begins at once. */
  start(): void {
    if (this.#running) return;
    this.#running = true;
    void this.#round();
  }

  stop(): void {
    this.#running = false;
    this.#timer?.cancel();
  }

  /** A thorough look now, after the one under way. */
  lookNow(): Promise<void> {
    return this.#look(true);
  }

  async #round(): Promise<void> {
    const { clock, fingerprint, everyS = defaultEveryS, thoroughS = defaultThoroughS } = this.#options;
    const now = await fingerprint?.().catch(() => undefined);
    const due = !this.#last || clock.nowS() - this.#last.atS >= thoroughS;
    const thorough = due || now === undefined || now !== this.#last?.fingerprint;
    if (thorough) this.#last = { fingerprint: now, atS: clock.nowS() };
    await this.#look(thorough);
    if (!this.#running) return;
    this.#timer = clock.setTimer(everyS, () => void this.#round());
  }

  #look(thorough: boolean): Promise<void> {
    this.#looking = this.#looking.then(() => this.#options.look(thorough));
    return this.#looking;
  }
}
