import type { Clock, ClockTimer } from '../../shared/clock/index.ts';
import { Fault } from '../../shared/fault/index.ts';
import type { Pace } from '../bench/index.ts';
import { eventClass, EventQueue } from './event-queue.ts';
import { realWorld, type RealWorld } from './real-world.ts';

export interface SimClockOptions {
  pace?: Pace;
  /** Calendar time at virtual time zero. */
  epochMs?: number;
  world?: RealWorld;
}

/** The longest single real sleep; a longer one is cut into pieces. */
const longestSleepMs = 60_000;
/** When the wall has run ahead by more (the computer was too slow, or nothing was to do), pacing starts anew from now. */
const longestLagMs = 1_000;
const nsPerS = 1e9;

/**
 * The clock of a virtual bench (virtual-bench 3.4): time advances only by taking the next event from a queue, so a run gives
 * the same figures on any computer. Time is counted in integer nanoseconds.
 *
 * Devices (the emulated DUT, line, monitor) put events with `at`; everybody else uses the `Clock` interface and notices
 * nothing. Host code runs in zero virtual time: before each event the loop waits one turn, so that promise chains finish. A
 * device's event then fires unless something holds the clock; a host's timer fires only at quiescence: no hold, and two
 * more turns during which nothing was queued, cancelled or held.
 */
export class SimClock implements Clock {
  readonly #queue = new EventQueue();
  readonly #world: RealWorld;
  readonly #epochMs: number;
  readonly #expectations = new Set<{ request: string; fail: (fault: Fault) => void }>();
  #nowNs = 0;
  #holds = 0;
  #paused = false;
  #closed = false;
  #looping = false;
  /** Counts everything that may change what happens next. */
  #changes = 0;
  #wake: (() => void) | undefined;
  #pace: Pace;
  /** A point at which virtual and real time belonged together. */
  #anchor: { wallMs: number; nowNs: number };

  constructor(options: SimClockOptions = {}) {
    this.#world = options.world ?? realWorld;
    this.#epochMs = options.epochMs ?? 0;
    this.#pace = checkedPace(options.pace ?? 'max');
    this.#anchor = { wallMs: this.#world.wallMs(), nowNs: 0 };
  }

  nowS(): number {
    return this.#nowNs / nsPerS;
  }

  /** Integer nanoseconds since the bench was opened. */
  nowNs(): number {
    return this.#nowNs;
  }

  epochMs(): number {
    return this.#epochMs + Math.floor(this.#nowNs / 1e6);
  }

  setTimer(delayS: number, fire: () => void): ClockTimer {
    // A delay without end never fires and must not keep the queue filled.
    if (delayS === Infinity) return { cancel: () => undefined };
    const timeNs = this.#nowNs + Math.max(0, Math.round(delayS * nsPerS));
    return this.#add(timeNs, eventClass.hostTimer, fire);
  }

  /** A device's event at a point of virtual time; one in the past happens now. */
  at(timeNs: number, fire: () => void): ClockTimer {
    return this.#add(Math.max(this.#nowNs, timeNs), eventClass.device, fire);
  }

  hold(): () => void {
    this.#holds++;
    this.#changes++;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#holds--;
      this.#changed();
    };
  }

  /**
   * Says that somebody waits for `request`. When no event is left, nothing holds the clock and it is not paused, the wait
   * can never end: `fail` is called with the fault that says so. Returns what ends the expectation.
   */
  expecting(request: string, fail: (fault: Fault) => void): () => void {
    const expectation = { request, fail };
    this.#expectations.add(expectation);
    this.#start();
    this.#changed();
    return () => {
      this.#expectations.delete(expectation);
    };
  }

  /** Awaits a promise under `expecting`. */
  async whileExpecting<T>(request: string, promise: Promise<T>): Promise<T> {
    let end = (): void => undefined;
    const stalled = new Promise<never>((_, reject) => {
      end = this.expecting(request, reject);
    });
    try {
      return await Promise.race([promise, stalled]);
    } finally {
      end();
    }
  }

  get pace(): Pace {
    return this.#pace;
  }

  /** From now on; may be called at any time. */
  setPace(pace: Pace): void {
    this.#pace = checkedPace(pace);
    this.#reanchor();
    this.#changed();
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Virtual time stands still until `resume`. Host code goes on. */
  pause(): void {
    this.#paused = true;
    this.#changed();
  }

  resume(): void {
    this.#paused = false;
    this.#reanchor();
    this.#changed();
  }

  /**
   * Brings virtual time to where the pace puts it, but not past the next event: called when something arrives from the
   * real world (a byte of a foreign program), whose time would otherwise be that of the last event. Nothing at pace max.
   */
  catchUp(): void {
    if (this.#pace === 'max' || this.#paused || this.#holds > 0) return;
    const wallNs = (this.#world.wallMs() - this.#anchor.wallMs) * 1e6 * this.#pace;
    const paced = this.#anchor.nowNs + Math.round(wallNs);
    const next = this.#queue.head()?.timeNs ?? Infinity;
    this.#nowNs = Math.max(this.#nowNs, Math.min(paced, next));
  }

  /** Ends the loop; no event fires any more. */
  close(): void {
    this.#closed = true;
    this.#queue.clear();
    this.#expectations.clear();
    this.#changed();
  }

  #add(timeNs: number, kind: (typeof eventClass)[keyof typeof eventClass], fire: () => void): ClockTimer {
    if (this.#closed) return { cancel: () => undefined };
    const event = this.#queue.add(timeNs, kind, fire);
    this.#start();
    this.#changed();
    return {
      cancel: () => {
        event.cancelled = true;
        this.#changes++;
      },
    };
  }

  #changed(): void {
    this.#changes++;
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #start(): void {
    if (this.#looping || this.#closed) return;
    this.#looping = true;
    void this.#loop();
  }

  async #loop(): Promise<void> {
    while (!this.#closed) {
      await this.#turn();
      if (this.#holds > 0 || this.#paused) {
        await this.#idle();
        continue;
      }
      const head = this.#queue.head();
      if (!head) {
        if (await this.#isQuiet()) await this.#rest();
        continue;
      }
      if (head.class === eventClass.hostTimer && !(await this.#isQuiet())) continue;
      if (!(await this.#reached(head.timeNs))) continue;
      this.#queue.take();
      this.#nowNs = Math.max(this.#nowNs, head.timeNs);
      try {
        head.fire();
      } catch (error) {
        // As with the platform's timers: a throwing callback is a defect and must not end quietly.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    this.#looping = false;
  }

  /** Nothing is queued: tells those who wait for ever, then sleeps until something changes. */
  async #rest(): Promise<void> {
    const stranded = [...this.#expectations];
    this.#expectations.clear();
    for (const { request, fail } of stranded) {
      fail(new Fault('virtual.nothingCanHappen', { request, atS: this.nowS() }));
    }
    if (stranded.length > 0) return;
    await this.#idle();
    if (this.#pace !== 'max' && this.#lagMs(this.#nowNs, this.#pace) > longestLagMs) this.#reanchor();
  }

  /** Two turns during which nothing changed and nothing holds the clock. */
  async #isQuiet(): Promise<boolean> {
    for (let turn = 0; turn < 2; turn++) {
      const before = this.#changes;
      await this.#turn();
      if (this.#changes !== before || this.#holds > 0 || this.#paused || this.#closed) return false;
    }
    return true;
  }

  /** Sleeps until the wall has come to a virtual time; false when something changed meanwhile, so all is to be seen anew. */
  async #reached(timeNs: number): Promise<boolean> {
    if (this.#pace === 'max') return true;
    const leftMs = -this.#lagMs(timeNs, this.#pace);
    if (leftMs <= 0) {
      if (leftMs < -longestLagMs) this.#anchor = { wallMs: this.#world.wallMs(), nowNs: timeNs };
      return true;
    }
    await this.#idle(Math.min(leftMs, longestSleepMs));
    return false;
  }

  /** By how much the wall is ahead of a virtual time. */
  #lagMs(timeNs: number, factor: number): number {
    return this.#world.wallMs() - this.#anchor.wallMs - (timeNs - this.#anchor.nowNs) / 1e6 / factor;
  }

  #reanchor(): void {
    this.#anchor = { wallMs: this.#world.wallMs(), nowNs: this.#nowNs };
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => this.#world.nextTurn(resolve));
  }

  /** Until something changes, or the real time is over. */
  #idle(realMs?: number): Promise<void> {
    return new Promise((resolve) => {
      let cancel = (): void => undefined;
      this.#wake = () => {
        cancel();
        resolve();
      };
      if (realMs !== undefined) cancel = this.#world.after(realMs, () => this.#changed());
    });
  }
}

function checkedPace(pace: Pace): Pace {
  if (pace === 'max' || (Number.isFinite(pace) && pace > 0)) return pace;
  throw new Fault('virtual.badSetting', { setting: 'pace', value: String(pace), allowed: 'max, or a factor above 0' });
}
