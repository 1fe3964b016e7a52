import { afterEach, describe, expect, it } from 'vitest';
import { openLpm01a } from '../../../../src/main/emon/index.ts';
import type { AcquisitionProfile, Lpm01a, MonitorEvent } from '../../../../src/main/emon/index.ts';
import { MonitorLoad, noErrors, SimClock } from '../../../../src/main/virtual/index.ts';
import type { MonitorErrors, MonitorFaults } from '../../../../src/main/virtual/index.ts';
import { Lpm01aEmulator } from '../../../../src/main/virtual/monitor/index.ts';
import { isFault } from '../../../../src/shared/fault/index.ts';
import { samplesOf } from './collect.ts';

const clocks: SimClock[] = [];
afterEach(() => {
  for (const clock of clocks.splice(0)) clock.close();
});

/** The driver on the emulated instrument with 3 kilohm at its output. */
function rig(faults: MonitorFaults = {}, errors: Partial<MonitorErrors> = {}) {
  const clock = new SimClock();
  clocks.push(clock);
  const emulator = new Lpm01aEmulator({
    clock,
    load: new MonitorLoad({ kind: 'resistor', ohm: 3000 }, 0),
    label: 'LPM01A',
    seed: 5,
    errors: { ...noErrors, ...errors },
    noise: { relative: 0, absoluteA: 0 },
    faults,
  });
  const open = (): Promise<Lpm01a> =>
    openLpm01a({ stream: emulator.open(), clock, label: 'LPM01A', lockId: 'x', simulated: true });
  const wait = (seconds: number): Promise<void> => new Promise((resolve) => void clock.setTimer(seconds, resolve));
  return { clock, emulator, open, wait };
}

interface Taken {
  events: MonitorEvent[];
  fault: unknown;
  emulator: Lpm01aEmulator;
}

/** Two seconds of an acquisition with four time marks of 10 us, unless it ends before. */
async function take(
  purpose: AcquisitionProfile['purpose'],
  faults: MonitorFaults = {},
  errors: Partial<MonitorErrors> = {},
): Promise<Taken> {
  const { emulator, open, wait } = rig(faults, errors);
  const monitor = await open();
  await monitor.setVoltage(3);
  await monitor.setPower(true);
  const events: MonitorEvent[] = [];
  const acquisition = await monitor.start({ purpose }, (event) => events.push(event));
  let fault: unknown;
  const ended = acquisition.ended.catch((error: unknown) => {
    fault = error;
  });
  for (let mark = 0; mark < 4; mark += 1) {
    await wait(0.49999);
    emulator.pin(0);
    await wait(0.00001);
    emulator.pin(1);
  }
  await Promise.race([ended, wait(3.5)]);
  await acquisition.stop().catch(() => undefined);
  await ended;
  await monitor.close();
  return { events, fault, emulator };
}

const losses = (events: readonly MonitorEvent[]): MonitorEvent[] => events.filter((event) => event.kind === 'loss');

describe('on the emulated instrument', () => {
  it('energy of a resistor, with its marks', async () => {
    const { events, fault, emulator } = await take('score');
    expect(fault).toBeUndefined();
    const samples = samplesOf(events);
    expect(samples.length).toBeGreaterThanOrEqual(5400);
    // 3 V on 3 kilohm: 3 mW, 3 uJ a millisecond.
    for (const energyJ of samples) expect(energyJ).toBeCloseTo(3e-6, 9);
    const edges = events.flatMap((event) => (event.kind === 'edge' ? [event] : []));
    expect(edges.map((edge) => edge.sequence)).toEqual([0, 1, 2, 3]);
    const at = edges.map((edge) => edge.sampleIndex);
    expect(at.slice(1).map((index, before) => index - (at[before] as number))).toEqual([500, 500, 500]);
    expect(losses(events)).toEqual([]);
    expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'stopped', sampleIndex: samples.length });
    expect(emulator.supplyOn).toBe(false);
  });

  it('current of a resistor, binary', async () => {
    const { events, fault } = await take('waveform');
    expect(fault).toBeUndefined();
    const samples = samplesOf(events);
    expect(samples.length).toBeGreaterThanOrEqual(540_000);
    // 12 bits of mantissa: 0.2 %.
    expect(Math.max(...samples.slice(0, 1000).map((value) => Math.abs(value / 1e-3 - 1)))).toBeLessThan(0.002);
    expect(losses(events)).toEqual([]);
  });

  it.each(['score', 'waveform'] as const)('lost samples and bytes are counted and are gaps (%s)', async (purpose) => {
    const lost = await take(purpose, { lostSamples: [{ atS: 2, count: 64 }] });
    expect(losses(lost.events)).toEqual([expect.objectContaining({ cause: 'tick', count: 64, exact: true })]);
    expect(samplesOf(lost.events).filter(Number.isNaN)).toHaveLength(64);
    const block = await take(purpose, { lostSamples: [{ atS: 2, count: 1000 }] });
    expect(losses(block.events)).toEqual([expect.objectContaining({ cause: 'tick', count: 1000, exact: true })]);
    for (const count of [1, 2, 3]) {
      const bytes = await take(purpose, { lostBytes: [{ atS: 2, count }] });
      expect(losses(bytes.events).length).toBeGreaterThan(0);
      expect(samplesOf(bytes.events).some(Number.isNaN)).toBe(true);
      const good = samplesOf(bytes.events).filter((value) => !Number.isNaN(value));
      const expected = purpose === 'score' ? 3e-6 : 1e-3;
      for (const value of [Math.min(...good.slice(0, 5000)), Math.max(...good.slice(-5000))]) {
        expect(Math.abs(value / expected - 1)).toBeLessThan(0.002);
      }
      expect(bytes.fault).toBeUndefined();
    }
  });

  it.each(['score', 'waveform'] as const)('current beyond the range is counted (%s)', async (purpose) => {
    const { events } = await take(purpose, { saturation: { atS: 2, forS: 0.1 } });
    const saturated = events.reduce((sum, event) => sum + (event.kind === 'samples' ? event.saturated : 0), 0);
    const rateHz = purpose === 'score' ? 1000 : 100_000;
    expect(Math.abs(saturated - 0.1 * rateHz)).toBeLessThanOrEqual(2);
    const { events: calm } = await take(purpose);
    expect(calm.every((event) => event.kind !== 'samples' || event.saturated === 0)).toBe(true);
  });

  it('a mark that is missing or extra shows in the count of marks', async () => {
    const missing = await take('score', { missingEdges: [2] });
    expect(missing.events.filter((event) => event.kind === 'edge')).toHaveLength(3);
    const extra = await take('score', { extraEdges: [{ afterEdge: 1, byS: 0.1 }] });
    expect(extra.events.filter((event) => event.kind === 'edge')).toHaveLength(5);
  });

  it('a sampling rate that is 0.6 % too low is noticed by the clock alone', async () => {
    const { events } = await take('score', { rateFactor: 0.994 });
    expect(losses(events)).toEqual([expect.objectContaining({ cause: 'clock', exact: false })]);
    expect(losses((await take('score', { rateFactor: 0.998 })).events)).toEqual([]);
  });

  it('over-current, unplugged, silent: each ends with its fault and what came before', async () => {
    for (const [faults, code] of [
      [{ overCurrent: { atS: 2 } }, 'emon.overcurrent'],
      [{ unplug: { atS: 2 } }, 'emon.streamLost'],
      [{ silence: { atS: 2 } }, 'emon.streamStalled'],
    ] as const) {
      const { events, fault } = await take('score', faults);
      expect(isFault(fault, code)).toBe(true);
      expect(samplesOf(events).length).toBeGreaterThan(1000);
      expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'aborted' });
    }
    const stalled = await take('score', { stall: { atS: 2, forS: 1 } });
    expect(stalled.fault).toBeUndefined();
    expect(losses(stalled.events)).toEqual([]);
  });

  it('a stale stream is ended and its supply switched off; old firmware is refused', async () => {
    const stale = rig({ staleStream: true });
    const monitor = await stale.open();
    expect(stale.emulator.supplyOn).toBe(false);
    await monitor.close();
    await expect(rig({ oldFirmware: true }).open()).rejects.toMatchObject({ code: 'emon.firmwareTooOld' });
  });

  it('everything else of the interface, also while acquiring', async () => {
    for (const purpose of ['score', 'waveform'] as const) {
      const { emulator, open, wait } = rig();
      const monitor = await open();
      await monitor.setVoltage(1.8);
      expect(await monitor.selfTest()).toMatchObject({ ok: true });
      expect(await monitor.selfCalibrate()).toMatchObject({ ok: true });
      await monitor.setThreshold(1e-3);
      await monitor.setPower(true);
      expect(emulator.supplyOn).toBe(true);
      const acquisition = await monitor.start({ purpose }, () => undefined);
      await wait(0.5);
      expect(await monitor.readVoltage()).toBeCloseTo(1.8, 3);
      expect(await monitor.readTemperature()).toBe(28);
      await monitor.resetTarget(0.1);
      expect(emulator.supplyOn).toBe(false);
      await wait(0.2);
      expect(emulator.supplyOn).toBe(true);
      await monitor.setPower(false);
      expect(emulator.supplyOn).toBe(false);
      await monitor.setPower(true);
      expect(emulator.supplyOn).toBe(true);
      await monitor.safe();
      expect(emulator.supplyOn).toBe(false);
      await acquisition.ended;
      await monitor.close();
    }
  });
});
