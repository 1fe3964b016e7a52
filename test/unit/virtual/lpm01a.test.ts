import { afterEach, describe, expect, it } from 'vitest';
import {
  MonitorLoad,
  noErrors,
  SimClock,
  type LoadSpec,
  type MonitorErrors,
  type MonitorFaults,
} from '../../../src/main/virtual/index.ts';
import { Lpm01aEmulator } from '../../../src/main/virtual/monitor/index.ts';
import {
  asciiSample,
  binarySample,
  readNumber,
  timeStampFrame,
  timeStampLine,
} from '../../../src/main/virtual/monitor/lpm01a-format.ts';
import { Lpm01aHost, readAscii, scoreSetup } from './monitor-host.ts';

const clocks: SimClock[] = [];
afterEach(() => {
  for (const clock of clocks.splice(0)) clock.close();
});

interface Rig {
  clock: SimClock;
  load: MonitorLoad;
  emulator: Lpm01aEmulator;
  open(): Lpm01aHost;
  wait(seconds: number): Promise<void>;
}

function rig(load: LoadSpec, faults: MonitorFaults = {}, errors: Partial<MonitorErrors> = {}, noise = 0): Rig {
  const clock = new SimClock();
  clocks.push(clock);
  const monitorLoad = new MonitorLoad(load, 0);
  const emulator = new Lpm01aEmulator({
    clock,
    load: monitorLoad,
    label: 'LPM01A',
    seed: 5,
    errors: { ...noErrors, ...errors },
    noise: { relative: noise, absoluteA: 0 },
    faults,
  });
  return {
    clock,
    load: monitorLoad,
    emulator,
    open: () => new Lpm01aHost({ clock }, emulator.open()),
    wait: (seconds) => new Promise((resolve) => void clock.setTimer(seconds, resolve)),
  };
}

const oneMilliamp: LoadSpec = { kind: 'resistor', ohm: 3000 };

describe('numbers of the LPM01A, against the vectors of the specification', () => {
  it.each([
    [6.409e-4, 'current', '6409-07'],
    [1.958e-6, 'current', '1958-09'],
    [2.3e-9, 'current', '0023-10'],
    [1.675e-5, 'energy', '1675-08'],
    [6.856e-5, 'energy', '6856-08'],
    [0, 'current', '0000-10'],
    [9.9996e-4, 'current', '1000-06'],
    [-1e-6, 'current', '0000-10'],
  ] as const)('%d (%s) is %s', (value, quantity, text) => {
    expect(asciiSample(value, quantity)).toBe(text);
  });

  it.each([
    [640.9e-6, 0x52a0],
    [79.35e-3, 0x3145],
    [1e-3, 0x5419],
    [16.75e-6, 0x6119],
    [2.3e-9, 0xa9e1],
    [68.56e-6, 0x647e],
    [1, 0x0001],
    [0, 0xe000],
  ])('%d is %i in binary, or closer', (value, pair) => {
    if (value === 1) expect((binarySample(1) & 0xfff) / 16 ** (binarySample(1) >> 12)).toBe(1);
    else expect(binarySample(value)).toBe(pair);
  });

  it('reads arguments as the manual writes them', () => {
    expect(['3300m', '2m', '100k', '2-3', '1', '18-1'].map(readNumber)).toEqual([3.3, 0.002, 100e3, 0.002, 1, 1.8]);
    expect(['1s', '-1', '1.8', '', 'm', '1e3'].map(readNumber)).toEqual(Array(6).fill(undefined));
  });

  it('writes time stamps', () => {
    expect(timeStampLine(0, 0)).toBe('TimeStamp: 000s 000ms, buff 00%\r\n');
    expect(timeStampLine(1_234_567, 7)).toBe('TimeStamp:>234s 567ms, buff 07%\r\n');
    expect(Buffer.from(timeStampFrame(65_535, 5)).toString('hex')).toBe('f0f30000ffff05ffff');
    expect(Buffer.from(timeStampFrame(2 ** 31 + 10, 0x63)).toString('hex')).toBe('f0f38000000a63ffff');
  });
});

describe('the emulated LPM01A', () => {
  it('answers what the current runner sends, byte for byte, spaces and quotes kept', async () => {
    const { open } = rig(oneMilliamp);
    const host = open();
    const sent = [
      'htc',
      'lcd 1 "MLPerf Tiny"',
      'lcd 2 "     monitor    "',
      'pwr off',
      'acqtime inf',
      'trigdelay 0',
      'trigsrc sw',
      'eventsrc d7 fal',
      'output energy',
      'format ascii_dec',
      'freq 1k',
      'volt 1800m',
      'lcd 2 "           1.8V "',
      'pwr on nostatus',
    ];
    for (const text of sent) expect(await host.command(text)).toBe(`\r\nPowerShield > ack ${text}\r\n\r\n`);
  });

  it('identifies itself without host control, and refuses the rest', async () => {
    const { open } = rig(oneMilliamp);
    const host = open();
    expect(await host.command('version')).toBe('\r\nPowerShield > ack version: 1.0.6\r\n\r\n');
    expect(await host.command('powershield')).toMatch(/ack powershield \d+-\d+-\d+\r\n/);
    expect(await host.command('status')).toContain('ack status ok');
    expect(await host.command('freq 1k')).toBe(
      '\r\nPowerShield > error freq 1k\r\nError detail: not in host control\r\n\r\n',
    );
    await host.stream.write(Buffer.from('echo ABC\n'));
    await host.until(/\r\nPowerShield > echo ABC\r\n$/);
    await host.command('htc');
    expect(await host.command('freq 1k')).toContain('ack freq 1k');
    await host.command('hrc');
    expect(await host.command('freq 1k')).toContain('error freq 1k');
  });

  it.each([
    'volt 1799m',
    'volt 3301m',
    'volt 3',
    'freq 3k',
    'acqtime 1s',
    'acqtime 101',
    'trigdelay 31',
    'output power',
    'format hex',
    'eventsrc d2 fal',
    'targrst 2',
    'lcd 3 "x"',
    'lcd 1 "12345678901234567"',
    'nonsense',
    'pwr maybe',
  ])('refuses "%s"', async (text) => {
    const { open } = rig(oneMilliamp);
    const host = open();
    await host.command('htc');
    if (text === 'volt 3') expect(await host.command(text)).toContain('ack');
    else expect(await host.command(text)).toMatch(/error .*\r\nError detail: /);
  });

  it.each([
    ['freq 10k', 'acqtime 1', 'ack'],
    ['freq 10k', 'acqtime 2', 'error'],
    ['freq 20k', 'acqtime 500m', 'ack'],
    ['freq 20k', 'acqtime 600m', 'error'],
    ['freq 50k', 'acqtime 1m', 'error'],
    ['freq 5k', 'acqtime inf', 'ack'],
  ])('limits text acquisitions: %s, %s gives %s', async (freq, acqtime, answer) => {
    const { open } = rig(oneMilliamp);
    const host = open();
    await host.commands('htc', 'output current', freq, acqtime);
    expect(await host.command('start')).toContain(`${answer} start`);
  });

  it('takes 200 ms for volt, tells voltage and temperature', async () => {
    const { open, clock } = rig(oneMilliamp, {}, { voltage: -0.0025 });
    const host = open();
    await host.commands('htc', 'pwr on nostatus');
    const from = clock.nowS();
    await host.command('volt 3300m');
    expect(clock.nowS() - from).toBeCloseTo(0.2, 6);
    expect(await host.command('volt get')).toContain('ack volt get 3292-03\r\n');
    expect(await host.command('temp degc')).toContain('ack temp degc 28.0\r\n');
    expect(await host.command('temp degf')).toContain('ack temp degf 82.4\r\n');
    expect(await host.command('pwr get')).toContain('ack pwr get on\r\n');
  });

  it('streams until told to stop, answers inside the stream, and sums up', async () => {
    const { open, wait, emulator } = rig(oneMilliamp);
    const host = open();
    await host.commands(...scoreSetup(), 'pwr on nostatus', 'start');
    await wait(2.5);
    await host.command('pwr off');
    expect(emulator.supplyOn).toBe(false);
    await wait(0.1);
    await host.command('stop');
    await host.until(/Acquisition completed/);
    const { samples, ticks } = readAscii(host.text);
    expect(samples.slice(0, 2500).every((sample) => sample === 3e-6)).toBe(true);
    expect(samples.at(-1)).toBe(6e-12);
    expect(ticks).toEqual([0, 1, 2].map((number) => ({ ms: number * 1000, sample: number * 1000 })));
    expect(host.text).toMatch(/buff 00%\r\n\0\d{4}/);
    expect(host.text).toMatch(
      /\r\nend\r\n\r\nsummary beg\r\n6000-15|\r\nend\r\n\r\nsummary beg\r\n0006-12\r\n3000-09\r\nsummary end\r\n\r\nPowerShield > Acquisition completed\r\n$/,
    );
  });

  it('says Acquisition completed also when nothing runs', async () => {
    const { open } = rig(oneMilliamp);
    const host = open();
    await host.command('stop');
    await host.until(/Acquisition completed\r\n$/);
  });

  it('ends by itself after acqtime; pwr auto switches with the acquisition', async () => {
    const { open, wait, emulator } = rig(oneMilliamp);
    const host = open();
    await host.commands('htc', 'freq 1k', 'acqtime 500m', 'pwrend off', 'pwr auto', 'start');
    expect(emulator.supplyOn).toBe(true);
    await wait(1);
    expect(emulator.supplyOn).toBe(false);
    expect(readAscii(host.text).samples).toHaveLength(500);
    expect(host.text).toMatch(/Acquisition completed\r\n$/);
  });

  it('waits for an edge of D7 when it is the trigger; stop disarms', async () => {
    const { open, wait, emulator } = rig(oneMilliamp);
    const host = open();
    await host.commands('htc', 'freq 1k', 'trigsrc d7', 'acqtime 100m', 'start');
    await wait(1);
    expect(readAscii(host.text).samples).toHaveLength(0);
    emulator.pin(0);
    await wait(1);
    expect(readAscii(host.text).samples).toHaveLength(100);
    const from = host.text.length;
    await host.commands('start', 'stop');
    emulator.pin(0);
    await wait(1);
    expect(readAscii(host.text.slice(from)).samples).toHaveLength(0);
  });

  it('resets the target while it acquires', async () => {
    const { open, wait, emulator } = rig(oneMilliamp);
    const host = open();
    await host.commands('htc', 'freq 1k', 'acqtime inf', 'trigdelay 0', 'pwr on status', 'start');
    await wait(0.1);
    await host.command('targrst 100m');
    expect(emulator.supplyOn).toBe(false);
    await wait(0.3);
    expect(emulator.supplyOn).toBe(true);
    const off = readAscii(host.text).samples.filter((sample) => sample === 2e-9);
    expect(off.length).toBeGreaterThanOrEqual(99);
    expect(off.length).toBeLessThanOrEqual(100);
    expect(host.text).toContain('\npwr off\r\n');
    expect(host.text).toContain('\npwr on\r\n');
  });

  it('measures a constant current in static mode and refuses another', async () => {
    const { open, wait, load, clock } = rig(oneMilliamp);
    const host = open();
    await host.commands('htc', 'volt 3000m', 'acqmode stat', 'pwr on nostatus', 'start');
    await host.until(/Acquisition completed/);
    expect(readAscii(host.text).samples).toEqual([1e-3]);
    const from = host.text.length;
    await host.command('start');
    await wait(0.02);
    load.connect(clock.nowNs(), { kind: 'resistor', ohm: 300 });
    await wait(1);
    expect(host.text.slice(from)).toContain('error: static acquisition: current not constant\r\n');
    expect(await host.command('status')).toContain('status error: static acquisition');
    expect(await host.command('status')).toContain('status ok');
  });

  it('streams in binary, with frames for what is asked meanwhile', async () => {
    const { open, wait } = rig(oneMilliamp);
    const host = open();
    await host.commands(
      'htc',
      'volt 3000m',
      'freq 100k',
      'format bin_hexa',
      'acqtime inf',
      'trigdelay 0',
      'pwr on nostatus',
    );
    await host.command('start');
    const from = host.text.length;
    await wait(0.05);
    for (const text of ['volt get', 'temp degc', 'pwr get', 'targrst 10m']) {
      await host.stream.write(Buffer.from(`${text}\r\n`));
      await wait(0.02);
    }
    await host.stream.write(Buffer.from('stop\n'));
    await host.until(/Acquisition completed/);
    const bytes = Buffer.from(host.text.slice(from), 'latin1');
    const pairs: number[] = [];
    const frames: string[] = [];
    let at = 0;
    const lengths: Record<number, number> = { 0xf3: 9, 0xf4: 4, 0xf6: 4, 0xf7: 6, 0xf8: 6, 0xf9: 5 };
    for (;;) {
      if (((bytes[at] ?? 0) & 0xf0) !== 0xf0) {
        pairs.push(bytes.readUInt16BE(at));
        at += 2;
        continue;
      }
      const type = bytes[at + 1] ?? 0;
      const length = lengths[type] ?? 0;
      expect(length, `frame ${type.toString(16)}`).toBeGreaterThan(0);
      if (type === 0xf3) expect(pairs.length % 1000).toBe(0);
      else frames.push(bytes.subarray(at, at + length).toString('hex'));
      at += length;
      if (type === 0xf4) break;
    }
    expect(frames).toEqual(['f0f70bb8ffff', 'f0f8001cffff', 'f0f901ffff', 'f0f6ffff', 'f0f4ffff']);
    expect(pairs.length).toBeGreaterThan(13_000);
    expect(pairs[0]).toBe(0x5419);
  });

  it('disappears at psrst and comes back', async () => {
    const { open, wait, emulator } = rig(oneMilliamp);
    const host = open();
    await host.commands('htc', 'pwr on nostatus');
    await host.stream.write(Buffer.from('psrst\n'));
    await wait(0.1);
    expect(host.ended?.reason).toMatchObject({ code: 'transport.unplugged' });
    expect(emulator.supplyOn).toBe(false);
    expect(() => emulator.open()).toThrow();
    await wait(5);
    expect(await open().command('version')).toContain('1.0.6');
  });

  it('goes on streaming for a program that was killed; the next one gets the rest of a line first', async () => {
    const { open, wait } = rig(oneMilliamp);
    const first = open();
    await first.commands(...scoreSetup(), 'pwr on nostatus', 'start');
    await first.stream.close();
    await wait(3.1);
    const second = open();
    await wait(0.2);
    expect(second.text).toMatch(/^-08\r\n(3000-09\r\n)+$/);
    await second.command('stop');
    await second.until(/Acquisition completed/);
  });
});

describe('faults of the emulated LPM01A', () => {
  async function run(
    faults: MonitorFaults,
    errors: Partial<MonitorErrors> = {},
  ): Promise<{ host: Lpm01aHost; rig: Rig }> {
    const made = rig(oneMilliamp, faults, errors);
    const host = made.open();
    await host.commands(...scoreSetup(), 'pwr on nostatus', 'start');
    for (let second = 0; second < 5; second++) {
      await made.wait(0.5);
      made.emulator.pin(0);
      made.emulator.pin(1);
      await made.wait(0.5);
    }
    if (!host.ended) await host.stream.write(Buffer.from('stop\n'));
    await made.wait(1.2);
    return { host, rig: made };
  }

  it('none: five events, five seconds', async () => {
    const { host } = await run({});
    const { samples, events, sequence } = readAscii(host.text);
    expect(samples.length).toBe(5000);
    expect(events).toEqual([500, 1500, 2500, 3500, 4500]);
    expect(sequence).toEqual(['00', '01', '02', '03', '04']);
  });

  it('loses a block of 1000, 64 of them, and 512 that nobody has counted', async () => {
    const block = readAscii((await run({ lostSamples: [{ afterEdge: 2, byS: 0.25, count: 1000 }] })).host.text);
    expect(block.samples).toHaveLength(4000);
    expect(block.ticks.map(({ ms }) => ms)).toEqual([0, 1000, 3000, 4000]);
    const some = readAscii((await run({ lostSamples: [{ atS: 2.4, count: 64 }] })).host.text);
    expect(some.samples).toHaveLength(4936);
    expect(some.ticks.map(({ sample }) => sample)).toEqual([0, 1000, 2000, 2936, 3936]);
    const hidden = readAscii((await run({ lostSamples: [{ atS: 2.4, count: 512, hidden: true }] })).host.text);
    expect(hidden.samples).toHaveLength(5000 - 512);
    expect(hidden.ticks.every(({ ms, sample }) => ms === sample)).toBe(true);
  });

  it.each([1, 2, 3])('loses %i bytes inside a sample', async (count) => {
    const { host } = await run({ lostBytes: [{ atS: 2.4, count }] });
    const clean = await run({});
    expect(host.bytes).toBe(clean.host.bytes - count);
    expect(readAscii(host.text).samples).toHaveLength(4999);
  });

  it('misses edges and invents some', async () => {
    expect(readAscii((await run({ missingEdges: [2, 3] })).host.text).events).toEqual([500, 3500, 4500]);
    const { events } = readAscii((await run({ extraEdges: [{ afterEdge: 1, byS: 0.1 }] })).host.text);
    expect(events).toEqual([500, 600, 1500, 2500, 3500, 4500]);
  });

  it('says over-current, switches off and ends', async () => {
    const { host, rig: made } = await run({ overCurrent: { afterEdge: 2 } });
    expect(host.text).toMatch(/error: overcurrent\r\n\r\nend\r\n/);
    expect(made.emulator.supplyOn).toBe(false);
  });

  it('clips at 50 mA', async () => {
    const { samples } = readAscii((await run({ saturation: { afterEdge: 2, forS: 0.2 } })).host.text);
    const clipped = samples.filter((sample) => sample === 1.5e-4);
    expect(clipped).toHaveLength(200);
    expect(Math.max(...samples)).toBe(1.5e-4);
  });

  it('gives 5 % too little voltage, and says so when asked', async () => {
    const { host, rig: made } = await run({ supplyLow: 0.05 });
    expect(made.load.supplyV).toBeCloseTo(2.85, 12);
    expect(await host.command('volt get')).toContain('2850-03');
  });

  it('samples 0.6 % too slowly without knowing it', async () => {
    const { samples, ticks } = readAscii((await run({ rateFactor: 0.994 })).host.text);
    expect(samples).toHaveLength(4970);
    expect(ticks.every(({ ms, sample }) => ms === sample)).toBe(true);
  });

  it('stalls and catches up; falls silent; is unplugged', async () => {
    expect(readAscii((await run({ stall: { atS: 2 } })).host.text).samples).toHaveLength(5000);
    expect(readAscii((await run({ silence: { afterEdge: 2 } })).host.text).samples.length).toBeLessThan(1600);
    const { host, rig: made } = await run({ unplug: { afterEdge: 3, byS: 0.1 } });
    expect(host.ended?.reason).toMatchObject({ code: 'transport.unplugged' });
    expect(made.emulator.supplyOn).toBe(false);
    expect(made.load.supplyV).toBe(0);
  });

  it('is opened while it streams, and with a firmware that is too old', async () => {
    const stale = rig(oneMilliamp, { staleStream: true });
    const host = stale.open();
    await stale.wait(0.3);
    expect(host.text.startsWith('-08\r\n')).toBe(true);
    expect(host.text.length).toBeGreaterThan(2000);
    const old = rig(oneMilliamp, { oldFirmware: true }).open();
    expect(await old.command('version')).toContain('1.0.5');
    await old.command('htc');
    expect(await old.command('pwr off')).toContain('error pwr off');
    expect(await old.command('eventsrc d7 fal')).toContain('error eventsrc');
  });

  it('has the errors that it was given', async () => {
    const errors = { ranges: [{ gain: 0.01, offsetA: 2e-6, nonlinearity: 0 }], tempcoPerK: 1e-4, warmerByK: 10 };
    const { samples } = readAscii((await run({}, errors)).host.text);
    // 1 mA (1 + 0.01 + 0.001) + 2 uA = 1.013 mA, times 3 V and 1 ms.
    expect(samples[1000]).toBe(3.039e-6);
  });
});
