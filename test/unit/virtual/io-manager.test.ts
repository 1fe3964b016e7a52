import { afterEach, describe, expect, it } from 'vitest';
import type { VirtualBench, VirtualBenchOptions } from '../../../src/main/virtual/index.ts';
import { openRelay } from '../../../src/main/dut/index.ts';
import type { ByteStream } from '../../../src/main/transport/byte-stream.ts';
import { Lpm01aHost, scoreSetup } from './monitor-host.ts';
import { demo, openDemoBench, pass, Talk } from './support.ts';

const benches: VirtualBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

async function open(options: Partial<VirtualBenchOptions> = {}): Promise<VirtualBench> {
  const bench = await openDemoBench({ monitor: { kind: 'lpm01a', seed: 1 }, relay: true, ...options });
  benches.push(bench);
  return bench;
}

class Relay {
  readonly bench: VirtualBench;
  readonly stream: ByteStream;
  lines: { timeNs: number; line: string }[] = [];
  #text = '';

  constructor(bench: VirtualBench, stream: ByteStream) {
    this.bench = bench;
    this.stream = stream;
    stream.onData((chunk) => {
      this.#text += Buffer.from(chunk).toString('latin1');
      const parts = this.#text.split('\r\n');
      this.#text = parts.pop() ?? '';
      for (const line of parts) this.lines.push({ timeNs: bench.clock.nowNs(), line });
    });
  }

  /** Sends a command and gives the lines of the next while. */
  async send(command: string, seconds = 0.3): Promise<string[]> {
    const from = this.lines.length;
    await this.stream.write(Buffer.from(`${command}%`));
    await pass(this.bench, seconds);
    return this.lines.slice(from).map(({ line }) => line);
  }
}

/** Booted relay, DUT powered by the monitor and booted too. */
async function ready(options: Partial<VirtualBenchOptions> = {}): Promise<Relay> {
  const bench = await open(options);
  const monitor = new Lpm01aHost(bench, await bench.openMonitorStream());
  const relay = new Relay(bench, await bench.openIoManagerStream());
  await pass(bench, 2);
  expect(relay.lines.map(({ line }) => line)).toEqual(['m-[Joulebench IO manager 0.1.0]', 'm-ready']);
  await monitor.commands(...scoreSetup(), 'pwr on nostatus');
  await pass(bench, 1);
  return relay;
}

describe('the emulated IO manager', () => {
  it('says nothing before its boot loader is done', async () => {
    const bench = await open();
    const relay = new Relay(bench, await bench.openIoManagerStream());
    expect(await relay.send('name', 1)).toEqual([]);
    await pass(bench, 1);
    expect(await relay.send('name')).toEqual(['m-name-joulebench-io-manager-[arduino-uno]', 'm-ready']);
  });

  it('answers its commands as the firmware does', async () => {
    const relay = await ready();
    expect(await relay.send('version')).toEqual(['m-version-[Joulebench IO manager 0.1.0]', 'm-ready']);
    expect(await relay.send('tm 0')).toEqual([
      'm-timestmp-mode-FALLING',
      'm-[Timer disabled after mode change]',
      'm-ready',
    ]);
    expect(await relay.send('tm 1')).toEqual([
      'm-timestmp-mode-CHANGE',
      'm-[Timer disabled after mode change]',
      'm-ready',
    ]);
    expect(await relay.send('enable-timer')).toEqual(['m-timer-enabled', 'm-ready']);
    expect(await relay.send('disable-timer')).toEqual(['m-timer-disabled', 'm-ready']);
    expect(await relay.send('')).toEqual(['m-ready']);
    expect(await relay.send('i2c-enable 1')).toEqual(['e-[Unknown command: i2c-enable]', 'm-ready']);
    expect((await relay.send('dut'))[0]).toMatch(/^e-\[/);
  });

  it('relays the boot block and commands at 9600 baud, each line with its prefix', async () => {
    const relay = await ready();
    expect(relay.lines.slice(2).map(({ line }) => line)).toEqual([
      '[dut]: m-timestamp-mode-energy',
      '[dut]: m-init-done',
      '[dut]: m-ready',
    ]);
    const before = relay.bench.clock.nowNs();
    expect(await relay.send('dut name')).toEqual([
      'm-dut-passthrough(name)',
      'm-ready',
      '[dut]: m-name-dut-[joulebench-virtual]',
      '[dut]: m-ready',
    ]);
    // 5 + 32 + 9 characters at 9600 baud are 48 ms; the rest of the way is at 115200.
    const tookS = ((relay.lines.at(-1)?.timeNs ?? 0) - before) / 1e9;
    expect(tookS).toBeGreaterThan(46 / 960);
    expect(tookS).toBeLessThan(46 / 960 + 0.006);
  });

  it('stamps falling edges in steps of 4 us, the distance being that of the edges', async () => {
    const relay = await ready();
    const { bench } = relay;
    await relay.send('tm 0');
    await relay.send('enable-timer');
    const bytes = Buffer.from(demo.inputs[0]?.bytes ?? []);
    await relay.send(`dut db load ${String(bytes.length)}`);
    for (let at = 0; at < bytes.length; at += 26)
      await relay.send(`dut db ${bytes.subarray(at, at + 26).toString('hex')}`);
    const said = await relay.send('dut infer 3 1', 3);
    const stamps = said.filter((line) => line.startsWith('m-lap-us-')).map((line) => Number(line.slice(9)));
    expect(stamps).toHaveLength(2);
    expect(stamps.every((stamp) => stamp % 4 === 0)).toBe(true);
    const [, a = 0, b = 0] = bench.timestampEdgesS();
    expect(Math.abs((stamps[1] ?? 0) - (stamps[0] ?? 0) - (b - a) * 1e6)).toBeLessThanOrEqual(4);
    expect(said.at(-1)).toBe('[dut]: m-ready');
    // The stamp of the loop's start overtakes the text that the DUT sent before it.
    expect(said.findIndex((line) => line.startsWith('m-lap-us-'))).toBeLessThan(
      said.findIndex((line) => line.includes('m-infer-start')) + 1,
    );
  });

  it('is what the client of relays speaks to: the DUT behind it as on a line of its own', async () => {
    const bench = await open();
    const monitor = new Lpm01aHost(bench, await bench.openMonitorStream());
    const relay = openRelay(await bench.openIoManagerStream(), bench.clock);
    await relay.command('name');
    await relay.command('tm 0');
    await relay.command('enable-timer');
    const talk = new Talk(bench, relay.dut);
    await monitor.commands(...scoreSetup(), 'pwr on nostatus');
    expect(await talk.ready('boot block')).toContain('m-timestamp-mode-energy');
    await talk.load(demo.inputs[0]?.bytes ?? new Uint8Array(0), 26);
    expect((await talk.command('infer 2 1')).at(-1)).toBe('m-ready');
    expect(bench.timestampEdgesS()).toHaveLength(3);
  });

  it('falls silent after the command that the script names', async () => {
    const relay = await ready({ faults: { ioManager: { silentAfter: 2 } } });
    expect(await relay.send('name')).toHaveLength(2);
    expect(await relay.send('dut name')).toHaveLength(4);
    expect(await relay.send('dut name', 5)).toEqual([]);
  });

  it('has the DUT to itself, and gives it back when it is closed', async () => {
    const relay = await ready();
    const { bench } = relay;
    await expect(bench.openDut(undefined, { timestampMode: 'energy' })).rejects.toMatchObject({
      code: 'virtual.dutInUse',
    });
    await relay.stream.close();
    const line = await bench.openDut();
    expect(line.baud).toBe(115_200);
  });

  it('is not there on a bench without it', async () => {
    const bench = await open({ relay: false });
    await expect(bench.openIoManagerStream()).rejects.toMatchObject({ code: 'virtual.noInstrument' });
    const plain = await openDemoBench();
    benches.push(plain);
    await expect(plain.openMonitorStream()).rejects.toMatchObject({ code: 'virtual.noInstrument' });
    expect(() => plain.energyTruth(0, 1)).toThrowError(
      expect.objectContaining({ code: 'virtual.noInstrument' }) as Error,
    );
  });
});
