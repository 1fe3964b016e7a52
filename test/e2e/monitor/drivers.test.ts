import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/shared/clock/index.ts';
import { sleep } from '../../../src/shared/clock/index.ts';
import { systemClock } from '../../../src/main/bench/index.ts';
import { openLpm01a, openPpk2, type EnergyMonitor, type MonitorEvent } from '../../../src/main/emon/index.ts';
import { openSerial, type ByteStream } from '../../../src/main/transport/index.ts';
import { openCalibrationRig, type CalibrationRig } from '../../../src/main/virtual/index.ts';
import { noPtyReason } from '../../rig/dut/index.ts';
import { openMonitorPty, type RigOptions } from '../../rig/monitor/index.ts';

if (noPtyReason) console.log(`skipped: ${noPtyReason}`);

type Kind = RigOptions['kind'];
interface Opened {
  rig: CalibrationRig;
  monitor: EnergyMonitor;
  clock: Clock;
  unplug(): Promise<void>;
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function driver(kind: Kind, stream: ByteStream, clock: Clock): Promise<EnergyMonitor> {
  const common = { stream, clock, label: stream.label, lockId: 'test', simulated: true };
  return kind === 'lpm01a' ? openLpm01a(common) : openPpk2({ ...common, mode: 'source' });
}

async function inProcess(options: RigOptions): Promise<Opened> {
  const rig = openCalibrationRig(options);
  closers.push(() => Promise.resolve(rig.close()));
  const monitor = await driver(options.kind, rig.openMonitorStream(), rig.clock);
  return { rig, monitor, clock: rig.clock, unplug: () => Promise.reject(new Error('only a terminal has a plug')) };
}

async function onPty(options: RigOptions): Promise<Opened> {
  const pty = await openMonitorPty(options);
  closers.push(() => pty.close());
  const clock = systemClock();
  const stream = await openSerial({ path: pty.path, baud: 115_200, clock, platform: process.platform });
  closers.push(() => stream.close());
  const monitor = await driver(options.kind, stream, clock);
  return { rig: pty.rig, monitor, clock, unplug: () => pty.unplug() };
}

const places = [
  { place: 'in process', open: inProcess, skip: false },
  { place: 'on a pseudo terminal', open: onPty, skip: noPtyReason !== undefined },
] as const;

/** A resistor of 300 ohm at 3.0 V: 10 mA. */
const load = { kind: 'resistor', ohm: 300 } as const;

function meanPowerW(events: readonly MonitorEvent[], quantity: string, rateHz: number): number {
  let sum = 0;
  let count = 0;
  for (const event of events) {
    if (event.kind !== 'samples') continue;
    for (const value of event.values) {
      if (Number.isNaN(value)) continue;
      sum += quantity === 'energy' ? value * rateHz : quantity === 'current' ? value * 3 : value;
      count++;
    }
  }
  return sum / count;
}

for (const { place, open, skip } of places) {
  describe.skipIf(skip)(`drivers and emulators ${place}`, () => {
    describe.each(['lpm01a', 'ppk2'] as const)('%s', (kind) => {
      it('opens with the supply off, powers, measures, sees edges, and leaves a safe state', async () => {
        const { rig, monitor, clock } = await open({ kind, seed: 3, load, noise: { relative: 0.001, absoluteA: 0 } });
        expect(monitor.identity).toMatchObject({ role: 'monitor', simulated: true, triedOnHardware: false });
        expect(rig.monitor.supplyOn).toBe(false);
        await monitor.setVoltage(3);
        await monitor.setPower(true);
        // The PPK2 acknowledges nothing: the bytes are on their way.
        await sleep(clock, 0.1);
        expect(rig.monitor.voltageV).toBe(3);
        expect(rig.monitor.supplyOn).toBe(true);
        expect(rig.load.supplyV).toBeCloseTo(3, 9);

        const events: MonitorEvent[] = [];
        const acquisition = await monitor.start({ purpose: 'score' }, (event) => events.push(event));
        for (let pulse = 0; pulse < 3; pulse++) {
          await sleep(clock, 0.3);
          rig.clock.catchUp();
          rig.monitor.pin(0);
          await sleep(clock, 0.01);
          rig.clock.catchUp();
          rig.monitor.pin(1);
        }
        await sleep(clock, 0.2);
        await acquisition.stop();
        await acquisition.ended;

        expect(events.filter(({ kind: name }) => name === 'loss')).toEqual([]);
        const edges = events.filter((event) => event.kind === 'edge');
        expect(edges).toHaveLength(3);
        const power = meanPowerW(
          events.slice(events.length > 4 ? 1 : 0),
          acquisition.quantity,
          acquisition.sampleRateHz,
        );
        // PPK2: 10 mA in steps of 47 uA, next to no noise.
        expect(Math.abs(power / 30e-3 - 1)).toBeLessThan(kind === 'ppk2' ? 5e-3 : 1e-3);
        expect(events.at(-1)?.kind).toBe('end');

        await monitor.safe();
        expect(rig.monitor.supplyOn).toBe(false);
        await monitor.close();
      });

      it('switches the supply off whatever it is doing', async () => {
        const { rig, monitor, clock } = await open({ kind, seed: 3, load });
        await monitor.setVoltage(3);
        await monitor.setPower(true);
        const acquisition = await monitor.start({ purpose: 'score' }, () => undefined);
        acquisition.ended.catch(() => undefined);
        await sleep(clock, 0.2);
        await monitor.close();
        expect(rig.monitor.supplyOn).toBe(false);
        expect(rig.load.supplyV).toBe(0);
      });

      it('opens an instrument that streams for a program that was killed', async () => {
        const { rig, monitor, clock } = await open({ kind, seed: 3, load, faults: { staleStream: true } });
        expect(rig.monitor.supplyOn).toBe(false);
        await monitor.setVoltage(3);
        await monitor.setPower(true);
        await sleep(clock, 0.1);
        expect(rig.monitor.supplyOn).toBe(true);
        await monitor.close();
      });

      it('measures a waveform at its finest', async () => {
        const { monitor, clock } = await open({ kind, seed: 3, load, noise: { relative: 0.001, absoluteA: 0 } });
        await monitor.setVoltage(3);
        await monitor.setPower(true);
        const events: MonitorEvent[] = [];
        const acquisition = await monitor.start({ purpose: 'waveform' }, (event) => events.push(event));
        await sleep(clock, 0.5);
        await acquisition.stop();
        const power = meanPowerW(events, acquisition.quantity, acquisition.sampleRateHz);
        expect(acquisition.sampleRateHz).toBe(100_000);
        expect(Math.abs(power / 30e-3 - 1)).toBeLessThan(5e-3);
        await monitor.close();
      });
    });
  });
}

describe.skipIf(noPtyReason)('a pseudo terminal whose plug is pulled', () => {
  it.each(['lpm01a', 'ppk2'] as const)('ends the acquisition of the %s with a fault', async (kind) => {
    const { monitor, clock, unplug } = await onPty({ kind, seed: 3, load });
    await monitor.setVoltage(3);
    await monitor.setPower(true);
    const acquisition = await monitor.start({ purpose: 'score' }, () => undefined);
    const ended = expect(acquisition.ended).rejects.toMatchObject({
      code: expect.stringMatching(/^(emon|transport)\./) as string,
    });
    await sleep(clock, 0.2);
    await unplug();
    await ended;
    await monitor.close();
  });
});
