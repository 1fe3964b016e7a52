import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TraceReader } from '../../../src/main/trace/index.ts';
import { decodeHeader, headerBytes, preambleBytes } from '../../../src/main/trace/layout.ts';
import { allChannels, fullBlock, noise, readBytes, recorded } from './trace-kit.ts';

/** Where each block begins, with its type. */
function blocksOf(bytes: Uint8Array): { at: number; end: number; type: number; first: number; count: number }[] {
  const found = [];
  for (let at = preambleBytes; at < bytes.length;) {
    const block = decodeHeader(bytes, at);
    if (!block) throw new Error(`no block at ${at}`);
    const end = at + headerBytes + block.payloadBytes;
    found.push({ at, end, type: block.type, first: block.first, count: block.count });
    at = end;
  }
  return found;
}

const small = (): Promise<Uint8Array<ArrayBuffer>> =>
  recorded({ sampleRateHz: 128, channels: allChannels }, (recorder) => {
    recorder.append(fullBlock(200, 2, 3));
    recorder.event({ kind: 'edge', sampleIndex: 100, channel: 0, level: 'fall' });
    recorder.append(fullBlock(150, 3));
    recorder.event({ kind: 'mark', sampleIndex: 350, name: 'x', hostS: 1 });
  });

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: unknown) => (error as { code: string }).code,
  );
}

describe('openTrace', () => {
  it('reads everything before the last whole block of a file cut at any byte', async () => {
    const whole = await small();
    const blocks = blocksOf(whole);
    const samplesOf = await (await readBytes(whole)).read(0, 350);
    const headerEnd = blocks[0]?.end ?? 0;
    for (let length = 0; length < whole.length; length += 1) {
      const cut = whole.slice(0, length);
      if (length < headerEnd) {
        expect(await codeOf(readBytes(cut))).toBe('trace.notATrace');
        continue;
      }
      const trace = await readBytes(cut);
      const kept = blocks.filter(({ end }) => end <= length);
      const samples = Math.max(0, ...kept.filter(({ type }) => type === 2).map(({ first, count }) => first + count));
      expect(trace).toMatchObject({ samples, closed: false, problems: [] });
      expect(trace.droppedBytes).toBe(length - (kept.at(-1)?.end ?? 0));
      const { values } = await trace.read(0, samples);
      expect(Buffer.compare(bytesOf(values), bytesOf(samplesOf.values.subarray(0, samples)))).toBe(0);
      const { count, gaps } = await trace.statistics(0, samples);
      expect(count + gaps).toBe(samples);
      expect((await trace.events()).length).toBe(
        kept.filter(({ type }) => type === 3).reduce((sum, b) => sum + b.count, 0),
      );
    }
  });

  it('finds a changed byte anywhere, and gives the rest', async () => {
    const whole = await small();
    const blocks = blocksOf(whole);
    const before = await (await readBytes(whole)).read(0, 350);
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      const damaged = blocks.find((block) => at >= block.at && at < block.end);
      if (!damaged || damaged.type === 1) {
        expect(await codeOf(readBytes(bytes))).toMatch(/^trace\.(notATrace|newerVersion|damaged)$/);
        continue;
      }
      const trace = await readBytes(bytes);
      const problems = await trace.check();
      if (damaged.type === 6) {
        expect(trace.samples).toBe(350);
        continue;
      }
      expect(problems.map(({ facts }) => facts.offsetBytes)).toEqual([damaged.at]);
      expect(trace.samples).toBe(350);
      const { values } = await trace.read(0, 350);
      const from = damaged.type === 2 ? damaged.first : 0;
      const to = damaged.type === 2 ? damaged.first + damaged.count : 0;
      expect(values).toEqual(before.values.map((value, k) => (k >= from && k < to ? NaN : value)));
    }
  });

  it('passes over damage in the middle of a file that was not closed', async () => {
    const whole = await recorded(
      { sampleRateHz: 128 },
      (recorder) => recorder.append({ values: noise(1280), saturated: 0 }),
      {
        close: false,
      },
    );
    const blocks = blocksOf(whole);
    const victim = blocks.find(({ type, first }) => type === 2 && first === 512);
    if (!victim) throw new Error('no block');
    for (const at of [victim.at, victim.at + 9, victim.at + 30, victim.at + 40]) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const trace = await readBytes(bytes);
      expect(trace).toMatchObject({ samples: 1280, closed: false });
      expect((await trace.check()).map(({ code, facts }) => [code, facts.offsetBytes])).toEqual([
        ['trace.damaged', victim.at],
      ]);
      expect((await trace.statistics(0, 1280)).gaps).toBe(128);
      expect((await trace.read(640, 128)).values).toEqual(noise(1280).slice(640, 768));
    }
  });

  it('drops blocks at the end that are there in length only, as after a power cut', async () => {
    const whole = await recorded(
      { sampleRateHz: 128 },
      (recorder) => {
        recorder.append({ values: noise(600), saturated: 0 });
        recorder.event({ kind: 'mark', sampleIndex: 600, name: 'x', hostS: 1 });
        recorder.append({ values: noise(100), saturated: 1 });
      },
      { close: false },
    );
    const blocks = blocksOf(whole);
    for (const [torn, samples] of [
      [1, 640],
      [2, 512],
      [3, 512],
      [4, 512],
      [5, 384],
    ] as const) {
      const bytes = whole.slice();
      for (const { at, end } of blocks.slice(-torn)) bytes.fill(0, at + headerBytes + 4, end);
      const trace = await readBytes(bytes);
      expect(trace).toMatchObject({ samples, closed: false, problems: [] });
      expect(trace.droppedBytes).toBe(whole.length - (blocks.at(-torn)?.at ?? 0));
      const { values } = await trace.read(0, samples);
      expect(values).toEqual(Float32Array.from([...noise(600), ...noise(100)]).slice(0, samples));
      expect(await trace.events()).toHaveLength(torn < 4 ? 1 : 0);
      expect(await trace.check()).toEqual([]);
    }
  });

  it('refuses a newer version, another file and an interval outside', async () => {
    const whole = await small();
    const newer = whole.slice();
    newer[8] = 2;
    const { crc32 } = await import('node:zlib');
    new DataView(newer.buffer).setUint32(12, crc32(newer.subarray(0, 12)), true);
    expect(await codeOf(readBytes(newer))).toBe('trace.newerVersion');
    expect(await codeOf(readBytes(new TextEncoder().encode('time,current\n1,2\n'.repeat(20))))).toBe('trace.notATrace');
    const trace = await readBytes(whole);
    for (const [first, end] of [
      [0, 351],
      [-1, 5],
      [10, 5],
      [0.5, 5],
    ] as const)
      expect(await codeOf(trace.statistics(first, end))).toBe('trace.outOfRange');
  });
});

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** Neumaier's sum: what the statistics are compared with. */
function exactly(values: Iterable<number>): number {
  let sum = 0;
  let rest = 0;
  for (const value of values) {
    const next = sum + value;
    rest += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + rest;
}

function expectSums(actual: Awaited<ReturnType<TraceReader['statistics']>>, values: Float32Array, scale: number): void {
  const present = Array.from(values).filter((value) => !Number.isNaN(value));
  expect(actual.count).toBe(present.length);
  expect(actual.gaps).toBe(values.length - present.length);
  const close = (a: number, b: number, size: number): void => {
    expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * Math.abs(size));
  };
  const size = exactly(present.map(Math.abs)) * scale;
  const sum = exactly(present) * scale;
  close(actual.sum, sum, size);
  if (present.length === 0) {
    expect([actual.min, actual.max, actual.mean, actual.rms]).toEqual([NaN, NaN, NaN, NaN]);
    return;
  }
  expect(actual.min).toBe(present.reduce((a, b) => Math.min(a, b)) * scale);
  expect(actual.max).toBe(present.reduce((a, b) => Math.max(a, b)) * scale);
  close(actual.mean, sum / present.length, size / present.length);
  const rms = Math.sqrt(exactly(present.map((value) => value * value)) / present.length) * scale;
  close(actual.rms, rms, rms);
}

describe('statistics', () => {
  const count = 3 * 65_536 + 1234;

  it.each([true, false])('are those of the samples, for any interval (closed: %s)', async (close) => {
    const values = noise(count, 9, 300);
    for (let k = 20_000; k < 21_000; k += 1) values[k] = NaN;
    for (let k = 50_000; k < 51_000; k += 1) values[k] = -(values[k] ?? 0);
    const bytes = await recorded(
      { sampleRateHz: 20_000, scale: 1e-3 },
      (recorder) => {
        for (let at = 0; at < count; at += 4999)
          recorder.append({ values: values.subarray(at, Math.min(count, at + 4999)), saturated: 0 });
      },
      { close },
    );
    const trace = await readBytes(bytes);
    const place = fc.oneof(
      fc.integer({ min: 0, max: count }),
      fc.integer({ min: 0, max: 48 }).map((k) => k * 4096),
      fc.integer({ min: 0, max: 700 }).map((k) => k * 256),
    );
    await fc.assert(
      fc.asyncProperty(place, place, async (a, b) => {
        const first = Math.min(a, b);
        const end = Math.max(a, b);
        expectSums(await trace.statistics(first, end), values.subarray(first, end), 1e-3);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['current', 3, 0.5 * 3, 0.5],
    ['current', null, null, 0.5],
    ['power', 2, 0.5, 0.25],
    ['power', null, 0.5, null],
    ['energy', 2, 500, 250],
    ['energy', null, 500, null],
  ] as const)('give energy and charge of %s at %s V', async (quantity, voltageV, energyJ, chargeC) => {
    const bytes = await recorded({ quantity, voltageV }, (recorder) => {
      recorder.append({ values: new Float32Array(1000).fill(0.5), saturated: 0 });
      recorder.append({ values: new Float32Array(100).fill(NaN), saturated: 0 });
    });
    expect(await (await readBytes(bytes)).statistics(0, 1100)).toMatchObject({ energyJ, chargeC, gaps: 100 });
  });

  it('never miss a saturated sample', async () => {
    const bytes = await recorded({}, (recorder) => {
      recorder.append({ values: noise(1000), saturated: 0 });
      recorder.append({ values: noise(100), saturated: 5 });
      recorder.append({ values: noise(1000), saturated: 0 });
      recorder.append({ values: noise(700), saturated: 700 });
    });
    const trace = await readBytes(bytes);
    const within = async (first: number, end: number): Promise<number> =>
      (await trace.statistics(first, end)).saturated;
    expect(await within(0, 2800)).toBe(705);
    expect(await within(0, 1000)).toBe(0);
    expect(await within(1000, 1100)).toBe(5);
    expect(await within(1098, 1200)).toBe(2);
    expect(await within(1050, 2110)).toBe(15);
    expect((await trace.read(1050, 10)).saturated).toBe(5);
    for (const [first, end] of [
      [0, 2800],
      [1050, 2200],
    ] as const) {
      let sum = 0;
      for await (const { block } of trace.blocks(first, end)) sum += block.saturated;
      expect(sum).toBe(await within(first, end));
    }
  });
});

describe('columns', () => {
  const count = 400_000;

  it('say of each column exactly what its samples are', async () => {
    const values = noise(count, 4, 90);
    for (let k = 100_000; k < 130_000; k += 1) values[k] = NaN;
    const trace = await readBytes(
      await recorded({ sampleRateHz: 50_000 }, (recorder) => recorder.append({ values, saturated: 0 })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: count }),
        fc.integer({ min: 0, max: count }),
        fc.integer({ min: 1, max: 300 }),
        async (a, b, wanted) => {
          const first = Math.min(a, b);
          const end = Math.max(a, b);
          const view = await trace.columns(first, end, wanted);
          const columns = Math.min(wanted, end - first);
          expect(view.mean).toHaveLength(columns);
          expect(view.edges).toHaveLength(columns + 1);
          expect(view.edges[columns]).toBe(end);
          if (columns > 0) expect(view.edges[0]).toBe(first);
          for (let k = 0; k < columns; k += 1) {
            const from = view.edges[k] ?? NaN;
            const to = view.edges[k + 1] ?? NaN;
            expect(to).toBeGreaterThan(from);
            expect(Math.abs(from - (first + (k * (end - first)) / columns))).toBeLessThanOrEqual(
              Math.max(0.5, (end - first) / columns / 8),
            );
            const { min, max, mean } = await trace.statistics(from, to);
            expect([view.min[k], view.max[k]]).toEqual([Math.fround(min), Math.fround(max)]);
            if (Number.isNaN(mean)) expect(view.mean[k]).toBeNaN();
            else expect(Math.abs((view.mean[k] ?? NaN) / mean - 1)).toBeLessThan(1e-6);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('blocks', () => {
  it('follow each other without a hole', async () => {
    const values = noise(10_000, 3);
    const trace = await readBytes(await recorded({}, (recorder) => recorder.append({ values, saturated: 0 })));
    let next = 77;
    for await (const { first, block } of trace.blocks(77, 9000)) {
      expect(first).toBe(next);
      expect(block.values).toEqual(values.slice(first, first + block.values.length));
      next += block.values.length;
    }
    expect(next).toBe(9000);
  });
});
