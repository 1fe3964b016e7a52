import { beforeEach, describe, expect, it } from 'vitest';
import { createSupplyGuard } from '../../../src/main/bench/index.ts';
import { lpm01aKind } from '../../../src/main/emon/index.ts';
import type { Acquisition, EnergyMonitor, MonitorEvent } from '../../../src/main/emon/index.ts';
import { EnergyRig } from '../../../src/main/runner/energy-rig.ts';
import type { TraceBlock, TraceEvent, TraceRecorder } from '../../../src/main/trace/index.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { ManualClock } from '../../support/manual-clock.ts';

const sampleRateHz = 1000;

/** A monitor that says what the test lets it say, and writes down what it is told. */
class FakeMonitor implements EnergyMonitor {
  readonly identity = {
    role: 'monitor' as const,
    kind: 'lpm01a',
    label: 'LPM01A on COM5',
    lockId: 'x',
    triedOnHardware: false,
    simulated: true,
  };
  readonly kind = lpm01aKind;
  readonly serial = '1';
  readonly firmwareVersion = '1.0.6';
  readonly constantsSha256 = null;
  readonly panic = { path: null, baud: 0, bytes: new Uint8Array(0) };
  readonly said: string[] = [];
  voltageV: number | null = null;
  powered = false;
  readonly #ended = Promise.withResolvers<void>();
  #listener: (event: MonitorEvent) => void = () => undefined;
  #samples = 0;

  setVoltage(voltageV: number): Promise<void> {
    this.voltageV = voltageV;
    return this.#note(`volt ${voltageV}`);
  }

  setPower(on: boolean): Promise<void> {
    this.powered = on;
    return this.#note(on ? 'on' : 'off');
  }

  start(_profile: unknown, listener: (event: MonitorEvent) => void): Promise<Acquisition> {
    this.#listener = listener;
    this.#ended.promise.catch(() => undefined);
    return this.#note('start').then(() => ({
      quantity: 'energy',
      sampleRateHz,
      filter: 'none',
      edgeResolutionS: 1e-3,
      stop: () => this.#note('stop'),
      ended: this.#ended.promise,
    }));
  }

  readVoltage(): Promise<number | null> {
    return this.#note('volt?').then(() => (this.powered ? this.voltageV : 0));
  }

  readTemperature(): Promise<number> {
    return this.#note('temp?').then(() => 28);
  }

  selfTest(): Promise<null> {
    return Promise.resolve(null);
  }

  selfCalibrate(): Promise<null> {
    return Promise.resolve(null);
  }

  safe(): Promise<void> {
    this.powered = false;
    return this.#note('safe');
  }

  close(): Promise<void> {
    return this.#note('close');
  }

  samples(count: number, saturated = 0): void {
    const firstIndex = this.#samples;
    this.#samples += count;
    const values = Float32Array.from({ length: count }, (_, k) => firstIndex + k);
    this.#listener({ kind: 'samples', firstIndex, values, saturated });
  }

  edge(): void {
    this.#listener({ kind: 'edge', channel: 7, level: 'fall', sampleIndex: this.#samples, resolutionS: 1e-3 });
  }

  say(event: Record<string, unknown>): void {
    this.#listener({ sampleIndex: this.#samples, ...event } as MonitorEvent);
  }

  fail(fault: Fault): void {
    this.#ended.reject(fault);
  }

  #note(text: string): Promise<void> {
    this.said.push(text);
    return Promise.resolve();
  }
}

/** Remembers what it got; the test says what is pending and when the disk is full. */
class FakeRecorder implements TraceRecorder {
  readonly path = 'trace.jbt';
  readonly first: number[] = [];
  readonly events: TraceEvent[] = [];
  samples = 0;
  pendingSamples = 0;
  flushes = 0;
  closes = 0;
  drain = Promise.withResolvers<void>();
  readonly #failed = Promise.withResolvers<never>();
  readonly failed = this.#failed.promise;

  constructor() {
    this.failed.catch(() => undefined);
  }

  append(block: TraceBlock): void {
    this.first.push(block.values[0] ?? Number.NaN);
    this.samples += block.values.length;
  }

  event(event: TraceEvent): void {
    this.events.push(event);
  }

  drained(): Promise<void> {
    return this.drain.promise;
  }

  flush(): Promise<void> {
    this.flushes += 1;
    return Promise.resolve();
  }

  close(): Promise<{ sha256: string; bytes: number; samples: number }> {
    this.closes += 1;
    return Promise.resolve({ sha256: '', bytes: 0, samples: this.samples });
  }

  fill(): void {
    this.#failed.reject(new Fault('trace.writeFailed', { path: this.path, reason: 'ENOSPC', samples: this.samples }));
  }
}

class HeldClock extends ManualClock {
  holds = 0;

  override hold(): () => void {
    this.holds += 1;
    return () => (this.holds -= 1);
  }
}

const { signal } = new AbortController();
let clock: HeldClock;
let monitor: FakeMonitor;
let recorder: FakeRecorder;
let rig: EnergyRig;
let opened: number;

beforeEach(() => {
  clock = new HeldClock();
  monitor = new FakeMonitor();
  recorder = new FakeRecorder();
  opened = 0;
  rig = new EnergyRig({
    monitor,
    guard: createSupplyGuard(monitor, {
      board: 'virtual',
      limits: { minV: 1.8, nominalV: 3, maxV: 3.6 },
      clock,
    }),
    voltageV: 3,
    spikeFilter: true,
    clock,
    openTrace() {
      opened += 1;
      expect(clock.holds).toBe(1);
      return Promise.resolve({ recorder, file: 'runs/r1/trace.jbt' });
    },
  });
});

const supplied = (): Promise<number | null> => clock.until(rig.supplyOn(signal));

/** With the supply on, 700 samples and an edge before the trace begins. */
async function recording(): Promise<void> {
  await supplied();
  monitor.samples(700);
  monitor.edge();
  expect(await clock.until(rig.recordOn(signal))).toBe('runs/r1/trace.jbt');
}

const placesOf = (kind: TraceEvent['kind']): number[] =>
  recorder.events.filter((event) => event.kind === kind).map((event) => event.sampleIndex);

describe('the supply', () => {
  it('is set, switched on and read before anything is measured', async () => {
    expect(await supplied()).toBe(3);
    expect(monitor.said).toEqual(['volt 3', 'volt?', 'on', 'volt?', 'start', 'volt?']);
    expect(rig.signal.aborted).toBe(false);
  });

  it('is not started twice when a step is taken again', async () => {
    await supplied();
    await supplied();
    expect(monitor.said.filter((text) => text === 'start')).toHaveLength(1);
  });

  it('goes off after the acquisition has been stopped', async () => {
    await supplied();
    await rig.supplyOff(signal);
    expect(monitor.said.slice(-2)).toEqual(['stop', 'off']);
    await expect(rig.recordOn(signal)).rejects.toMatchObject({ code: 'emon.streamLost' });
  });
});

describe('the trace', () => {
  it('begins where it is opened: samples and edges count from there', async () => {
    await recording();
    expect(rig.edgeCount).toBe(0);
    monitor.samples(100);
    monitor.edge();
    monitor.samples(50);
    rig.mark('window-1');
    monitor.edge();
    monitor.say({ kind: 'tick', deviceTimeS: 0.85 });
    monitor.say({ kind: 'loss', count: 3, cause: 'tick', exact: true });
    expect(recorder.first).toEqual([700, 800]);
    expect(recorder.samples).toBe(150);
    expect(recorder.events.map(({ kind, sampleIndex }) => [kind, sampleIndex])).toEqual([
      ['mark', 0],
      ['edge', 100],
      ['mark', 150],
      ['edge', 150],
      ['tick', 150],
      ['loss', 150],
    ]);
    const marks = await clock.until(rig.edgesSince(0, 2, signal));
    expect(marks).toEqual({ before: 0, edges: [100, 150], sampleRateHz });
  });

  it('has a second of margin at both ends, and the readings of its end', async () => {
    await supplied();
    monitor.samples(1);
    const beginning = rig.recordOn(signal);
    await clock.advance(0.999);
    let done = false;
    void beginning.then(() => (done = true));
    await clock.advance(0);
    expect(done).toBe(false);
    await clock.until(beginning);
    monitor.samples(2000);
    await clock.advance(2);
    monitor.samples(2000);
    const { voltageV, temperatureC, hostDurationS } = await clock.until(rig.recordOff(signal));
    expect([voltageV, temperatureC, recorder.closes]).toEqual([3, 28, 1]);
    expect(hostDurationS).toBeCloseTo(3, 6);
    // What comes afterwards belongs to no trace.
    monitor.samples(10);
    monitor.edge();
    expect([recorder.samples, placesOf('edge')]).toEqual([4000, []]);
  });

  it('takes a rest by the samples that came meanwhile, some time after the answer', async () => {
    await recording();
    const resting = rig.rest(5, signal);
    await clock.advance(0.4);
    monitor.samples(400);
    await clock.advance(0.2);
    monitor.samples(5000);
    expect(await clock.until(resting)).toEqual({ startSample: 400, endSample: 5400 });
  });

  it('is on the disk after each flush, and the clock stands still meanwhile', async () => {
    await recording();
    const flushing = rig.flush();
    expect(clock.holds).toBe(1);
    await flushing;
    expect([recorder.flushes, clock.holds]).toEqual([1, 0]);
  });

  it('holds a simulated clock while the disk is behind', async () => {
    await recording();
    recorder.pendingSamples = 4_000_001;
    monitor.samples(10);
    expect(clock.holds).toBe(1);
    recorder.pendingSamples = 0;
    recorder.drain.resolve();
    await clock.advance(0);
    expect(clock.holds).toBe(0);
  });

  it('does not hold it for ever when the disk fails meanwhile', async () => {
    await recording();
    recorder.pendingSamples = 4_000_001;
    monitor.samples(10);
    recorder.drain.reject(new Error('full'));
    await clock.advance(0);
    expect(clock.holds).toBe(0);
  });
});

describe('edges', () => {
  it('are waited for as long as one may be on its way', async () => {
    await recording();
    const startS = clock.nowS();
    const waiting = rig.edgesSince(0, 2, signal);
    monitor.edge();
    await clock.advance(0.6);
    monitor.edge();
    expect((await clock.until(waiting)).edges).toHaveLength(2);
    expect(clock.nowS() - startS).toBeCloseTo(0.75, 6);
  });

  it('that do not come are not waited for without end; more than expected are all given', async () => {
    await recording();
    const startS = clock.nowS();
    expect((await clock.until(rig.edgesSince(0, 2, signal))).edges).toEqual([]);
    expect(clock.nowS() - startS).toBeLessThan(3);
    for (let k = 0; k < 3; k += 1) monitor.edge();
    expect((await clock.until(rig.edgesSince(0, 2, signal))).edges).toHaveLength(3);
  });
});

describe('what cannot go on', () => {
  it.each([
    [
      'a stream that ends',
      () => monitor.fail(new Fault('emon.streamLost', { instrument: 'x', reason: 'r' })),
      'emon.streamLost',
    ],
    ['a full disk', () => recorder.fill(), 'trace.writeFailed'],
    ['over-current', () => monitor.say({ kind: 'status', overcurrent: true, text: 'error' }), 'emon.overcurrent'],
  ] as const)('is told at once: %s', async (_what, happen, code) => {
    await recording();
    monitor.samples(300);
    happen();
    await clock.advance(0);
    expect([rig.signal.aborted, rig.fault?.code]).toEqual([true, code]);
    // The first reason stays.
    monitor.fail(new Fault('emon.endedItself', { instrument: 'x', said: 'end' }));
    await clock.advance(0);
    expect(rig.fault?.code).toBe(code);
    await rig.makeSafe();
    expect([monitor.powered, monitor.said.at(-1), recorder.closes, recorder.samples]).toEqual([false, 'safe', 1, 300]);
  });

  it('ends safely whatever fails on the way, and twice', async () => {
    await recording();
    recorder.close = () => Promise.reject(new Error('full'));
    monitor.safe = () => Promise.reject(new Error('gone'));
    await rig.makeSafe();
    await rig.makeSafe();
    expect([opened, clock.holds]).toEqual([1, 0]);
  });
});
