import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { compilePlan, readPlanImage, readTflite } from '../../../src/main/model/index.ts';
import { planCost, type VirtualBench, type VirtualBenchOptions } from '../../../src/main/virtual/index.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import { argMax, costTable, demo, inputsOf, laps, openDemoBench, pass, results, Talk } from './support.ts';

if (noDataReason) console.log(`skipped: ${noDataReason}`);

const benches: VirtualBench[] = [];
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

async function open(options: Partial<VirtualBenchOptions> = {}): Promise<VirtualBench> {
  const bench = await openDemoBench(options);
  benches.push(bench);
  return bench;
}

async function booted(options: Partial<VirtualBenchOptions> = {}): Promise<Talk> {
  const talk = await Talk.open(await open(options));
  await talk.ready('boot block');
  return talk;
}

const input = (index: number): Uint8Array => demo.inputs[index]?.bytes ?? new Uint8Array(0);
const modeLine = 'm-timestamp-mode-performance\r\n';

/** A bench whose DUT runs other inputs than the demo's, all through the protocol. */
async function correctOf(bench: VirtualBench, inputs: typeof demo.inputs): Promise<{ correct: number; hash: string }> {
  const talk = await Talk.open(bench);
  await talk.ready('boot block');
  let correct = 0;
  for (const { bytes, label } of inputs) {
    await talk.load(bytes);
    if (argMax(results(await talk.command('infer 1 0'))) === label) correct++;
  }
  return { correct, hash: talk.hash };
}

describe('the virtual DUT through its line', () => {
  it('boots 100 ms after the line was opened, each piece at the time of its last byte', async () => {
    const talk = await Talk.open(await open());
    const text = await talk.ready();
    expect(text).toBe(`${modeLine}m-lap-us-102604\r\nm-init-done\r\nm-ready\r\n`);
    // 0.1 s and 30 bytes of 6,944 cycles at 80 MHz.
    expect(talk.transcript[0]).toEqual({ timeNs: 100_000_000 + 30 * 86_800, text: modeLine });
    expect(talk.lastTimeNs).toBe(100_000_000 + (30 + 17 + 13 + 9) * 86_800);
  });

  it('starts a command when its terminator has arrived, and takes 200 cycles and 30 a byte for it', async () => {
    const talk = await booted();
    const sentNs = talk.bench.clock.nowNs();
    await talk.command('name');
    const arrivedNs = sentNs + Math.round(5 * (1e10 / 115_200));
    const startCycle = Math.ceil(arrivedNs / 12.5);
    const endCycle = startCycle + 200 + 5 * 30 + 'm-name-dut-[joulebench-virtual]\r\nm-ready\r\n'.length * 6_944;
    expect(talk.lastTimeNs).toBe(Math.round(endCycle * 12.5));
  });

  it.each([
    [921_600, 868],
    [115_200, 6_944],
    [9_600, 83_333],
  ])('at %i baud a byte takes %i cycles', async (baud, cycles) => {
    const talk = await booted({ baud });
    const [first, second] = talk.transcript;
    expect((second?.timeNs ?? 0) - (first?.timeNs ?? 0)).toBeCloseTo(17 * cycles * 12.5, -1);
  });

  it('gives windows whose length is that of the operators, the input and the first lap line', async () => {
    const talk = await booted();
    await talk.load(input(0));
    const reply = await talk.command('infer 40 1');
    const [start = 0, end = 0] = laps(reply);
    const cost = planCost(demo.image, readPlanImage(demo.image), costTable, 1.25);
    const inference = cost.operatorCycles.reduce((sum, cycles) => sum + cycles, cost.inputCycles);
    const lapLine = `m-lap-us-${String(start)}\r\n`.length * 6_944;
    expect(Math.abs(end - start - (40 * inference + lapLine) / 80)).toBeLessThanOrEqual(1);
    expect(inference / 80).toBeGreaterThan(10_000);
    expect(reply.slice(0, 3)).toEqual(['m-warmup-start-1', 'm-warmup-done', 'm-infer-start-40']);
  });

  it('scales with clock rate and cycles per instruction', async () => {
    const window = async (options: Partial<VirtualBenchOptions>): Promise<number> => {
      const talk = await booted(options);
      await talk.load(input(0));
      const [start = 0, end = 0] = laps(await talk.command('infer 20 0'));
      return end - start;
    };
    const base = await window({});
    expect((await window({ cpuHz: 160e6 })) / base).toBeCloseTo(0.5, 2);
    expect((await window({ cyclesPerInstruction: 2.5 })) / base).toBeCloseTo(2, 2);
  });

  it("keeps the host's time when its oscillator is off, while its own figures do not know", async () => {
    const lengths = async (ppm: number): Promise<{ dut: number; host: number }> => {
      const talk = await booted({ ppm });
      await talk.load(input(0));
      const from = talk.transcript.length;
      const [start = 0, end = 0] = laps(await talk.command('infer 40 0'));
      const stamps = talk.transcript.slice(from).filter(({ text }) => text.startsWith('m-lap'));
      return { dut: end - start, host: ((stamps[1]?.timeNs ?? 0) - (stamps[0]?.timeNs ?? 0)) / 1000 };
    };
    const [right, wrong] = [await lengths(0), await lengths(20_000)];
    expect(Math.abs(wrong.dut - right.dut)).toBeLessThan(100);
    expect(right.host / right.dut).toBeCloseTo(1, 3);
    expect(wrong.host / wrong.dut).toBeCloseTo(1.02, 3);
  });

  it('lets the 32-bit counter wrap', async () => {
    const talk = await booted({ clockStartUs: 2 ** 32 - 1_500_000 });
    await talk.load(input(0));
    const [start = 0, end = 0] = laps(await talk.command('infer 40 0'));
    expect(start).toBeGreaterThan(2 ** 31);
    expect(end).toBeLessThan(2 ** 31);
    const plain = await booted();
    await plain.load(input(0));
    const [from = 0, to = 0] = laps(await plain.command('infer 40 0'));
    // The lap line may have more digits, of 87 us each.
    expect(Math.abs(end + 2 ** 32 - start - (to - from))).toBeLessThan(1000);
  });

  it('varies each operator by at most 0.05 % with jitter, the same for a seed', async () => {
    const window = async (jitterSeed?: number): Promise<number> => {
      const talk = await booted(jitterSeed === undefined ? {} : { jitterSeed });
      await talk.load(input(0));
      // Long enough that two seeds do not give the same microsecond by chance.
      const [start = 0, end = 0] = laps(await talk.command('infer 100 0'));
      return end - start;
    };
    const [none, one, again, two] = [await window(), await window(1), await window(1), await window(2)];
    expect(one).toBe(again);
    expect(one).not.toBe(none);
    expect(two).not.toBe(one);
    expect(Math.abs(one / none - 1)).toBeLessThan(0.0005);
  });

  it('adds the latency of a USB bridge to each write', async () => {
    const [direct, bridged] = [await booted(), await booted({ hostLatencyS: 0.016 })];
    const took = async (talk: Talk): Promise<number> => {
      const startNs = talk.bench.clock.nowNs();
      await talk.command('name');
      return talk.lastTimeNs - startNs;
    };
    expect((await took(bridged)) - (await took(direct))).toBeCloseTo(16e6, -2);
  });

  it('pulses the timestamp output in energy mode, seen in the activity log', async () => {
    const bench = await open({ mode: 'energy', pulseS: 2e-3 });
    const reader = bench.activity.reader();
    const talk = await Talk.open(bench);
    expect(await talk.ready()).toBe('m-timestamp-mode-energy\r\nm-init-done\r\nm-ready\r\n');
    await talk.load(input(0));
    const reply = await talk.command('infer 3 0');
    expect(laps(reply)).toEqual([]);
    const pins = reader.readUntil(bench.clock.nowNs()).filter(({ kind }) => kind === 16);
    expect(pins.map(({ argument }) => argument)).toEqual([0, 1, 0, 1, 0, 1]);
    expect((pins[1]?.timeNs ?? 0) - (pins[0]?.timeNs ?? 0)).toBe(2_000_000);
  });

  it('executes several commands of one write one after the other', async () => {
    const talk = await booted();
    await talk.stream.write(Buffer.from('name%profile%%timestamp%'));
    const text = await talk.until((all) => all.split('m-ready\r\n').length === 5);
    expect(text.split('\r\n').filter((line) => line !== 'm-ready')).toEqual([
      'm-name-dut-[joulebench-virtual]',
      'm-profile-[ULPMark for tinyML Firmware V0.0.1]',
      'm-model-[demo01]',
      expect.stringMatching(/^m-lap-us-\d+$/),
      '',
    ]);
  });

  it('keeps what comes while it is busy, up to its receive ring', async () => {
    const talk = await booted();
    await talk.load(input(0));
    await talk.stream.write(Buffer.from(`infer 20 0%name%`));
    const text = await talk.until((all) => all.split('m-ready\r\n').length === 3);
    expect(text).toMatch(/m-results-\[.*\]\r\nm-ready\r\nm-name-dut-/);
    const reader = talk.bench.activity.reader();
    await talk.stream.write(Buffer.from(`infer 20 0%${'x'.repeat(2000)}%`));
    await talk.ready();
    await pass(talk.bench, 1);
    const overrun = reader.readUntil(talk.bench.clock.nowNs()).filter(({ kind }) => kind === 19);
    expect(overrun.reduce((sum, { argument }) => sum + argument, 0)).toBe(2001 - 1024);
    expect(talk.take()).toBe('');
  });

  it("makes the writer wait when the driver's buffer is full", async () => {
    const talk = await booted();
    const bytes = new Uint8Array(10_000).fill(0x78);
    const startNs = talk.bench.clock.nowNs();
    await talk.stream.write(bytes.subarray(0, 4000));
    expect(talk.bench.clock.nowNs()).toBe(startNs);
    await talk.stream.write(bytes);
    expect(talk.bench.clock.nowNs() - startNs).toBeCloseTo(((14_000 - 4096) / 11_520) * 1e9, -5);
  });

  it('ignores what comes before the boot block is out, but keeps the beginning of the next command', async () => {
    const bench = await open();
    const talk = await Talk.open(bench);
    await talk.stream.write(Buffer.from('name%'));
    await pass(bench, 0.1015);
    await talk.stream.write(Buffer.from('profile%na'));
    await talk.ready();
    await talk.stream.write(Buffer.from('me%'));
    expect(await talk.ready()).toBe('m-name-dut-[joulebench-virtual]\r\nm-ready\r\n');
  });
});

describe('accuracy through the protocol', () => {
  it("gives the demo workload's own figure, and the same transcript with its times in every arrangement", async () => {
    const run = async (options: Partial<VirtualBenchOptions>) => correctOf(await open(options), demo.inputs);
    const [inline, again, worker] = [await run({}), await run({}), await run({ useWorker: true })];
    expect(inline.correct).toBe(demo.correct);
    expect(again.hash).toBe(inline.hash);
    expect(worker).toEqual(inline);
  }, 60_000);

  it.skipIf(noDataReason)(
    'gives 269 of the 300 official keyword inputs',
    async () => {
      const model = readFileSync(dataPath('models', 'kws_ref_model.tflite'));
      const { image } = compilePlan(readTflite(model), { workloadId: 'kws01' });
      const bench = await open({ image, model: 'kws01' });
      const { correct } = await correctOf(bench, inputsOf(dataPath('datasets', 'kws01')));
      expect(correct).toBe(269);
      // 120 virtual seconds at 115,200 baud in chunks of 31 bytes with the kernels of the specification's prototype; the line alone needs 33.
      expect(bench.clock.nowS()).toBeGreaterThan(33);
      expect(bench.clock.nowS()).toBeLessThan(125);
    },
    60_000,
  );
});

describe('power and connection', () => {
  it('powers the DUT anew at each opening, or keeps it', async () => {
    const first = await booted();
    await first.load(input(0));
    await first.stream.close();
    const second = await Talk.open(first.bench);
    expect(await second.ready()).toContain(modeLine);
    expect(await second.command('results')).toEqual(['e-[No inference has been run]', 'm-ready']);

    const kept = await booted({ onOpen: 'keep' });
    await kept.load(input(0));
    await kept.command('infer 1 0');
    await kept.stream.close();
    const reopened = await Talk.open(kept.bench);
    expect((await reopened.command('results'))[0]).toMatch(/^m-results-/);
  });

  it('boots on the first byte when told so, and answers the command that the byte begins', async () => {
    const bench = await open({ onOpen: 'bootOnFirstByte' });
    const talk = await Talk.open(bench);
    await pass(bench, 3);
    expect(talk.take()).toBe('');
    await talk.stream.write(Buffer.from('name%'));
    const text = await talk.until((all) => all.split('m-ready\r\n').length === 3);
    expect(text.startsWith(modeLine)).toBe(true);
    expect(text.endsWith('m-name-dut-[joulebench-virtual]\r\nm-ready\r\n')).toBe(true);
  });

  it('has one line at a time', async () => {
    const talk = await booted();
    await expect(talk.bench.openDut()).rejects.toThrow('virtual.dutInUse');
    await talk.stream.close();
    await expect(talk.stream.write(Buffer.from('x'))).rejects.toThrow('transport.closed');
    await talk.bench.openDut();
  });

  it('does not open with a signal that was aborted, nor after closing', async () => {
    const bench = await open();
    const reason = new Error('stop');
    await expect(bench.openDut(AbortSignal.abort(reason))).rejects.toBe(reason);
    await bench.close();
    await bench.close();
    await expect(bench.openDut()).rejects.toThrow('transport.closed');
  });

  it('cuts the power in the middle of an inference exactly', async () => {
    const transcriptUntil = async (cutS: number | undefined): Promise<Talk> => {
      const talk = await booted();
      await talk.load(input(0));
      await talk.stream.write(Buffer.from('infer 200 1%'));
      if (cutS !== undefined) {
        talk.bench.clock.at(cutS * 1e9, () => talk.bench.cutPower());
        await pass(talk.bench, 100);
      } else {
        await talk.ready();
      }
      return talk;
    };
    const whole = await transcriptUntil(undefined);
    for (const cutS of [0.35, 0.6, 0.9, 6.0]) {
      const cut = await transcriptUntil(cutS);
      expect(cut.transcript).toEqual(whole.transcript.filter(({ timeNs }) => timeNs < cutS * 1e9));
    }
    const late = await transcriptUntil(6);
    expect(late.transcript.at(-1)?.text).toMatch(/^m-lap-us-/);
  });

  it('takes back the activity that lies behind a power cut', async () => {
    const talk = await booted();
    const reader = talk.bench.activity.reader();
    await talk.load(input(0));
    await talk.stream.write(Buffer.from('infer 200 1%'));
    const cutNs = 3_000_000_007;
    talk.bench.clock.at(cutNs, () => talk.bench.cutPower());
    await pass(talk.bench, 10);
    const entries = reader.readUntil(talk.bench.clock.nowNs());
    expect(entries.at(-1)).toMatchObject({ timeNs: cutNs, kind: 20, argument: 0 });
    expect(entries.every(({ timeNs }) => timeNs <= cutNs)).toBe(true);
    expect(entries.filter(({ kind }) => kind === 1).length).toBeGreaterThan(50);
  });

  it('keeps no activity that nobody reads', async () => {
    const talk = await booted();
    await talk.load(input(0));
    await talk.command('infer 40 0');
    expect(talk.bench.activity.kept).toBe(0);
    const reader = talk.bench.activity.reader();
    await talk.command('infer 2 0');
    expect(talk.bench.activity.kept).toBeGreaterThan(30);
    reader.readUntil(talk.bench.clock.nowNs());
    expect(talk.bench.activity.kept).toBe(0);
    reader.close();
  });

  it('says that nothing can happen any more when a silent DUT is waited for without a deadline', async () => {
    const talk = await booted({ faults: { dut: { silentAfterCommand: 0 } } });
    await expect(talk.command('name')).rejects.toThrow('virtual.nothingCanHappen');
  });

  it('tells who it is and what its figures rest on', async () => {
    const { identity } = await open({ ppm: 3 });
    expect(identity).toMatchObject({
      id: 'virtual',
      simulated: true,
      clockComparable: true,
      simulation: { cpuHz: 80e6, cyclesPerInstruction: 1.25, costSource: 'estimated', baud: 115_200, ppm: 3 },
    });
    expect(identity.instruments[0]).toMatchObject({ role: 'dut', simulated: true, triedOnHardware: false });
    expect(identity.instruments[0]?.firmware?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    [{ baud: 0 }],
    [{ cpuHz: NaN }],
    [{ cyclesPerInstruction: -1 }],
    [{ ppm: 1e6 }],
    [{ clockStartUs: 2 ** 32 }],
    [{ pace: 0 }],
  ])('refuses the setting %j', async (options) => {
    await expect(open(options)).rejects.toThrow('virtual.badSetting');
  });

  it('can be paused, and paced', async () => {
    const talk = await booted();
    talk.bench.pause();
    let answered = false;
    const answer = talk.command('name').then(() => (answered = true));
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    talk.bench.setPace(1000);
    talk.bench.resume();
    await answer;
  });
});
