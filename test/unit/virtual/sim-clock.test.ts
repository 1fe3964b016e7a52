import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holding, sleep } from '../../../src/shared/clock/index.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import { eventClass, EventQueue } from '../../../src/main/virtual/event-queue.ts';
import { realWorld, type RealWorld } from '../../../src/main/virtual/real-world.ts';
import { SimClock } from '../../../src/main/virtual/sim-clock.ts';

const realTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const realTurns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await realTurn();
};

/** A wall clock that the test moves; turns stay real. */
class FakeWall implements RealWorld {
  ms = 0;
  #timers: { atMs: number; fire: () => void }[] = [];
  wallMs(): number {
    return this.ms;
  }
  after(delayMs: number, fire: () => void): () => void {
    const timer = { atMs: this.ms + delayMs, fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }
  nextTurn(fire: () => void): void {
    setImmediate(fire);
  }
  get sleeping(): boolean {
    return this.#timers.length > 0;
  }
  /** Moves the wall, firing what falls due on the way. */
  async advance(ms: number): Promise<void> {
    const end = this.ms + ms;
    await realTurns(8);
    for (;;) {
      const due = this.#timers.filter((timer) => timer.atMs <= end).sort((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      this.ms = Math.max(this.ms, due.atMs);
      this.#timers = this.#timers.filter((timer) => timer !== due);
      due.fire();
      await realTurns(8);
    }
    this.ms = end;
  }
}

describe('the queue of events', () => {
  it('gives them by time, then devices before host timers, then in the order of insertion', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ time: fc.nat(20), kind: fc.constantFrom(0 as const, 1 as const), cancel: fc.boolean() })),
        (script) => {
          const queue = new EventQueue();
          const events = script.map(({ time, kind, cancel }) => {
            const event = queue.add(time, kind, () => undefined);
            event.cancelled = cancel;
            return event;
          });
          const expected = events
            .filter((event) => !event.cancelled)
            .sort((a, b) => a.timeNs - b.timeNs || a.class - b.class || a.sequence - b.sequence);
          const taken = [];
          for (let event = queue.take(); event; event = queue.take()) taken.push(event);
          expect(taken).toEqual(expected);
        },
      ),
    );
  });

  it('takes events while it is being emptied', () => {
    const queue = new EventQueue();
    const order: number[] = [];
    for (const time of [5, 1, 3]) queue.add(time, eventClass.device, () => order.push(time));
    queue.take()?.fire();
    queue.add(2, eventClass.device, () => order.push(2));
    for (let event = queue.take(); event; event = queue.take()) event.fire();
    expect(order).toEqual([1, 2, 3, 5]);
  });
});

describe('the simulated clock', () => {
  it('stands at the time of the event that fires, in whole nanoseconds', async () => {
    const clock = new SimClock({ epochMs: 1_700_000_000_000 });
    expect(clock.nowS()).toBe(0);
    await sleep(clock, 0.0000000014);
    expect(clock.nowNs()).toBe(1);
    await sleep(clock, 12.5);
    expect(clock.nowNs()).toBe(12_500_000_001);
    expect(clock.epochMs()).toBe(1_700_000_012_500);
  });

  it('lets the device go first at the same time, and host timers in their order', async () => {
    const clock = new SimClock();
    const order: string[] = [];
    clock.setTimer(1e-6, () => order.push('host 1'));
    clock.setTimer(1e-6, () => order.push('host 2'));
    clock.at(1000, () => order.push('device 1'));
    clock.at(1000, () => order.push('device 2'));
    clock.at(999, () => order.push('device 0'));
    await sleep(clock, 1);
    expect(order).toEqual(['device 0', 'device 1', 'device 2', 'host 1', 'host 2']);
  });

  it('does not fire a cancelled timer, nor one without end', async () => {
    const clock = new SimClock();
    const fired: string[] = [];
    clock.setTimer(1, () => fired.push('cancelled')).cancel();
    clock.setTimer(Infinity, () => fired.push('never'));
    clock.at(5, () => fired.push('cancelled device')).cancel();
    await sleep(clock, 10);
    expect(fired).toEqual([]);
  });

  it('never goes back: an event in the past happens now', async () => {
    const clock = new SimClock();
    await sleep(clock, 1);
    const at = await new Promise<number>((resolve) => clock.at(10, () => resolve(clock.nowNs())));
    expect(at).toBe(1e9);
    clock.setTimer(-5, () => undefined);
    await sleep(clock, 0);
    expect(clock.nowNs()).toBe(1e9);
  });

  it('lets promise chains finish before a host timer: one that is cancelled by an answer never fires', async () => {
    const clock = new SimClock();
    let expired = 0;
    for (let i = 0; i < 50; i++) {
      const watchdog = clock.setTimer(1e-3, () => expired++);
      // The answer comes at the very time of the deadline, and is handled some promises later.
      await new Promise<void>((resolve) => clock.at(clock.nowNs() + 1_000_000, resolve));
      for (let step = 0; step < 20; step++) await Promise.resolve();
      watchdog.cancel();
    }
    expect(expired).toBe(0);
  });

  it('stands still while the real world is waited for', async () => {
    const clock = new SimClock();
    let expired = 0;
    for (let i = 0; i < 20; i++) {
      const watchdog = clock.setTimer(30, () => expired++);
      await holding(clock, () => new Promise((resolve) => setTimeout(resolve, 1)));
      watchdog.cancel();
    }
    expect(expired).toBe(0);
    expect(clock.nowNs()).toBe(0);
  });

  it('would run away without the hold: the trap is real', async () => {
    const clock = new SimClock();
    const watchdog = { expired: 0 };
    const rearm = (): void => {
      clock.setTimer(30, () => {
        watchdog.expired++;
        rearm();
      });
    };
    rearm();
    // A wait for the real world that did not hold the clock: a few turns are enough for virtual minutes.
    await realTurns(30);
    clock.close();
    expect(watchdog.expired).toBeGreaterThan(3);
    expect(clock.nowS()).toBeGreaterThan(90);
  });

  it('counts holds, and a release works once', async () => {
    const clock = new SimClock();
    let fired = false;
    const [first, second] = [clock.hold(), clock.hold()];
    clock.setTimer(1, () => (fired = true));
    clock.at(5, () => undefined);
    first();
    first();
    await realTurns(20);
    expect(fired).toBe(false);
    expect(clock.nowNs()).toBe(0);
    second();
    await sleep(clock, 2);
    expect(fired).toBe(true);
  });

  it('says so when nothing can happen any more', async () => {
    const clock = new SimClock();
    await sleep(clock, 2);
    const never = new Promise<never>(() => undefined);
    const error = await clock.whileExpecting('infer 40 1', never).catch((reason: unknown) => reason);
    expect(isFault(error, 'virtual.nothingCanHappen')).toBe(true);
    expect(error).toMatchObject({ facts: { request: 'infer 40 1', atS: 2 } });
  });

  it('does not say so while something is queued, held or paused', async () => {
    const clock = new SimClock();
    let failed = false;
    const end = clock.expecting('an answer', () => (failed = true));
    const release = clock.hold();
    await realTurns(20);
    expect(failed).toBe(false);
    clock.pause();
    release();
    await realTurns(20);
    expect(failed).toBe(false);
    const woken = new Promise<void>((resolve) => clock.at(100, resolve));
    clock.resume();
    await woken;
    end();
    await realTurns(20);
    expect(failed).toBe(false);
  });

  it('passes on what an awaited promise gives, in time or as an error', async () => {
    const clock = new SimClock();
    const inTime = new Promise<number>((resolve) => clock.at(100, () => resolve(7)));
    expect(await clock.whileExpecting('a number', inTime)).toBe(7);
    await expect(clock.whileExpecting('a number', Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('fires nothing after it was closed', async () => {
    const clock = new SimClock();
    let fired = 0;
    clock.setTimer(1, () => fired++);
    clock.at(1, () => fired++);
    clock.close();
    clock.setTimer(0, () => fired++);
    await realTurns(20);
    expect(fired).toBe(0);
  });

  it('stands still while paused, and goes on where it stood', async () => {
    const clock = new SimClock();
    clock.pause();
    let at: number | undefined;
    clock.setTimer(3, () => (at = clock.nowS()));
    await realTurns(20);
    expect(at).toBeUndefined();
    expect(clock.paused).toBe(true);
    clock.resume();
    await sleep(clock, 4);
    expect(at).toBe(3);
  });

  it('refuses a pace that is none', () => {
    for (const pace of [0, -1, NaN, Infinity]) {
      expect(() => new SimClock({ pace })).toThrow('virtual.badSetting');
      expect(() => new SimClock().setPace(pace)).toThrow('virtual.badSetting');
    }
  });
});

describe('pacing', () => {
  it('waits for the wall by the factor', async () => {
    const wall = new FakeWall();
    const clock = new SimClock({ pace: 10, world: wall });
    const fired: number[] = [];
    for (const second of [1, 2, 3]) clock.setTimer(second, () => fired.push(second));
    await wall.advance(99);
    expect(fired).toEqual([]);
    await wall.advance(1);
    expect(fired).toEqual([1]);
    await wall.advance(150);
    expect(fired).toEqual([1, 2]);
  });

  it('may be changed while it sleeps', async () => {
    const wall = new FakeWall();
    const clock = new SimClock({ pace: 1, world: wall });
    const fired: number[] = [];
    for (const second of [10, 20]) clock.setTimer(second, () => fired.push(second));
    await wall.advance(1000);
    expect(fired).toEqual([]);
    clock.setPace('max');
    await realTurns(20);
    expect(fired).toEqual([10, 20]);
    expect(wall.sleeping).toBe(false);
  });

  it('does not make up for a pause', async () => {
    const wall = new FakeWall();
    const clock = new SimClock({ pace: 1, world: wall });
    const fired: number[] = [];
    for (const second of [1, 2]) clock.setTimer(second, () => fired.push(second));
    clock.pause();
    await wall.advance(60_000);
    clock.resume();
    await wall.advance(999);
    expect(fired).toEqual([]);
    await wall.advance(1);
    expect(fired).toEqual([1]);
  });

  it('does not hurry after an idle hour', async () => {
    const wall = new FakeWall();
    const clock = new SimClock({ pace: 1, world: wall });
    const first = sleep(clock, 1);
    await wall.advance(1000);
    await first;
    await wall.advance(3_600_000);
    let fired = false;
    clock.setTimer(2, () => (fired = true));
    await wall.advance(1999);
    expect(fired).toBe(false);
    await wall.advance(1);
    expect(fired).toBe(true);
  });

  it('brings the time up to the wall for what comes from outside, but not past the next event', async () => {
    const wall = new FakeWall();
    const clock = new SimClock({ pace: 2, world: wall });
    await wall.advance(500);
    clock.catchUp();
    expect(clock.nowS()).toBe(1);
    clock.at(1_200_000_000, () => undefined);
    wall.ms += 1000;
    clock.catchUp();
    expect(clock.nowS()).toBe(1.2);
    const fast = new SimClock({ world: wall });
    wall.ms += 1000;
    fast.catchUp();
    expect(fast.nowS()).toBe(0);
  });

  it("runs by the computer's clock when no other is given", async () => {
    const clock = new SimClock({ pace: 1 });
    const startMs = realWorld.wallMs();
    await sleep(clock, 0.02);
    expect(realWorld.wallMs() - startMs).toBeGreaterThanOrEqual(19);
  });
});
