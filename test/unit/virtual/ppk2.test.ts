import { afterEach, describe, expect, it } from 'vitest';
import {
  MonitorLoad,
  noErrors,
  SimClock,
  type LoadSpec,
  type MonitorFaults,
  type VirtualBench,
} from '../../../src/main/virtual/index.ts';
import { Ppk2Emulator } from '../../../src/main/virtual/monitor/index.ts';
import { Ppk2Encoder, ppk2Metadata, type Ppk2Constants } from '../../../src/main/virtual/monitor/ppk2-code.ts';
import type { ByteStream } from '../../../src/main/transport/byte-stream.ts';
import { demo, openDemoBench, pass, Talk } from './support.ts';

const five = (value: number): number[] => [value, value, value, value, value];
/** Calibration P of energy-monitors 9.3. */
const plain: Ppk2Constants = {
  R: [1000, 100, 10, 1, 0.05],
  GS: five(0),
  GI: five(1),
  O: five(0),
  S: five(0),
  I: five(0),
  UG: five(1),
};

/** The published formula (energy-monitors 3.6), as a host has it. */
function ampere(c: Ppk2Constants, range: number, code: number, vddMv: number): number {
  const of = (values: readonly number[]): number => values[range] ?? NaN;
  const x = ((code * 4 - of(c.O)) * (1.8 / 163_840)) / of(c.R);
  return of(c.UG) * (x * (of(c.GS) * x + of(c.GI)) + of(c.S) * (vddMv / 1000) + of(c.I));
}

interface Sample {
  code: number;
  range: number;
  counter: number;
  logic: number;
}

function words(bytes: Uint8Array): Sample[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => {
    const word = view.getUint32(4 * index, true);
    return {
      code: word & 0x3fff,
      range: (word >>> 14) & 7,
      counter: (word >>> 18) & 63,
      logic: word >>> 24,
    };
  });
}

class Host {
  readonly stream: ByteStream;
  chunks: Uint8Array[] = [];
  closed: Error | undefined | null = null;

  constructor(stream: ByteStream) {
    this.stream = stream;
    stream.onData((chunk) => this.chunks.push(chunk));
    stream.onClose((reason) => (this.closed = reason));
  }

  send(...bytes: number[]): Promise<void> {
    return this.stream.write(Uint8Array.from(bytes));
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.chunks);
  }

  get samples(): Sample[] {
    return words(this.bytes);
  }
}

const clocks: SimClock[] = [];
const benches: VirtualBench[] = [];
afterEach(async () => {
  for (const clock of clocks.splice(0)) clock.close();
  for (const bench of benches.splice(0)) await bench.close();
});

interface Rig {
  clock: SimClock;
  load: MonitorLoad;
  emulator: Ppk2Emulator;
  wait(seconds: number): Promise<void>;
}

function rig(load: LoadSpec, options: { faults?: MonitorFaults; constants?: Ppk2Constants; noise?: number } = {}): Rig {
  const clock = new SimClock();
  clocks.push(clock);
  const monitorLoad = new MonitorLoad(load, 0);
  const emulator = new Ppk2Emulator(
    {
      clock,
      load: monitorLoad,
      label: 'PPK2',
      seed: 3,
      errors: noErrors,
      noise: { relative: options.noise ?? 0, absoluteA: 0 },
      faults: options.faults,
    },
    options.constants ? { constants: options.constants } : {},
  );
  const wait = (seconds: number): Promise<void> => new Promise((resolve) => void clock.setTimer(seconds, resolve));
  return { clock, load: monitorLoad, emulator, wait };
}

/** 3000 mV, source mode, on. */
const powerUp = [0x11, 2, 0x0d, 0x0b, 0xb8, 0x0c, 1] as const;

describe('codes of the emulated PPK2, against the vectors of the specification', () => {
  it.each([
    [2048, 0, 90e-6],
    [2048, 1, 900e-6],
    [2048, 2, 9e-3],
    [2048, 3, 90e-3],
    [512, 4, 450e-3],
    [8192, 0, 360e-6],
    [16383, 0, 719.9560546875e-6],
  ])('code %i of range %i is %d A', (code, range, currentA) => {
    expect(new Ppk2Encoder(plain, range, 3).code(currentA)).toBe(code);
  });

  it('inverts the full formula, square term and all', () => {
    const full: Ppk2Constants = {
      ...plain,
      O: five(100),
      GS: five(0.5),
      GI: five(0.95),
      S: five(2e-6),
      I: five(1e-5),
      UG: five(1.01),
    };
    expect(new Ppk2Encoder(full, 2, 3.3).code(8693.171e-6)).toBe(2073);
    expect(new Ppk2Encoder(full, 2, 1.8).code(8690.141e-6)).toBe(2073);
    const defaults: Ppk2Constants = { ...plain, R: [1031.64, 101.65, 10.15, 0.94, 0.043], GS: five(1) };
    expect(new Ppk2Encoder(defaults, 2, 3).code(4348.332765810601e-6)).toBe(1000);
  });

  it('gives back any current of a span within half a step', () => {
    const { emulator } = rig({ kind: 'open' });
    for (let range = 0; range < 5; range++) {
      const encoder = new Ppk2Encoder(emulator.constants, range, 3);
      const step = ampere(emulator.constants, range, 1001, 3000) - ampere(emulator.constants, range, 1000, 3000);
      for (const currentA of [5e-6, 3e-5, 2e-4, 1.2e-3, 9.8e-3, 40e-3, 0.6]) {
        const code = encoder.code(currentA);
        if (code === 0 || code === 0x3fff) continue;
        const error = Math.abs(ampere(emulator.constants, range, code, 3000) - currentA);
        expect(error / step).toBeLessThan(0.52);
      }
    }
  });

  it('prints the metadata in the order of firmware 1.2.4, floats with 20 decimals', () => {
    const lines = ppk2Metadata({ constants: plain, vddMv: 3700, mode: 2, old: false }).split('\n');
    expect(lines[0]).toBe('Calibrated: 1');
    expect(lines[1]).toBe(`R0: 1000.${'0'.repeat(20)}`);
    expect(
      lines.map((line) => line.split(':')[0]?.replace(/\d$/, '')).filter((key, at, all) => key !== all[at - 1]),
    ).toEqual(['Calibrated', 'R', 'GS', 'GI', 'O', 'VDD', 'HW', 'mode', 'S', 'I', 'UG', 'IA', 'END', '']);
    expect(lines).toContain('VDD: 3700');
    expect(lines).toContain('mode: 2');
  });
});

describe('the emulated PPK2', () => {
  it('answers the metadata in one piece, to a command among others and one split over writes', async () => {
    const { emulator, wait } = rig({ kind: 'open' });
    const host = new Host(emulator.open());
    await host.send(0x07, 0x19, 0x0d);
    await host.send(0x0e);
    await host.send(0x74, 0x19);
    await wait(0.1);
    expect(host.chunks).toHaveLength(2);
    expect(Buffer.from(host.chunks[1] ?? []).toString()).toMatch(/VDD: 3700\n[\s\S]*END\n$/);
    expect(emulator.commands).toEqual(['07', '19', '0d0e74', '19']);
  });

  it('clamps the voltage to 800..5000 mV', async () => {
    const { emulator, wait } = rig({ kind: 'open' });
    const host = new Host(emulator.open());
    await host.send(0x0d, 0, 1);
    await wait(0.01);
    expect(emulator.voltageV).toBe(0.8);
    await host.send(0x0d, 0xff, 0xff);
    await wait(0.01);
    expect(emulator.voltageV).toBe(5);
  });

  it('samples 100,000 times a second in bursts of 512, counted modulo 64, and stops at once', async () => {
    const { emulator, wait } = rig({ kind: 'resistor', ohm: 1000 });
    const host = new Host(emulator.open());
    await host.send(...powerUp, 0x06);
    await wait(0.1);
    await host.send(0x07);
    await wait(0.1);
    expect(host.samples).toHaveLength(10_000);
    expect(host.chunks[0]).toHaveLength(2048);
    expect(host.samples.every(({ counter }, index) => counter === index % 64)).toBe(true);
    expect(host.samples.at(-1)?.logic).toBe(1);
    const settled = host.samples.at(-1);
    // 3 mA is in the middle of range 2.
    expect(settled?.range).toBe(2);
    expect(ampere(emulator.constants, 2, settled?.code ?? 0, 3000)).toBeCloseTo(3e-3, 5);
  });

  it('reads nothing without power, and 500 ms after the last client has gone there is none', async () => {
    const { emulator, wait, load } = rig({ kind: 'resistor', ohm: 1000 }, { constants: plain });
    const host = new Host(emulator.open());
    await host.send(0x06);
    await wait(0.01);
    expect(host.samples.every(({ code }) => code === 0)).toBe(true);
    await host.send(...powerUp);
    await wait(0.01);
    expect(emulator.supplyOn).toBe(true);
    await host.stream.close();
    await wait(0.4);
    const again = emulator.open();
    await wait(0.3);
    expect(emulator.supplyOn).toBe(true);
    await again.close();
    await wait(0.6);
    expect(emulator.supplyOn).toBe(false);
    expect(load.supplyV).toBe(0);
  });

  it('changes range with hysteresis, 1 to 3 samples distorted at each change', async () => {
    const { emulator, wait, load, clock } = rig({ kind: 'resistor', ohm: 1000 });
    const host = new Host(emulator.open());
    await host.send(...powerUp, 0x06);
    await wait(0.02);
    const rangeNow = async (ohm: number): Promise<number | undefined> => {
      load.connect(clock.nowNs(), { kind: 'resistor', ohm });
      await wait(0.02);
      return host.samples.at(-1)?.range;
    };
    // 4.7 mA stays in range 2, 4.8 mA goes up, 2.6 mA stays there, 2.4 mA comes down.
    expect(await rangeNow(3 / 4.7e-3)).toBe(2);
    expect(await rangeNow(3 / 4.8e-3)).toBe(3);
    expect(await rangeNow(3 / 2.6e-3)).toBe(3);
    expect(await rangeNow(3 / 2.4e-3)).toBe(2);
    expect(await rangeNow(3 / 300e-3)).toBe(4);
    expect(await rangeNow(3 / 2e-6)).toBe(0);
    const distorted = host.samples.filter(({ range, code }) => {
      const steady = range === 4 && Math.abs(ampere(emulator.constants, 4, code, 3000) - 0.3) > 2e-3;
      return steady;
    });
    expect(distorted.length).toBeGreaterThanOrEqual(1);
    expect(distorted.length).toBeLessThanOrEqual(3);
  });

  it('leaves the port at a reset and comes back', async () => {
    const { emulator, wait } = rig({ kind: 'open' });
    const host = new Host(emulator.open());
    await host.send(...powerUp, 0x20);
    await wait(0.1);
    expect(host.closed).toMatchObject({ code: 'transport.unplugged' });
    expect(() => emulator.open()).toThrowError(expect.objectContaining({ code: 'transport.notFound' }) as Error);
    expect(emulator.supplyOn).toBe(false);
    await wait(1);
    expect(emulator.open().label).toBe('PPK2');
  });

  it('takes a gain for a range, and has a shell', async () => {
    const { emulator, wait } = rig({ kind: 'open' });
    const host = new Host(emulator.open());
    await host.send(0x25, 4, 0x66, 0x66, 0x86, 0x3f);
    await wait(0.01);
    expect(emulator.constants.UG[4]).toBeCloseTo(1.05, 6);
    await host.send(0x06);
    await wait(0.05);
    await host.send(0x07);
    const shell = new Host(emulator.openShell());
    await shell.stream.write(Buffer.from('metrics\r\n'));
    await wait(0.01);
    expect(Buffer.from(shell.bytes).toString()).toMatch(/^shell:~\$ Metrics:\n {2}Samples in session=5000\n/);
  });

  describe('its faults', () => {
    const run = async (faults: MonitorFaults): Promise<{ host: Host; emulator: Ppk2Emulator }> => {
      const { emulator, wait } = rig({ kind: 'resistor', ohm: 1000 }, { faults });
      const host = new Host(emulator.open());
      await host.send(...powerUp, 0x06);
      await wait(0.2);
      await host.send(0x07);
      await wait(0.05);
      return { host, emulator };
    };
    const jumps = (samples: readonly Sample[]): number[] =>
      samples.slice(1).flatMap(({ counter }, at) => {
        const step = (counter - (samples[at]?.counter ?? 0)) & 63;
        return step === 1 ? [] : [step];
      });

    it('loses 63 samples with a jump of the counter, 64 and 512 without one', async () => {
      const jump = await run({ lostSamples: [{ atS: 0.1, count: 63 }] });
      expect(jumps(jump.host.samples)).toEqual([0]);
      expect(jump.host.samples).toHaveLength(20_000 - 63);
      for (const count of [64, 512]) {
        const { host } = await run({ lostSamples: [{ atS: 0.1, count }] });
        expect(jumps(host.samples)).toEqual([]);
        expect(host.samples).toHaveLength(20_000 - count);
      }
      const hidden = await run({ lostSamples: [{ atS: 0.1, count: 100, hidden: true }] });
      expect(jumps(hidden.host.samples)).toEqual([]);
      expect(hidden.host.samples).toHaveLength(19_900);
    });

    it.each([1, 2, 3])('loses %i bytes inside a sample', async (count) => {
      const { host } = await run({ lostBytes: [{ atS: 0.1, count }] });
      expect(host.bytes).toHaveLength(80_000 - count);
      const before = words(host.bytes.subarray(0, 36_000));
      expect(jumps(before)).toEqual([]);
      expect(jumps(words(host.bytes.subarray(44_000 - count)))).toEqual([]);
    });

    it('stalls, falls silent, is unplugged', async () => {
      const stalled = await run({ stall: { atS: 0.1, forS: 0.05 } });
      expect(stalled.host.samples).toHaveLength(20_000);
      const silent = await run({ silence: { atS: 0.1 } });
      expect(silent.host.samples.length).toBeLessThan(10_000);
      await expect(run({ unplug: { atS: 0.1 } })).rejects.toMatchObject({ code: 'transport.unplugged' });
    });

    it('saturates, and cuts the supply on over-current', async () => {
      const saturated = await run({ saturation: { atS: 0.1, forS: 0.01 } });
      expect(saturated.host.samples.filter(({ code }) => code === 0x3fff)).toHaveLength(1000);
      const over = await run({ overCurrent: { atS: 0.1 } });
      expect(over.host.samples.filter(({ range }) => range === 4).length).toBeGreaterThanOrEqual(100);
      expect(over.emulator.supplyOn).toBe(false);
    });

    it('samples at another rate than it says', async () => {
      const { host } = await run({ rateFactor: 0.994 });
      expect(host.samples).toHaveLength(19_880);
    });

    it('streams already when it is opened, from the middle of a sample', async () => {
      const { emulator, wait } = rig({ kind: 'open' }, { faults: { staleStream: true } });
      const host = new Host(emulator.open());
      await wait(0.02);
      expect(host.bytes.length % 4).toBe(3);
      expect(host.bytes.length).toBeGreaterThan(2000);
      host.chunks = [];
      await host.send(0x07);
      await wait(0.02);
      host.chunks = [];
      await host.send(0x19);
      await wait(0.05);
      expect(Buffer.from(host.bytes).toString()).toMatch(/END\n$/);
    });
  });

  it('shows a pulse of 1 ms on D0, and may miss one of 1 us', async () => {
    for (const [pulseS, falls] of [
      [1e-3, 3],
      [1e-6, 1],
    ] as const) {
      const bench = await openDemoBench({ monitor: { kind: 'ppk2', seed: 1 }, pulseS });
      benches.push(bench);
      const host = new Host(await bench.openMonitorStream());
      const talk = new Talk(bench, await bench.openDut(undefined, { timestampMode: 'energy' }));
      await host.send(...powerUp, 0x06);
      await talk.ready('boot block');
      await talk.load(demo.inputs[0]?.bytes ?? new Uint8Array(0));
      await talk.command('infer 3 1');
      await host.send(0x07);
      await pass(bench, 0.01);
      const { samples } = host;
      const seen = samples.flatMap(({ logic }, at) =>
        at > 0 && logic === 0 && samples[at - 1]?.logic === 1 ? [at] : [],
      );
      expect(bench.timestampEdgesS()).toHaveLength(3);
      // At 1 us a pulse is seen in one case of ten; here one of three.
      expect(seen).toHaveLength(falls);
      const startNs = bench.monitor?.grid?.startNs ?? 0;
      const places = bench.timestampEdgesS().map((edgeS) => Math.floor((Math.round(edgeS * 1e9) - startNs) / 10_000));
      expect(places).toEqual(expect.arrayContaining(seen));
    }
  });

  it('gives the truth of a window within the spike at its range changes', async () => {
    const bench = await openDemoBench({ monitor: { kind: 'ppk2', seed: 1, noise: { relative: 0.01, absoluteA: 0 } } });
    benches.push(bench);
    const host = new Host(await bench.openMonitorStream());
    const talk = new Talk(bench, await bench.openDut(undefined, { timestampMode: 'energy' }));
    await host.send(...powerUp, 0x06);
    await talk.ready('boot block');
    await talk.load(demo.inputs[0]?.bytes ?? new Uint8Array(0));
    await talk.command('infer 20 1');
    await host.send(0x07);
    await pass(bench, 0.01);
    const [, fromS = 0, toS = 0] = bench.timestampEdgesS();
    const grid = bench.monitor?.grid ?? { startNs: 0, binNs: 1 };
    const at = (seconds: number): number => Math.floor((seconds * 1e9 - grid.startNs) / grid.binNs + 1e-6);
    const constants = (bench.monitor as Ppk2Emulator).constants;
    const energyJ = host.samples
      .slice(at(fromS), at(toS))
      .reduce((sum, { code, range }) => sum + ampere(constants, range, code, 3000) * 3 * 1e-5, 0);
    const truth = bench.energyTruth(fromS, toS);
    // 9.8 mA in steps of 47 uA, dithered by 1 %: no more than a small part of a step is left.
    expect(Math.abs(energyJ / (truth.binAlignedJ ?? 0) - 1)).toBeLessThan(3e-4);
  });
});
