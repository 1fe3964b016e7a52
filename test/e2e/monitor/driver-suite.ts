import { describe, expect, it } from 'vitest';
import { sleep } from '../../../src/shared/clock/index.ts';
import { eventually, Heard, kindOf } from './bench.ts';
import type { Place, Use } from './bench.ts';
import { pulses, useBenches } from './benches.ts';

/** What every driver has to do with its instrument, wherever the two meet. */
export function describeDriver(use: Use, placeName: string, place: Place): void {
  const { open, powered, measuring } = useBenches(use, place);
  const kind = kindOf(use);

  describe(`the ${use} ${placeName}`, () => {
    it('says who it is, and has its supply off when it is opened', async () => {
      const { rig, monitor, clock } = await open();
      expect(monitor.identity).toMatchObject({ role: 'monitor', kind, simulated: true, triedOnHardware: false });
      expect(monitor.kind.kind).toBe(kind);
      if (kind === 'lpm01a') {
        expect(monitor.serial).toBe(rig.monitor.serial);
        expect(monitor.firmwareVersion).toBe(rig.monitor.firmwareVersion);
        expect(monitor.constantsSha256).toBeNull();
      } else {
        expect(monitor.constantsSha256).toMatch(/^[0-9a-f]{64}$/);
        // It is told whether to supply the DUT or to sit in the line of another supply.
        await eventually(clock, () => rig.monitor.commands.some((command) => command.startsWith('11')));
        expect(rig.monitor.commands.filter((command) => command.startsWith('11'))).toEqual([
          use === 'ppk2' ? '1102' : '1101',
        ]);
      }
      expect(monitor.kind.powersDut).toBe(use !== 'ppk2-ampere');
      expect(monitor.powered).toBe(false);
      expect(monitor.voltageV).toBeNull();
      expect(rig.monitor.supplyOn).toBe(false);
      expect(monitor.panic.bytes.length).toBeGreaterThan(0);
    });

    it('sets a voltage, and refuses one that it cannot give without touching the supply', async () => {
      const { rig, monitor, clock } = await open();
      const { min, max } = monitor.kind.voltageV;
      for (const voltageV of [min, 2.345, max]) {
        await monitor.setVoltage(voltageV);
        await eventually(clock, () => Math.abs(rig.monitor.voltageV - voltageV) < 1e-6);
        expect(rig.monitor.voltageV).toBeCloseTo(voltageV, 6);
        expect(monitor.voltageV).toBeCloseTo(voltageV, 6);
      }
      const commands = rig.monitor.commands.length;
      for (const voltageV of [min - 0.01, max + 0.01, 0, -3, Number.NaN, Number.POSITIVE_INFINITY]) {
        await expect(monitor.setVoltage(voltageV)).rejects.toMatchObject({
          code: 'emon.badSetting',
          facts: { setting: 'voltage' },
        });
      }
      expect(rig.monitor.commands).toHaveLength(commands);
      expect(monitor.voltageV).toBeCloseTo(max, 6);
      expect(rig.monitor.supplyOn).toBe(false);
    });

    it('switches the supply on and off', async () => {
      const { rig, monitor, clock } = await powered();
      for (const on of [true, false, true, false]) {
        await monitor.setPower(on);
        expect(monitor.powered).toBe(on);
        await eventually(clock, () => rig.monitor.supplyOn === on);
        expect(rig.monitor.supplyOn).toBe(on);
        expect(rig.load.supplyV).toBeCloseTo(on ? 3 : 0, 9);
      }
    });

    it('measures what the load takes, starts again, and is asked once at a time', async () => {
      const { rig, monitor, clock } = await powered();
      for (const ohm of [300, 150]) {
        rig.clock.catchUp();
        rig.load.connect(rig.clock.nowNs(), { kind: 'resistor', ohm });
        const heard = new Heard();
        const acquisition = await monitor.start({ purpose: 'score' }, heard.listen);
        expect(acquisition).toMatchObject({
          quantity: monitor.kind.score.quantity,
          sampleRateHz: monitor.kind.score.sampleRateHz,
          filter: monitor.kind.score.filter,
        });
        await expect(monitor.start({ purpose: 'score' }, () => undefined)).rejects.toMatchObject({ code: 'emon.busy' });
        await eventually(clock, () => heard.samples > 0.4 * acquisition.sampleRateHz);
        await Promise.all([acquisition.stop(), acquisition.stop()]);
        await acquisition.ended;
        expect(heard.of('samples')[0]?.firstIndex).toBe(0);
        expect(heard.of('loss')).toEqual([]);
        expect(heard.events.at(-1)).toMatchObject({ kind: 'end', reason: 'stopped', sampleIndex: heard.samples });
        // Of every sample the emulator says where it lay, so the whole of them has an exact truth.
        const grid = rig.monitor.grid ?? { startNs: NaN, binNs: NaN };
        const { energyJ, chargeC } = rig.load.timeline.between(grid.startNs, grid.startNs + heard.samples * grid.binNs);
        const truth = acquisition.quantity === 'energy' ? energyJ : chargeC * acquisition.sampleRateHz;
        // 1 % of noise on each sample; the PPK2 begins in its lowest range.
        expect(Math.abs(heard.sum / truth - 1)).toBeLessThan(2e-3);
        const quiet = heard.events.length;
        await sleep(clock, 0.15);
        expect(heard.events).toHaveLength(quiet);
      }
    });

    it('sees each pulse that is long enough, at its sample', async () => {
      const bench = await measuring();
      const { rig, monitor, acquisition, heard } = bench;
      // As short as it is said to see; marks this far apart are no bounces.
      const times = await pulses(bench, 5, 0.04, monitor.kind.shortestPulseS);
      await acquisition.stop();
      const edges = heard.of('edge');
      expect(edges.map(({ level }) => level)).toEqual(Array.from({ length: 5 }, () => 'fall'));
      const grid = rig.monitor.grid ?? { startNs: NaN, binNs: NaN };
      edges.forEach(({ sampleIndex, resolutionS }, number) => {
        expect(resolutionS).toBeCloseTo(monitor.kind.score.edgeResolutionS, 9);
        // Samples that were over before the edge.
        const before = ((times[number] ?? NaN) - grid.startNs) / grid.binNs;
        expect(Math.abs(sampleIndex - before)).toBeLessThanOrEqual(1.001);
      });
    });

    it('is safe from every state', async () => {
      const { rig, monitor, clock } = await powered();
      const off = async (what: string): Promise<void> => {
        await Promise.all([monitor.safe(), monitor.safe()]);
        await eventually(clock, () => !rig.monitor.supplyOn);
        expect([what, rig.monitor.supplyOn, monitor.powered]).toEqual([what, false, false]);
      };
      const on = async (): Promise<void> => {
        await monitor.setPower(true);
        await eventually(clock, () => rig.monitor.supplyOn);
        expect(rig.monitor.supplyOn).toBe(true);
      };
      await off('powered');
      await off('off already');
      await on();
      const heard = new Heard();
      const acquisition = await monitor.start({ purpose: 'score' }, heard.listen);
      await eventually(clock, () => heard.samples > 0);
      await off('measuring');
      await acquisition.ended;
      expect(heard.events.at(-1)).toMatchObject({ kind: 'end', reason: 'stopped' });
      await on();
      const starting = monitor
        .start({ purpose: 'score' }, () => undefined)
        .then(
          ({ ended }) => ended,
          () => undefined,
        );
      await off('starting');
      await starting.catch(() => undefined);
      await on();
      const stopping = (await monitor.start({ purpose: 'score' }, () => undefined)).stop().catch(() => undefined);
      await off('stopping');
      await stopping;
      // And it is no dead end.
      await on();
      await off('at last');
    });

    it('is closed with the supply off, also while it measures, and only once', async () => {
      const { rig, monitor, acquisition, stream, clock } = await measuring();
      acquisition.ended.catch(() => undefined);
      let closed = false;
      stream.onClose(() => (closed = true));
      await Promise.all([monitor.close(), monitor.close()]);
      await eventually(clock, () => !rig.monitor.supplyOn);
      expect(rig.monitor.supplyOn).toBe(false);
      expect(rig.load.supplyV).toBe(0);
      expect(closed).toBe(true);
      await expect(monitor.setPower(true)).rejects.toMatchObject({
        code: expect.stringMatching(/^(emon|transport)\./) as string,
      });
    });

    it('obeys the signal of whoever waits, and goes on', async () => {
      const { rig, monitor, clock } = await powered();
      const reason = new Error('enough');
      const aborted = AbortSignal.abort(reason);
      await expect(monitor.setVoltage(2, aborted)).rejects.toBe(reason);
      await expect(monitor.start({ purpose: 'score' }, () => undefined, aborted)).rejects.toBe(reason);
      const heard = new Heard();
      const acquisition = await monitor.start({ purpose: 'score' }, heard.listen);
      await eventually(clock, () => heard.samples > 0);
      await acquisition.stop();
      expect(rig.monitor.voltageV).toBe(3);
    });

    it('answers what it is asked about itself', async () => {
      const { monitor } = await powered({ errors: { voltage: 0.004 } });
      if (kind === 'ppk2') {
        expect(await monitor.readVoltage()).toBeNull();
        expect(await monitor.readTemperature()).toBeNull();
        expect(await monitor.selfTest()).toBeNull();
        expect(await monitor.selfCalibrate()).toBeNull();
        return;
      }
      expect(await monitor.readVoltage()).toBeCloseTo(3.012, 3);
      expect(await monitor.readTemperature()).toBe(28);
      expect(await monitor.selfTest()).toMatchObject({ ok: true });
      expect(await monitor.selfCalibrate()).toMatchObject({ ok: true });
    });

    it('measures a waveform at its finest', async () => {
      const { monitor, rig, clock } = await powered();
      const heard = new Heard();
      const acquisition = await monitor.start({ purpose: 'waveform' }, heard.listen);
      expect(acquisition.sampleRateHz).toBe(100_000);
      await eventually(clock, () => heard.samples > 0.3 * acquisition.sampleRateHz);
      await acquisition.stop();
      const grid = rig.monitor.grid ?? { startNs: NaN, binNs: NaN };
      const { chargeC } = rig.load.timeline.between(grid.startNs, grid.startNs + heard.samples * grid.binNs);
      expect(acquisition.quantity).toBe('current');
      expect(Math.abs(heard.sum / (chargeC * acquisition.sampleRateHz) - 1)).toBeLessThan(2e-3);
    });
  });
}
