import { afterEach, describe, expect, it } from 'vitest';
import {
  drawErrors,
  openCalibrationRig,
  type CalibrationRig,
  type HandsOptions,
  type VirtualMonitorOptions,
} from '../../../src/main/virtual/index.ts';
import { simulatedSpecification } from '../../../src/main/virtual/index.ts';
import { gaussian } from '../../../src/main/virtual/energy/gaussian.ts';
import { monitorSpecificationSchema } from '../../../src/shared/domain/energy.ts';
import { Lpm01aHost, readAscii, scoreSetup } from './monitor-host.ts';

const rigs: CalibrationRig[] = [];
afterEach(() => {
  for (const rig of rigs.splice(0)) rig.close();
});

function open(options: Partial<VirtualMonitorOptions> & { hands?: HandsOptions } = {}): CalibrationRig {
  const rig = openCalibrationRig({ kind: 'lpm01a', seed: 1, noise: { relative: 0, absoluteA: 0 }, ...options });
  rigs.push(rig);
  return rig;
}

async function powered(rig: CalibrationRig, voltage = '3000m'): Promise<Lpm01aHost> {
  const host = new Lpm01aHost(rig, rig.openMonitorStream());
  await host.commands(
    ...scoreSetup(voltage).map((text) => text.replace('energy', 'current')),
    'pwr on nostatus',
    'start',
  );
  return host;
}

async function meanOf(rig: CalibrationRig, host: Lpm01aHost, seconds: number): Promise<number> {
  const from = readAscii(host.text).samples.length;
  await new Promise<void>((resolve) => void rig.clock.setTimer(seconds, resolve));
  const samples = readAscii(host.text).samples.slice(from + 2);
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}

describe('calibration of an emulated monitor', () => {
  it('reads a resistor as V / R, the meter beside it', async () => {
    const rig = open({ errors: { voltage: 0.005, sourceOhm: 0.2 } });
    const host = await powered(rig);
    await rig.hands.connect({ nominalOhm: 300 });
    const voltageV = await rig.hands.readVoltageV();
    // 3.015 V through 0.2 ohm into 300 ohm with 10 Mohm beside it.
    const parallel = 1 / (1 / 300 + 1e-7);
    expect(voltageV).toBeCloseTo((3.015 * parallel) / (parallel + 0.2), 4);
    expect(await meanOf(rig, host, 1)).toBeCloseTo(3.015 / (parallel + 0.2), 5);
  });

  it('recovers gain and offset from two loads', async () => {
    const rig = open({ errors: { ranges: [{ gain: 0.012, offsetA: 3e-6, nonlinearity: 0 }] } });
    const host = await powered(rig);
    const readings: { trueA: number; readA: number }[] = [];
    for (const nominalOhm of [10_000, 300, 100]) {
      await rig.hands.connect({ nominalOhm });
      const voltageV = await rig.hands.readVoltageV();
      readings.push({ trueA: voltageV / nominalOhm + voltageV / 10e6, readA: await meanOf(rig, host, 0.5) });
    }
    const [low, , high] = readings;
    if (!low || !high) throw new Error('three loads give three readings');
    const slope = (high.readA - low.readA) / (high.trueA - low.trueA);
    expect(slope).toBeCloseTo(1.012, 3);
    expect(low.readA - slope * low.trueA).toBeCloseTo(3e-6, 7);
  });

  it('shows a meter with a gain error, digits and an input resistance that loads the supply', async () => {
    const rig = open({ errors: { sourceOhm: 1e6 }, hands: { dmm: { gainError: 2e-3, digitV: 1e-3, inputOhm: 1e6 } } });
    await powered(rig);
    await rig.hands.connect({ nominalOhm: null });
    expect(await rig.hands.readVoltageV()).toBeCloseTo(1.503, 9);
  });

  it('draws resistors within their tolerance, the same one twice', () => {
    const { hands } = open({ hands: { toleranceRel: 0.01, seed: 4 } });
    const drawn = [100, 150, 300, 470, 1000].map((ohm) => hands.trueOhm(ohm) / ohm - 1);
    expect(drawn.every((error) => Math.abs(error) <= 0.01)).toBe(true);
    expect(new Set(drawn).size).toBe(5);
    expect(hands.trueOhm(100)).toBe(hands.trueOhm(100));
  });

  it.each([
    ['swappedResistor', 2 / 3],
    ['factor10', 0.1],
    ['openLead', 0],
    ['dutConnected', 1 + 1.2e-3 / 10e-3],
  ] as const)('plays the mistake %s', async (kind, factor) => {
    const rig = open({ hands: { mistakes: [{ load: 2, kind }] } });
    const host = await powered(rig);
    await rig.hands.connect({ nominalOhm: 300 });
    expect(await meanOf(rig, host, 0.3)).toBeCloseTo(10e-3, 5);
    await rig.hands.connect({ nominalOhm: 300 });
    expect((await meanOf(rig, host, 0.3)) / 10e-3).toBeCloseTo(factor, 3);
    await rig.hands.connect({ nominalOhm: 300 });
    expect(await meanOf(rig, host, 0.3)).toBeCloseTo(10e-3, 5);
  });

  it('plays contacts that settle, resistors that warm up, and millivolts', async () => {
    const mistakes = [
      { load: 1, kind: 'missingSettle' },
      { load: 2, kind: 'warmResistor' },
      { load: 3, kind: 'millivolts' },
    ] as const;
    const rig = open({ hands: { mistakes, tempcoPerK: 100e-6 } });
    const host = await powered(rig);
    await rig.hands.connect({ nominalOhm: 300 });
    expect(await meanOf(rig, host, 0.4)).toBeGreaterThan(10.9e-3);
    await meanOf(rig, host, 4);
    expect(await meanOf(rig, host, 0.4)).toBeCloseTo(10e-3, 6);
    await rig.hands.connect({ nominalOhm: 300 });
    const cold = await meanOf(rig, host, 0.4);
    await meanOf(rig, host, 10);
    expect((await meanOf(rig, host, 0.4)) / cold).toBeCloseTo(1 / 1.006, 3);
    await rig.hands.connect({ nominalOhm: 300 });
    expect(await rig.hands.readVoltageV()).toBeCloseTo(3000, 6);
  });

  it('a short draws what the supply can give', async () => {
    const rig = open({ load: { kind: 'short' } });
    const host = await powered(rig);
    expect(await meanOf(rig, host, 0.2)).toBeCloseTo(50e-3, 12);
    expect(await rig.hands.readVoltageV()).toBe(0);
  });

  it('draws errors from a specification that can be read, ranges of a PPK2 alike', () => {
    for (const kind of ['lpm01a', 'ppk2'] as const) {
      const specification = monitorSpecificationSchema.parse(simulatedSpecification(kind));
      expect(specification.instrument).toContain('SIMULATED');
      let largest = 0;
      for (let seed = 0; seed < 200; seed++) {
        const errors = drawErrors(specification, seed);
        expect(errors).toEqual(drawErrors(specification, seed));
        for (const { range, gain, offsetA } of specification.ranges) {
          expect(Math.abs(errors.ranges[range]?.gain ?? 1)).toBeLessThanOrEqual(gain.half);
          expect(Math.abs(errors.ranges[range]?.offsetA ?? 1)).toBeLessThanOrEqual(offsetA.half);
          largest = Math.max(largest, Math.abs(errors.ranges[range]?.gain ?? 0) / gain.half);
        }
        if (kind === 'ppk2') expect(errors.ranges[2]?.gain).toBe(errors.ranges[3]?.gain);
      }
      expect(largest).toBeGreaterThan(0.9);
    }
  });

  it('has noise of standard deviation 1 from integers', () => {
    const next = gaussian(1);
    let sum = 0;
    let squares = 0;
    const count = 100_000;
    for (let i = 0; i < count; i++) {
      const value = next();
      sum += value;
      squares += value * value;
    }
    expect(Math.abs(sum / count)).toBeLessThan(0.01);
    expect(squares / count).toBeCloseTo(1, 1);
    expect(gaussian(1)()).toBe(gaussian(1)());
  });
});
