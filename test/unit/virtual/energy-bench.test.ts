import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { readPlanImage } from '../../../src/main/model/index.ts';
import {
  planCost,
  type VirtualBench,
  type VirtualBenchOptions,
  type VirtualMonitorOptions,
} from '../../../src/main/virtual/index.ts';
import { Lpm01aHost, readAscii, scoreSetup } from './monitor-host.ts';
import { costTable, demo, openDemoBench, pass, Talk } from './support.ts';

const benches: VirtualBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

async function open(
  monitor: Partial<VirtualMonitorOptions> = {},
  options: Partial<VirtualBenchOptions> = {},
): Promise<VirtualBench> {
  const bench = await openDemoBench({ monitor: { kind: 'lpm01a', seed: 1, ...monitor }, ...options });
  benches.push(bench);
  return bench;
}

const quiet = { relative: 0, absoluteA: 0 };
const input = demo.inputs[0]?.bytes ?? new Uint8Array(0);

/** Monitor set up and streaming, DUT in energy mode, booted. */
async function measuring(bench: VirtualBench): Promise<{ host: Lpm01aHost; talk: Talk }> {
  const host = new Lpm01aHost(bench, await bench.openMonitorStream());
  const talk = new Talk(bench, await bench.openDut(undefined, { timestampMode: 'energy' }));
  await host.commands(...scoreSetup(), 'start', 'pwr on nostatus');
  await talk.ready('boot block');
  return { host, talk };
}

async function stop(host: Lpm01aHost): Promise<void> {
  await host.command('pwr off');
  await host.command('stop');
  await host.until(/Acquisition completed/);
}

describe('the virtual bench with an LPM01A', () => {
  it('leaves the DUT without power until the monitor switches it on', async () => {
    const bench = await open();
    const host = new Lpm01aHost(bench, await bench.openMonitorStream());
    const talk = new Talk(bench, await bench.openDut(undefined, { timestampMode: 'energy' }));
    await talk.stream.write(Buffer.from('name%'));
    await pass(bench, 2);
    expect(talk.take()).toBe('');
    expect(bench.monitor?.supplyOn).toBe(false);
    await host.commands('htc', 'volt 1800m', 'pwr on nostatus');
    expect(bench.monitor?.supplyOn).toBe(true);
    expect(bench.monitor?.voltageV).toBe(1.8);
    expect(await talk.ready('boot block')).toBe('m-timestamp-mode-energy\r\nm-init-done\r\nm-ready\r\n');
    await host.command('pwr off');
    await talk.stream.write(Buffer.from('name%'));
    await pass(bench, 2);
    expect(talk.take()).toBe('');
    expect(talk.ended).toBeUndefined();
    await host.command('pwr on nostatus');
    expect(await talk.ready('boot block')).toContain('m-init-done');
  });

  it('says what a window costs: the sum of its samples is the closed-form truth', async () => {
    const bench = await open({ noise: quiet });
    const { host, talk } = await measuring(bench);
    await talk.load(input);
    await talk.command('infer 40 1');
    await stop(host);

    const edges = bench.timestampEdgesS();
    // One at boot, two of the window.
    expect(edges).toHaveLength(3);
    const [, fromS = 0, toS = 0] = edges;
    const truth = bench.energyTruth(fromS, toS);
    const trace = readAscii(host.text);
    expect(trace.events).toHaveLength(3);
    expect(trace.sequence).toEqual(['00', '01', '02']);

    // By hand: 40 inferences and the pulse's 1 ms, all at 9.8 mA and 3.0 V; nothing is printed inside in energy mode.
    const cost = planCost(demo.image, readPlanImage(demo.image), costTable, 1.25);
    const inference = cost.operatorCycles.reduce((sum, cycles) => sum + cycles, cost.inputCycles) / 80e6;
    expect(toS - fromS).toBeCloseTo(40 * inference + 1e-3, 7);
    expect(truth.exactJ / ((40 * inference + 1e-3) * 9.8e-3 * 3)).toBeCloseTo(1, 7);

    const [, a = 0, b = 0] = trace.events;
    const measuredJ = trace.samples.slice(a, b).reduce((sum, sample) => sum + sample, 0);
    // Four digits: 2940-08 is exact for 9.8 mA; the only rounding left is that of the bins at the edges.
    expect(measuredJ / (truth.binAlignedJ ?? 0)).toBeCloseTo(1, 5);
    expect(Math.abs(measuredJ - truth.exactJ)).toBeLessThan(2 * (truth.edgeJ ?? 0));
  });

  it('writes each event at once, before the DUT has said that it is ready', async () => {
    const bench = await open({ noise: quiet });
    const { host, talk } = await measuring(bench);
    await talk.load(input);
    const before = readAscii(host.text).events.length;
    await talk.command('infer 3 1');
    expect(readAscii(host.text).events.length).toBe(before + 2);
  });

  it('has exactly 1000 samples between time stamps, whatever happens between', async () => {
    const bench = await open();
    const { host, talk } = await measuring(bench);
    await talk.load(input);
    await talk.command('infer 200 1');
    await pass(bench, 3);
    await stop(host);
    const { ticks } = readAscii(host.text);
    expect(ticks.length).toBeGreaterThan(3);
    ticks.forEach((tick, number) => expect(tick).toEqual({ ms: number * 1000, sample: number * 1000 }));
  });

  it('gives the same bytes for the same options, in a worker too, and others for another seed', async () => {
    const run = async (seed: number, useWorker = false): Promise<string> => {
      const bench = await open({ seed, errors: 'drawn' }, { useWorker });
      const { host, talk } = await measuring(bench);
      await talk.load(input);
      await talk.command('infer 40 1');
      await stop(host);
      return createHash('sha256').update(host.text).digest('hex');
    };
    const first = await run(7);
    expect(await run(7)).toBe(first);
    expect(await run(7, true)).toBe(first);
    expect(await run(8)).not.toBe(first);
  });

  it('shows idle and receiving as what they are', async () => {
    const bench = await open({ noise: quiet });
    const { host, talk } = await measuring(bench);
    const fromS = bench.clock.nowS();
    await pass(bench, 1);
    const idle = bench.energyTruth(fromS, fromS + 1);
    expect(idle.meanPowerW).toBeCloseTo(1.2e-3 * 3, 12);
    const sentS = bench.clock.nowS();
    await talk.command('db load 4');
    // Ten characters at 115200 baud, 2 mA while they arrive.
    const receivedS = (10 * 10) / 115_200;
    expect(bench.energyTruth(sentS, sentS + receivedS - 1e-6).meanPowerW).toBeCloseTo(2e-3 * 3, 9);
    await stop(host);
  });

  it('sleeps by command until the next byte arrives', async () => {
    const bench = await open({ noise: quiet });
    const { host, talk } = await measuring(bench);
    expect(await talk.command('sleep')).toEqual(['m-sleep', 'm-ready']);
    const fromS = bench.clock.nowS();
    await pass(bench, 2);
    expect(bench.energyTruth(fromS, fromS + 2).meanPowerW).toBeCloseTo(4.1e-6 * 3, 12);
    const wokenS = bench.clock.nowS();
    await talk.command('name');
    await pass(bench, 1);
    const receivedS = (5 * 10) / 115_200;
    expect(bench.energyTruth(wokenS, wokenS + receivedS - 1e-6).meanPowerW).toBeCloseTo(2e-3 * 3, 9);
    const laterS = bench.clock.nowS();
    expect(bench.energyTruth(laterS - 0.5, laterS).meanPowerW).toBeCloseTo(1.2e-3 * 3, 12);
    await stop(host);
    // Asleep the samples are those of 4.1 uA for 1 ms at 3 V: 12.3 nJ.
    expect(readAscii(host.text).samples).toContain(12.3e-9);
  });

  it('shows the power cut, the crash and the new start of a DUT', async () => {
    const bench = await open({ noise: quiet }, { faults: { dut: { rebootAfterInference: 2 } } });
    const { host, talk } = await measuring(bench);
    await talk.load(input);
    await talk.stream.write(Buffer.from('infer 5 0%'));
    await talk.until((text) => text.includes('m-init-done'), 'the second boot block');
    // 100 ms of boot current before the block is printed.
    const bootedS = bench.clock.nowS();
    expect(bench.energyTruth(bootedS - 0.06, bootedS - 0.02).meanPowerW).toBeCloseTo(6e-3 * 3, 9);
    await pass(bench, 0.5);
    bench.cutPower();
    const cutS = bench.clock.nowS();
    await pass(bench, 0.5);
    expect(bench.energyTruth(cutS, cutS + 0.5).exactJ).toBe(0);
    expect(bench.energyTruth(cutS - 0.1, cutS).meanPowerW).toBeCloseTo(1.2e-3 * 3, 9);
    await stop(host);
  });

  it('performance mode stays as it is: the DUT has a supply of its own, which the monitor does not switch', async () => {
    const bench = await open();
    const host = new Lpm01aHost(bench, await bench.openMonitorStream());
    const talk = await Talk.open(bench);
    expect(await talk.ready('boot block')).toBe(
      'm-timestamp-mode-performance\r\nm-lap-us-102604\r\nm-init-done\r\nm-ready\r\n',
    );
    await host.commands('htc', 'pwr off');
    expect(await talk.command('name')).toContain('m-ready');
    await talk.load(input);
    for (let command = 0; command < 500; command++) await talk.command('name');
    // What nobody samples is not kept either.
    expect(bench.activity.kept).toBeLessThan(1200);
    expect(bench.energyTruth(0, bench.clock.nowS()).exactJ).toBe(0);
  });

  it('names its instruments, all simulated', async () => {
    const bench = await open({}, { relay: true });
    expect(
      bench.identity.instruments.map(({ role, simulated, triedOnHardware }) => [role, simulated, triedOnHardware]),
    ).toEqual([
      ['dut', true, false],
      ['monitor', true, false],
      ['ioManager', true, false],
    ]);
  });
});
