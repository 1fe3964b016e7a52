import { describe, expect, it } from 'vitest';
import { Ppk2Emulator } from '../../../src/main/virtual/monitor/index.ts';
import { sleep } from '../../../src/shared/clock/index.ts';
import type { MonitorPort } from '../../rig/monitor/index.ts';
import { eventually, Heard, kindOf, onPty, openDriver } from './bench.ts';
import type { Kind, Place, Use } from './bench.ts';
import { load, useBenches } from './benches.ts';

const otherKind = { lpm01a: 'ppk2', ppk2: 'lpm01a' } as const;

/** The second port of a PPK2. */
const shellPort: MonitorPort = ({ monitor }) => {
  if (!(monitor instanceof Ppk2Emulator)) throw new Error('only a PPK2 has a shell');
  return monitor.openShell();
};

/** The system's poller misses a hang-up now and then; then the silence tells it, a second or two later. */
const gone = expect.stringMatching(/^emon\.stream(Lost|Stalled)$/) as string;

/** What every driver has to live through. */
export function describeMishaps(use: Use, placeName: string, place: Place): void {
  const { put, open, measuring } = useBenches(use, place);
  const kind = kindOf(use);

  describe(`the ${use} ${placeName}`, () => {
    it('reports what was lost, and keeps the time', async () => {
      // A block of ticks; of a PPK2 what its counter of 6 bits tells at once.
      const count = kind === 'lpm01a' ? 1000 : 40;
      const { heard, acquisition, rig, clock } = await measuring({
        faults: { lostSamples: [{ afterEdge: 1, count }] },
      });
      rig.clock.catchUp();
      rig.monitor.pin(0);
      rig.clock.at(rig.clock.nowNs() + 1e6, () => rig.monitor.pin(1));
      await eventually(clock, () => heard.of('loss').length > 0);
      await sleep(clock, 0.2);
      await acquisition.stop();
      const losses = heard.of('loss');
      expect(losses.map(({ count: lost }) => lost)).toEqual([count]);
      expect(heard.gaps).toBe(count);
      // Blocks follow one another without a hole in their numbers.
      let next = 0;
      for (const { firstIndex, values } of heard.of('samples')) {
        expect(firstIndex).toBe(next);
        next += values.length;
      }
    });

    it('that falls silent ends the acquisition, and its supply still goes off', async () => {
      const { rig, monitor, heard, acquisition, clock } = await measuring({ faults: { silence: { afterEdge: 1 } } });
      const ended = expect(acquisition.ended).rejects.toMatchObject({ code: 'emon.streamStalled' });
      rig.clock.catchUp();
      rig.monitor.pin(0);
      await ended;
      expect(heard.events.at(-1)).toMatchObject({ kind: 'end', reason: 'aborted' });
      expect(heard.samples).toBeGreaterThan(0);
      await monitor.safe();
      await eventually(clock, () => !rig.monitor.supplyOn);
      expect(rig.monitor.supplyOn).toBe(false);
      await monitor.close();
    });

    it('whose plug is pulled ends the acquisition, refuses what follows, and closes', async () => {
      const { rig, monitor, heard, acquisition } = await measuring({ faults: { unplug: { afterEdge: 1 } } });
      const ended = expect(acquisition.ended).rejects.toMatchObject({ code: gone });
      rig.clock.catchUp();
      rig.monitor.pin(0);
      await ended;
      expect(heard.events.at(-1)).toMatchObject({ kind: 'end', reason: 'aborted' });
      expect(rig.monitor.supplyOn).toBe(false);
      await expect(monitor.setVoltage(2)).rejects.toMatchObject({ code: 'emon.streamLost' });
      await expect(monitor.start({ purpose: 'score' }, () => undefined)).rejects.toMatchObject({
        code: 'emon.streamLost',
      });
      await monitor.safe();
      await monitor.close();
    });

    it('that streams for a program that was killed is taken over with its supply off', async () => {
      const { rig, monitor, clock } = await open({ faults: { staleStream: true } });
      expect(rig.monitor.supplyOn).toBe(false);
      await monitor.setVoltage(3);
      await monitor.setPower(true);
      const heard = new Heard();
      const acquisition = await monitor.start({ purpose: 'score' }, heard.listen);
      await eventually(clock, () => heard.samples > 0.2 * acquisition.sampleRateHz);
      await acquisition.stop();
      expect(heard.of('loss')).toEqual([]);
      expect(heard.of('samples')[0]?.firstIndex).toBe(0);
    });

    it('is not taken for something else', async () => {
      const impostors = [put({ kind: otherKind[kind] }), ...(kind === 'ppk2' ? [put({}, shellPort)] : [])];
      const refused = impostors.map(async (putting) => {
        const { rig, stream, clock } = await putting;
        await expect(openDriver(use, stream, clock)).rejects.toMatchObject({
          code: expect.stringMatching(/^emon\.(notThisMonitor|silent)$/) as string,
        });
        expect(rig.monitor.supplyOn).toBe(false);
      });
      await Promise.all(refused);
    });

    if (kind === 'lpm01a') {
      it('is refused with a firmware before 1.0.6', async () => {
        const bench = await put({ faults: { oldFirmware: true } });
        await expect(openDriver(kind, bench.stream, bench.clock)).rejects.toMatchObject({
          code: 'emon.firmwareTooOld',
          facts: { found: '1.0.5', needed: '1.0.6' },
        });
        expect(bench.rig.monitor.supplyOn).toBe(false);
      });
    } else {
      it('is read with the metadata of an older firmware, and behind rubbish', async () => {
        for (const faults of [{ oldFirmware: true }, { metadata: 'garbageBefore' } as const]) {
          const { monitor } = await open({ faults });
          expect(monitor.constantsSha256).toMatch(/^[0-9a-f]{64}$/);
        }
      });

      it('needs a voltage before it gives power', async () => {
        const { rig, monitor } = await open();
        await expect(monitor.setPower(true)).rejects.toMatchObject({ code: 'emon.voltageNeeded' });
        expect(monitor.powered).toBe(false);
        expect(rig.monitor.supplyOn).toBe(false);
      });
    }
  });
}

/** The cable between a computer and its terminal, pulled while the instrument knows nothing of it. */
export function describePulledTerminal(kind: Kind): void {
  it(`a terminal that is gone ends the acquisition of the ${kind} with a fault`, async () => {
    const bench = await onPty({ kind, seed: 3, load });
    try {
      const { rig, clock, stream } = bench;
      const monitor = await openDriver(kind, stream, clock);
      await monitor.setVoltage(3);
      await monitor.setPower(true);
      const heard = new Heard();
      const acquisition = await monitor.start({ purpose: 'score' }, heard.listen);
      const ended = expect(acquisition.ended).rejects.toMatchObject({ code: gone });
      await eventually(clock, () => heard.samples > 0);
      await bench.unplug();
      await ended;
      expect(heard.events.at(-1)).toMatchObject({ kind: 'end', reason: 'aborted' });
      await monitor.close();
      if (kind === 'lpm01a') return;
      // It notices by itself that nobody listens any more.
      await eventually(clock, () => !rig.monitor.supplyOn, 2);
      expect(rig.monitor.supplyOn).toBe(false);
    } finally {
      await bench.close();
    }
  });
}
