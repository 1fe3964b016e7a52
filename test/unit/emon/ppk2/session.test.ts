import { beforeEach, describe, expect, it } from 'vitest';
import type { EnergyMonitor, MonitorEvent } from '../../../../src/main/emon/index.ts';
import { FakePpk2, faultOf, goodMetadata } from './fake-ppk2.ts';
import { gather } from './stream.ts';

let ppk2: FakePpk2;
beforeEach(() => {
  ppk2 = new FakePpk2();
});

async function opened(options: Parameters<FakePpk2['open']>[0] = {}): Promise<EnergyMonitor> {
  const monitor = await ppk2.clock.until(ppk2.open(options));
  ppk2.sent = [];
  return monitor;
}

describe('opening a PPK2', () => {
  it('stops it, switches it off, reads the calibration and selects the mode', async () => {
    ppk2.metadataChunk = 7;
    const monitor = await ppk2.clock.until(ppk2.open());
    expect(ppk2.takeSent()).toBe('070c00191102');
    expect(monitor).toMatchObject({ serial: '', voltageV: null, powered: false });
    expect(monitor.kind).toMatchObject({ kind: 'ppk2', acceptance: 'exploration', powersDut: true });
    expect(monitor.identity).toMatchObject({ role: 'monitor', kind: 'ppk2', simulated: true, triedOnHardware: false });
    expect(monitor.constantsSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Buffer.from(monitor.panic.bytes).toString('hex')).toBe('0c0007');
    const ampere = new FakePpk2();
    const other = await ampere.clock.until(ampere.open({ mode: 'ampere', path: 'COM7' }));
    expect(ampere.takeSent()).toBe('070c00191101');
    expect(other.kind.powersDut).toBe(false);
    expect(other.panic.path).toBe('COM7');
    expect(other.constantsSha256).toBe(monitor.constantsSha256);
  });

  it('tells other constants by another hash', async () => {
    const one = await opened();
    ppk2 = new FakePpk2();
    ppk2.metadata = goodMetadata.replace('R2: 10', 'R2: 10.01');
    expect((await opened()).constantsSha256).not.toBe(one.constantsSha256);
  });

  it('waits until a stream of an earlier program has ended', async () => {
    const opening = ppk2.open();
    let done = false;
    void opening.then(() => (done = true));
    for (let index = 0; index < 20; index += 1) {
      ppk2.burst();
      await ppk2.clock.advance(0.05);
    }
    expect(ppk2.takeSent()).toBe('070c00');
    expect(done).toBe(false);
    await ppk2.clock.until(opening);
    expect(ppk2.takeSent()).toBe('191102');
  });

  it('asks again when the first answer is cut short', async () => {
    ppk2.metadata = goodMetadata.slice(0, 60);
    const opening = ppk2.open();
    await ppk2.clock.advance(1.5);
    ppk2.metadata = `junk\x00\xff\n${goodMetadata}`;
    await ppk2.clock.until(opening);
    expect(ppk2.takeSent()).toBe('070c0019191102');
  });

  it('is refused by the shell port, by a silent port, and by one that has gone', async () => {
    ppk2.metadata = 'shell:~$ ';
    const shell = await faultOf(ppk2.clock, ppk2.open());
    expect(shell).toMatchObject({
      code: 'emon.notThisMonitor',
      facts: { expected: 'PPK2', instrument: 'PPK2 on TEST' },
    });
    expect((shell.facts as { found: string }).found).toMatch(/^shell:~\$/);
    ppk2 = new FakePpk2();
    ppk2.metadata = undefined;
    expect(await faultOf(ppk2.clock, ppk2.open())).toMatchObject({ code: 'emon.silent', facts: { waitedS: 6 } });
    ppk2 = new FakePpk2();
    const opening = ppk2.open();
    await ppk2.far.close();
    expect(await faultOf(ppk2.clock, opening)).toMatchObject({ code: 'emon.streamLost' });
  });

  it('obeys its signal', async () => {
    ppk2.metadata = undefined;
    const abort = new AbortController();
    const opening = ppk2.open({ signal: abort.signal });
    await ppk2.clock.advance(1);
    abort.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
    expect(ppk2.clock.pending).toBe(0);
  });
});

describe('the supply of a PPK2', () => {
  it('is set in millivolts and only then switched', async () => {
    const monitor = await opened();
    expect(await faultOf(ppk2.clock, monitor.setPower(true))).toMatchObject({ code: 'emon.voltageNeeded' });
    await ppk2.clock.until(monitor.setVoltage(1.8));
    await ppk2.clock.until(monitor.setPower(true));
    expect(ppk2.takeSent()).toBe('0d07080c01');
    expect(monitor).toMatchObject({ voltageV: 1.8, powered: true });
    await ppk2.clock.until(monitor.setPower(false));
    expect(ppk2.takeSent()).toBe('0c00');
    expect(monitor.powered).toBe(false);
  });

  it.each([0.7994, 5.0006, Number.NaN, -1, Infinity])('refuses %d V', async (voltageV) => {
    const monitor = await opened();
    expect(await faultOf(ppk2.clock, monitor.setVoltage(voltageV))).toMatchObject({ code: 'emon.badSetting' });
    expect(ppk2.takeSent()).toBe('');
    expect(monitor.voltageV).toBeNull();
  });

  it('goes off with safe and close, in any state', async () => {
    const monitor = await opened();
    await ppk2.clock.until(monitor.setVoltage(3));
    await ppk2.clock.until(monitor.setPower(true));
    ppk2.sent = [];
    await ppk2.clock.until(monitor.safe());
    expect(ppk2.takeSent()).toBe('0c0007');
    expect(monitor.powered).toBe(false);
    await ppk2.clock.until(monitor.setPower(true));
    const acquisition = await ppk2.clock.until(monitor.start({ purpose: 'score' }, () => undefined));
    ppk2.sent = [];
    await ppk2.clock.until(monitor.close());
    expect(ppk2.takeSent()).toBe('0c0007');
    await acquisition.ended;
    await monitor.close();
    expect(await faultOf(ppk2.clock, monitor.setPower(true))).toMatchObject({ code: 'transport.closed' });
    expect(ppk2.clock.pending).toBe(0);
  });

  it('does not wait longer than 2 s for an instrument that takes no bytes', async () => {
    const monitor = await opened();
    ppk2.host.write = () => new Promise(() => undefined);
    const startS = ppk2.clock.nowS();
    await ppk2.clock.until(monitor.close());
    expect(ppk2.clock.nowS() - startS).toBeLessThanOrEqual(2);
  });

  it('has no reading of its own', async () => {
    const monitor = await opened();
    expect(await monitor.readVoltage()).toBeNull();
    expect(await monitor.readTemperature()).toBeNull();
    expect(await monitor.selfTest()).toBeNull();
    expect(await monitor.selfCalibrate()).toBeNull();
  });
});

describe('measuring with a PPK2', () => {
  async function started(
    profile = {},
    options = {},
  ): Promise<{
    monitor: EnergyMonitor;
    events: MonitorEvent[];
    acquisition: Awaited<ReturnType<EnergyMonitor['start']>>;
  }> {
    const monitor = await opened(options);
    await ppk2.clock.until(monitor.setVoltage(3));
    ppk2.sent = [];
    const events: MonitorEvent[] = [];
    const start = monitor.start({ purpose: 'score', ...profile }, (event) => events.push(event));
    return { monitor, events, acquisition: await ppk2.clock.until(start) };
  }

  it('delivers samples, marks and the end, with what comes after the stop command', async () => {
    ppk2.late = 2;
    const { events, acquisition, monitor } = await started();
    expect(acquisition).toMatchObject({
      quantity: 'current',
      sampleRateHz: 100_000,
      filter: 'spike',
      edgeResolutionS: 1e-5,
    });
    ppk2.logic = 1;
    await ppk2.run(0.05);
    ppk2.logic = 0;
    await ppk2.run(0.05);
    await ppk2.clock.until(acquisition.stop());
    await acquisition.ended;
    expect(ppk2.takeSent()).toBe('0607');
    const { values, raw, others } = gather(events);
    expect(values).toHaveLength(22 * 512);
    expect(new Set(values)).toEqual(new Set([Math.fround(9e-3)]));
    expect(raw).toEqual(values);
    expect(others).toEqual([
      { kind: 'edge', channel: 0, level: 'fall', sampleIndex: 10 * 512, resolutionS: 1e-5 },
      { kind: 'end', sampleIndex: 22 * 512, reason: 'stopped' },
    ]);
    expect(ppk2.clock.pending).toBe(0);
    await acquisition.stop();
    const again = await ppk2.clock.until(monitor.start({ purpose: 'score', spikeFilter: false }, () => undefined));
    expect(again.filter).toBe('none');
  });

  it('is one at a time', async () => {
    const { monitor } = await started();
    const second = monitor.start({ purpose: 'score' }, () => undefined);
    expect(await faultOf(ppk2.clock, second)).toMatchObject({ code: 'emon.busy' });
  });

  it('tells what the instrument itself says about its calibration', async () => {
    ppk2.metadata = goodMetadata.replace('Calibrated: 1', 'Calibrated: 0').replace('IA: 56', 'UG3: 1.3');
    const { events } = await started();
    expect(events).toEqual([
      { kind: 'status', sampleIndex: 0, text: 'Calibrated: 0' },
      { kind: 'status', sampleIndex: 0, text: 'UG3: 1.3' },
    ]);
  });

  it('reports a lost block of 512, which leaves no trace in the counter', async () => {
    const { events, acquisition } = await started();
    await ppk2.run(4);
    ppk2.skip(512);
    await ppk2.clock.advance(512 / 100_000);
    await ppk2.run(4);
    await ppk2.clock.until(acquisition.stop());
    const losses = gather(events).others.filter((event) => event.kind === 'loss');
    expect(losses).toMatchObject([{ cause: 'clock', exact: false }]);
    expect(Math.abs((losses[0]?.count ?? 0) - 512)).toBeLessThan(30);
  });

  it('ends with a fault when no samples come for a second', async () => {
    const { events, acquisition, monitor } = await started();
    await ppk2.run(0.3);
    ppk2.streaming = false;
    expect(await faultOf(ppk2.clock, acquisition.ended)).toMatchObject({
      code: 'emon.streamStalled',
      facts: { instrument: 'PPK2 on TEST', silentS: 1 },
    });
    expect(events.at(-1)).toMatchObject({ kind: 'end', reason: 'aborted' });
    expect(gather(events).values.length).toBe(59 * 512);
    // It can be tried again.
    await ppk2.clock.until(monitor.start({ purpose: 'score' }, () => undefined));
  });

  it('counts junk as silence', async () => {
    const { acquisition } = await started();
    ppk2.streaming = false;
    for (let index = 0; index < 20; index += 1) {
      await ppk2.clock.advance(0.06);
      void ppk2.far.write(new Uint8Array(100));
    }
    await expect(acquisition.ended).rejects.toMatchObject({ code: 'emon.streamStalled' });
  });

  it('ends with a fault when the instrument is unplugged, and keeps what came', async () => {
    const { events, acquisition, monitor } = await started();
    await ppk2.run(0.1);
    await ppk2.far.close();
    expect(await faultOf(ppk2.clock, acquisition.ended)).toMatchObject({ code: 'emon.streamLost' });
    expect(gather(events).values.length).toBe(20 * 512);
    await ppk2.clock.until(acquisition.stop());
    expect(await faultOf(ppk2.clock, monitor.setPower(false))).toMatchObject({ code: 'emon.streamLost' });
    await ppk2.clock.until(monitor.close());
    expect(ppk2.clock.pending).toBe(0);
  });

  it('uses the voltage that is set while it measures', async () => {
    ppk2.metadata = goodMetadata.replace('IA: 56', 'S2: 0.001');
    const { events, acquisition, monitor } = await started({ spikeFilter: false });
    await ppk2.run(0.006);
    await ppk2.clock.until(monitor.setVoltage(2));
    await ppk2.run(0.006);
    await ppk2.clock.until(acquisition.stop());
    const { values } = gather(events);
    expect(values[0]).toBeCloseTo(0.012, 6);
    expect(values.at(-1)).toBeCloseTo(0.011, 6);
  });
});
