import { describe, expect, it } from 'vitest';
import type { ScriptedDutOptions } from '../../rig/dut/index.ts';
import { createBench, faultOf, payload } from './bench.ts';
import type { Bench } from './bench.ts';
import type { DutClientOptions } from '../../../src/main/dut/index.ts';

async function ready(options: ScriptedDutOptions = {}, client: Partial<DutClientOptions> = {}): Promise<Bench> {
  const bench = createBench(options, client);
  await bench.clock.until(bench.client.identify());
  return bench;
}

/** Applies to bytes that arrive after the handshake. */
function armed(change: (byte: number, index: number) => readonly number[]): {
  mangle: (byte: number) => readonly number[];
  arm: () => void;
} {
  let index = -1;
  return { mangle: (byte) => (index < 0 ? [byte] : change(byte, index++)), arm: () => (index = 0) };
}

const loadBytes = 'db load 490%'.length;

describe('loading over a bad line', () => {
  it.each([
    ['a lost hex digit', (byte: number, index: number) => (index === loadBytes + 40 ? [] : [byte]), 2],
    ['a doubled hex digit', (byte: number, index: number) => (index === loadBytes + 40 ? [byte, byte] : [byte]), 2],
    ['a lost percent sign', (byte: number, index: number) => (index === loadBytes + 65 ? [] : [byte]), 2],
    ['a flipped digit', (byte: number, index: number) => (index === loadBytes + 40 ? [0x78] : [byte]), 2],
    ['two lost hex digits', (byte: number, index: number) => ([40, 41].includes(index - loadBytes) ? [] : [byte]), 2],
    ['a lost letter of db load', (byte: number, index: number) => (index === 4 ? [] : [byte]), 2],
    ['a changed length', (byte: number, index: number) => (index === 9 ? [0x35] : [byte]), 2],
  ])('%s: the load starts again and the payload is right', async (_name, change, attempts) => {
    const line = armed(change);
    const bench = await ready({
      mangleIn: line.mangle,
      results: (input) => Buffer.from(input).toString('hex').slice(0, 4),
    });
    line.arm();
    const report = await bench.clock.until(bench.client.load(payload(490), { verify: true }));
    expect(report).toMatchObject({ attempts, verified: 'ok', bytes: 490 });
    const next = await bench.clock.until(bench.client.infer(1, 0, { deadlineS: 5 }));
    expect(next.lines.at(-2)?.text).toBe('m-results-[0007]');
  });

  it('a byte that changed without an error is found by the verification, and its place told', async () => {
    const line = armed((byte, index) => (index % 5000 === loadBytes + 43 ? [0x30] : [byte]));
    const bench = await ready({ mangleIn: line.mangle });
    line.arm();
    const report = await bench.clock.until(bench.client.load(payload(490), { verify: true }));
    expect(report).toMatchObject({ attempts: 2, verified: 'ok' });
    const broken = await ready({ printOffset: 123 });
    const fault = await faultOf(broken, broken.client.load(payload(490), { verify: true }));
    expect(fault).toMatchObject({
      code: 'dut.verifyMismatch',
      facts: { offset: 123, expected: '5d', found: '5c', attempts: 3 },
    });
  });

  it('a lost byte in the m-ready of a chunk: after the silence the load starts again', async () => {
    const line = armed((byte, index) => (index === 'm-[Expecting 490 bytes]\r\nm-ready\r\n'.length + 12 ? [] : [byte]));
    const bench = await ready({ mangleOut: line.mangle });
    line.arm();
    const startS = bench.clock.nowS();
    const report = await bench.clock.until(bench.client.load(payload(490), { verify: false }));
    expect(report.attempts).toBe(2);
    expect(report.commands).toBe(2 + 16);
    expect(bench.clock.nowS() - startS).toBeLessThan(4);
    expect([report.startS, report.endS]).toEqual([startS, bench.clock.nowS()]);
  });

  it('a line that loses a byte in each load is given up after three attempts', async () => {
    const bench = await ready({ sayLoadDone: false });
    const fault = await faultOf(bench, bench.client.load(payload(490), { verify: false }));
    expect(fault).toMatchObject({
      code: 'dut.loadFailed',
      facts: { bytes: 490, attempts: 3, offset: 465, reply: 'm-ready' },
    });
    expect(bench.dut.commands.filter((command) => command === 'db load 490')).toHaveLength(3);
  });

  it('a buffer that is too small is refused at once, and no data is sent into it', async () => {
    const bench = await ready({ bufferBytes: 490 });
    const fault = await faultOf(bench, bench.client.load(payload(3072), { verify: true }));
    expect(fault).toMatchObject({ code: 'dut.bufferTooSmall', facts: { bytes: 3072, maxBytes: 490 } });
    expect(bench.dut.commands.filter((command) => /^db [0-9a-f]{2}/.test(command))).toEqual([]);
  });

  it('a DUT that cannot print is asked twice in the first load and never again', async () => {
    const bench = await ready({ canPrint: false });
    for (let load = 0; load < 3; load += 1) {
      const report = await bench.clock.until(bench.client.load(payload(31), { verify: true }));
      expect(report.verified).toBe('unsupported');
    }
    expect(bench.dut.commands.filter((command) => command === 'db print')).toHaveLength(2);
    expect((await bench.clock.until(bench.client.load(payload(31), { verify: false }))).verified).toBe('off');
  });

  it('a lost letter in db print does not end the verification', async () => {
    const line = armed((byte, index) => (index === loadBytes + 66 + 4 ? [] : [byte]));
    const bench = await ready({ mangleIn: line.mangle });
    line.arm();
    expect(await bench.clock.until(bench.client.load(payload(31), { verify: true }))).toMatchObject({ verified: 'ok' });
  });

  it('a lost byte of the m-ready behind the printed buffer only costs another attempt', async () => {
    const bytes = 'm-[Expecting 31 bytes]\r\nm-ready\r\nm-load-done\r\nm-ready\r\n'.length;
    const line = armed((byte, index) => (index === bytes + 31 * 3 + 4 * 10 + 6 ? [] : [byte]));
    const bench = await ready({ mangleOut: line.mangle });
    line.arm();
    expect(await bench.clock.until(bench.client.load(payload(31), { verify: true }))).toMatchObject({
      attempts: 2,
      verified: 'ok',
    });
  });

  it('a DUT that does not announce the load is believed after a pause', async () => {
    const bench = await ready({ sayExpecting: false });
    expect(await bench.clock.until(bench.client.load(payload(490), { verify: true }))).toMatchObject({ attempts: 1 });
  });

  it('a restart during the load is a fault: the runner decides', async () => {
    const bench = await ready({ rebootDuring: 'db' });
    expect(await faultOf(bench, bench.client.load(payload(490), { verify: false }))).toMatchObject({
      code: 'dut.rebooted',
    });
    expect(await bench.clock.until(bench.client.load(payload(490), { verify: true }))).toMatchObject({
      verified: 'ok',
    });
  });

  it('an echo of every chunk costs nothing but time', async () => {
    for (const echo of ['percent', 'plain', 'line'] as const) {
      const bench = await ready({ echo });
      expect(await bench.clock.until(bench.client.load(payload(490), { verify: true }))).toMatchObject({
        attempts: 1,
        verified: 'ok',
      });
    }
  });

  it('refuses an empty payload and a chunk that no DUT can take', async () => {
    const bench = await ready();
    await expect(bench.client.load(new Uint8Array(0), { verify: false })).rejects.toThrow(RangeError);
    for (const chunkBytes of [0, 39, 2.5]) expect(() => createBench({}, { chunkBytes })).toThrow(RangeError);
  });
});

describe('an inference that goes wrong', () => {
  it('restart in the middle: the window is void', async () => {
    const bench = await ready({ rebootDuring: 'infer' });
    const fault = await faultOf(bench, bench.client.infer(10, 1, { deadlineS: 60 }));
    expect(fault).toMatchObject({ code: 'dut.rebooted', facts: { command: 'infer 10 1' } });
    // Told once; the rest of the boot block is no second restart.
    expect(await bench.clock.until(bench.client.timestamp())).toBeGreaterThan(0);
    bench.dut.reset();
    await bench.clock.advance(1);
    expect(await faultOf(bench, bench.client.timestamp())).toMatchObject({ code: 'dut.rebooted' });
    expect(await bench.clock.until(bench.client.timestamp())).toBeGreaterThan(0);
  });

  it('a restart between two commands is told before the next one', async () => {
    const bench = await ready();
    await bench.clock.until(bench.client.load(payload(490), { verify: false }));
    bench.dut.reset();
    await bench.clock.advance(1);
    const fault = await faultOf(bench, bench.client.infer(1, 0, { deadlineS: 5 }));
    expect(fault).toMatchObject({ code: 'dut.rebooted', facts: { command: 'infer 1 0' } });
    expect(bench.dut.commands.at(-1)).not.toContain('infer');
  });

  it('the deadline of the caller ends it, not a silence', async () => {
    const bench = await ready({ inferenceS: 30 });
    const report = await bench.clock.until(bench.client.infer(1, 0, { deadlineS: 40 }));
    expect(report.dutElapsedS).toBe(30);
    const fault = await faultOf(bench, bench.client.infer(2, 0, { deadlineS: 40 }));
    expect(fault).toMatchObject({ code: 'dut.timeout', facts: { command: 'infer 2 0', deadlineS: 40 } });
  });

  it('no answer at all', async () => {
    const bench = await ready({ silentAfter: 2 });
    const fault = await faultOf(bench, bench.client.infer(1, 0, { deadlineS: 7 }));
    expect(fault).toMatchObject({ code: 'dut.silent', facts: { command: 'infer 1 0', waitedS: 7 } });
  });

  it('an input of another size than the model wants', async () => {
    const bench = await ready({ inputBytes: 490 });
    await bench.clock.until(bench.client.load(payload(100), { verify: false }));
    const fault = await faultOf(bench, bench.client.infer(1, 0, { deadlineS: 7 }));
    expect(fault).toMatchObject({ code: 'dut.inputSize', facts: { foundBytes: 100, expectedBytes: 490 } });
  });

  it('a refusal', async () => {
    const line = armed((byte, index) => (index === 6 ? [0x30] : [byte]));
    const bench = await ready({ mangleIn: line.mangle });
    line.arm();
    const fault = await faultOf(bench, bench.client.infer(5, 0, { deadlineS: 7 }));
    expect(fault).toMatchObject({ code: 'dut.refused', facts: { reply: 'Inference iterations must be >0' } });
  });

  it.each([
    ['m-infer-start', 'm-infer-start'],
    ['m-infer-done', 'm-infer-done'],
  ])('without %s there was none', async (start, missing) => {
    const bench = await ready({ rewrite: (line) => (line.startsWith(start) ? [] : [line]) });
    const fault = await faultOf(bench, bench.client.infer(1, 0, { deadlineS: 60 }));
    expect(fault).toMatchObject({ code: 'dut.incompleteReply', facts: { missing } });
  });

  it('counts that make no sense are refused', async () => {
    const bench = await ready();
    for (const [iterations, warmups] of [
      [0, 0],
      [1, -1],
      [1.5, 0],
    ] as const) {
      await expect(bench.client.infer(iterations, warmups, { deadlineS: 1 })).rejects.toThrow(RangeError);
    }
  });
});

describe('output of an earlier command', () => {
  it('is not taken for the next answer: the rest of an inference that was given up', async () => {
    const bench = await ready({ inferenceS: 1, results: (input) => String(input.length) });
    await bench.clock.until(bench.client.load(payload(100), { verify: false }));
    expect(await faultOf(bench, bench.client.infer(3, 0, { deadlineS: 2 }))).toMatchObject({ code: 'dut.timeout' });
    // The DUT is still busy; its stamps, results and m-ready come while the next command waits.
    const report = await bench.clock.until(bench.client.load(payload(490), { verify: true }));
    expect(report).toMatchObject({ attempts: 1, verified: 'ok' });
    const next = await bench.clock.until(bench.client.infer(2, 0, { deadlineS: 60 }));
    expect(next).toMatchObject({ iterations: 2, dutElapsedS: 2, results: [490], warnings: [] });
  });

  it('nor what came after an abort', async () => {
    const bench = await ready({ inferenceS: 1 });
    const controller = new AbortController();
    const outcome = bench.client
      .infer(4, 1, { deadlineS: 60, signal: controller.signal })
      .catch((error: unknown) => error);
    await bench.clock.advance(2.5);
    controller.abort(new Error('paused'));
    expect(await outcome).toMatchObject({ message: 'paused' });
    const next = await bench.clock.until(bench.client.infer(2, 1, { deadlineS: 60 }));
    expect(next).toMatchObject({ iterations: 2, dutElapsedS: 2, stampCount: 2, warnings: [] });
  });

  it('nor a whole old reply that arrives before the next command', async () => {
    const bench = await ready();
    bench.dut.say(
      'm-warmup-start-0\r\nm-infer-start-1\r\nm-lap-us-1\r\nm-lap-us-9\r\nm-infer-done\r\nm-results-[9]\r\nm-ready\r\n',
    );
    await bench.clock.advance(0.1);
    const report = await bench.clock.until(bench.client.infer(1, 0, { deadlineS: 60 }));
    expect(report).toMatchObject({ results: [0.1, 0.2, 0.7], warnings: [] });
    expect(bench.dut.commands.slice(-2)).toEqual(['name', 'infer 1 0']);
  });

  it('nor one that arrives just after the next command was sent', async () => {
    const bench = await ready({ inferenceS: 1 });
    const work = bench.client.infer(1, 0, { deadlineS: 60 });
    bench.dut.say('m-lap-us-9\r\nm-infer-done\r\nm-results-[9]\r\nm-ready\r\n');
    const report = await bench.clock.until(work);
    expect(report).toMatchObject({ results: [0.1, 0.2, 0.7], stampCount: 2, dutElapsedS: 1 });
    expect(report.warnings.map((warning) => warning.code)).toContain('staleOutput');
  });

  it('nor a doubled m-ready', async () => {
    const bench = await ready({ afterReady: 'm-ready\r\n' });
    await bench.clock.advance(1);
    const first = await bench.clock.until(bench.client.timestamp());
    await bench.clock.advance(1);
    const second = await bench.clock.until(bench.client.timestamp());
    expect(second).toBeGreaterThan(first);
  });

  it('noise after m-ready needs no resynchronisation', async () => {
    const bench = await ready({ afterReady: 'heap 1234 free\r\n' });
    await bench.clock.advance(1);
    await bench.clock.until(bench.client.timestamp());
    expect(bench.dut.commands).toEqual(['name', 'profile', 'timestamp']);
  });

  it('a resynchronisation that gets no answer says so', async () => {
    const bench = await ready({ silentAfter: 2 });
    expect(await faultOf(bench, bench.client.resync())).toMatchObject({
      code: 'dut.silent',
      facts: { command: 'name' },
    });
  });
});

describe('the other commands', () => {
  it('results again', async () => {
    const bench = await ready({ results: () => '1,2' });
    await bench.clock.until(bench.client.infer(1, 0, { deadlineS: 5 }));
    expect(await bench.clock.until(bench.client.results())).toEqual([1, 2]);
  });

  it('results before any inference, or that are no numbers', async () => {
    const bench = await ready({ results: () => 'x' });
    expect(await faultOf(bench, bench.client.results())).toMatchObject({ code: 'dut.incompleteReply' });
    await bench.clock.until(bench.client.infer(1, 0, { deadlineS: 5 }));
    expect(await faultOf(bench, bench.client.results())).toMatchObject({
      code: 'dut.badResults',
      facts: { text: 'x' },
    });
  });

  it('are refused by an error reply', async () => {
    const line = armed((byte, index) => (index === 3 ? [] : [byte]));
    const bench = await ready({ mangleIn: line.mangle });
    line.arm();
    const fault = await faultOf(bench, bench.client.timestamp());
    expect(fault).toMatchObject({ code: 'dut.refused', facts: { reply: 'Unknown command: timstamp' } });
  });

  it('one at a time', async () => {
    const bench = await ready();
    const first = bench.client.infer(1, 0, { deadlineS: 5 });
    expect(await faultOf(bench, bench.client.timestamp())).toMatchObject({ code: 'dut.busy' });
    expect(await bench.clock.until(first)).toMatchObject({ iterations: 1 });
    expect(await bench.clock.until(bench.client.timestamp())).toBeGreaterThan(0);
  });
});

describe('the connection ends', () => {
  it('in the middle of a command, while waiting for silence, and before one', async () => {
    for (const command of ['infer', 'resync', 'load'] as const) {
      const bench = await ready({ inferenceS: 10 });
      const work = {
        infer: () => bench.client.infer(1, 0, { deadlineS: 60 }),
        resync: () => bench.client.resync(),
        load: () => bench.client.load(payload(27_648), { verify: false }),
      }[command]();
      const outcome = work.catch((error: unknown) => error);
      await bench.far.close();
      expect(await outcome).toMatchObject({ code: 'transport.lost', facts: { port: 'test DUT' } });
      expect(await faultOf(bench, bench.client.timestamp())).toMatchObject({ code: 'transport.lost' });
    }
  });

  it('by ourselves', async () => {
    const bench = await ready({ inferenceS: 10 });
    const outcome = bench.client.infer(1, 0, { deadlineS: 60 }).catch((error: unknown) => error);
    await bench.clock.advance(1);
    await bench.client.close();
    await bench.client.close();
    expect(await outcome).toMatchObject({ code: 'transport.closed' });
    expect(await faultOf(bench, bench.client.timestamp())).toMatchObject({ code: 'transport.closed' });
  });
});

it('the log has every line, and a load in one entry', async () => {
  const bench = await ready();
  await bench.clock.until(bench.client.load(payload(490), { verify: false }));
  const sent = bench.log.filter((entry) => entry.direction === 'tx').map((entry) => entry.text);
  expect(sent).toEqual(['name%', 'profile%', 'db load 490%', 'db ... (490 bytes in 16 commands)']);
  const heard = bench.log.filter((entry) => entry.direction === 'rx').map((entry) => entry.text);
  expect(heard.slice(4, 6)).toEqual(['m-name-dut-[unspecified]', 'm-ready']);
  expect(heard.slice(-2)).toEqual(['m-load-done', 'm-ready']);
});
