import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTraceFile } from '../../../src/main/emon/index.ts';
import { exportDetailsSchema } from '../../../src/shared/domain/trace-export.ts';
import { exportCsv, exportEembc, findWindow, importTrace, openTrace } from '../../../src/main/trace/index.ts';
import type { ForeignTrace, TraceEvent, TraceHeader, TraceReader } from '../../../src/main/trace/index.ts';
import { noise, readBytes, recorded } from './trace-kit.ts';

let folder = '';
let tests = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jb-export-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function fresh(name: string): string {
  tests += 1;
  return join(folder, `${tests}-${name}`);
}

function floats(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: (bytes.length - 5) / 4 }, (_, k) => view.getFloat32(5 + 4 * k, true));
}

const events: TraceEvent[] = [
  { kind: 'mark', sampleIndex: 0, name: 'recording, "first"', hostS: 0 },
  { kind: 'edge', sampleIndex: 2, channel: 0, level: 'fall', sequence: 1 },
  { kind: 'loss', sampleIndex: 2, count: 1, cause: 'counter', exact: true },
  { kind: 'tick', sampleIndex: 3, deviceTimeS: 1 },
];

async function made(
  changes: Partial<TraceHeader>,
  values: number[],
  some: TraceEvent[] = events,
): Promise<TraceReader> {
  const digital = changes.channels?.digital ? { digital: Uint8Array.from(values, (_, k) => k) } : {};
  return readBytes(
    await recorded(changes, (recorder) => {
      recorder.append({ values: Float32Array.from(values), ...digital, saturated: 0 });
      for (const event of some) recorder.event(event);
    }),
  );
}

describe('exportCsv', () => {
  it('writes time, value, energy, inputs and marks; a gap is empty', async () => {
    const path = fresh('a.csv');
    const trace = await made(
      { channels: { raw: false, ranges: false, digital: true }, sampleRateHz: 1000, voltageV: 3 },
      [0.5, 0.0078125, NaN, 0.25],
    );
    expect(await exportCsv(trace, path)).toEqual({ rows: 4 });
    expect((await readFile(path, 'utf8')).split('\n')).toEqual([
      'time_s,current_a,energy_j,digital,marks,simulated',
      '0,0.5,0.0015,0,"mark recording, ""first""",true',
      '0.001,0.0078125,0.0000234375,1,,true',
      '0.002,,,2,edge D0 fall; loss 1 counter,true',
      '0.003,0.25,0.00075,3,,true',
      '',
    ]);
  });

  it('leaves the energy empty where it is not known, and takes an interval', async () => {
    const path = fresh('b.csv');
    const trace = await made({ voltageV: null, simulated: false }, [1, 2, 3, 4]);
    await exportCsv(trace, path, { first: 1, end: 3 });
    expect((await readFile(path, 'utf8')).split('\n').slice(1)).toEqual([
      '0.001,2,,,false',
      '0.002,3,,edge D0 fall; loss 1 counter,false',
      '',
    ]);
  });

  it('leaves nothing behind when it is stopped, and never writes over a file', async () => {
    const path = fresh('c.csv');
    const trace = await made({}, [1, 2, 3]);
    await expect(exportCsv(trace, path, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect((await readdir(folder)).filter((name) => name.includes('c.csv'))).toEqual([]);
    await writeFile(path, 'mine');
    await expect(exportCsv(trace, path)).rejects.toMatchObject({ code: 'store.exists' });
    expect(await readFile(path, 'utf8')).toBe('mine');
    await expect(exportCsv(trace, join(folder, 'nowhere', 'd.csv'))).rejects.toMatchObject({ code: 'store.notFound' });
  });
});

describe('exportEembc', () => {
  it('sums whole milliseconds in microjoules, and says the rest beside it', async () => {
    const trace = await made({ sampleRateHz: 4000, quantity: 'power', simulated: false }, [
      1,
      2,
      3,
      4,
      5,
      NaN,
      7,
      8,
      1,
      1,
      1,
      1,
      9,
    ]);
    const { files, samples, edges } = await exportEembc(trace, { folder, rate: 'published', number: 7 });
    expect(files.energy).toBe(join(folder, 'trace7-energy.bin'));
    expect({ samples, edges }).toEqual({ samples: 3, edges: 1 });
    const bytes = await readFile(files.energy);
    expect([...bytes.subarray(0, 5)]).toEqual([0xf1, 0x00, 0x00, 0x7a, 0x44]);
    expect(floats(bytes)).toEqual([2500, NaN, 1000]);
    expect(await readFile(files.timestamps, 'utf8')).toBe('[\n\t0.001\n]');
    const details = exportDetailsSchema.parse(JSON.parse(await readFile(files.details, 'utf8')));
    expect(details).toMatchObject({
      recordedRateHz: 4000,
      rateHz: 1000,
      recordedSamples: 13,
      samples: 3,
      leftOutSamples: 1,
      edges: [{ sampleIndex: 2, timeS: 0.0005, sequence: 1 }],
      losses: [{ sampleIndex: 2, count: 1, cause: 'counter', exact: true }],
      marks: [{ name: 'recording, "first"' }],
      damaged: [],
    });
  });

  it('sums across blocks, and keeps the rate of the trace when asked', async () => {
    const values = noise(200_000, 5);
    const bytes = await recorded({ sampleRateHz: 100_000, voltageV: 1.8 }, (recorder) =>
      recorder.append({ values, saturated: 0 }),
    );
    const trace = await readBytes(bytes);
    const published = await exportEembc(trace, { folder, rate: 'published', number: 8 });
    expect(published.files.energy).toContain('SIMULATED-trace8-energy.bin');
    const sums = floats(await readFile(published.files.energy));
    expect(sums).toHaveLength(2000);
    for (const k of [0, 655, 656, 1999]) {
      const expected = values.subarray(100 * k, 100 * k + 100).reduce((sum, value) => sum + value, 0) * 18;
      expect((sums[k] ?? NaN) / expected).toBeCloseTo(1, 6);
    }
    const all = await exportEembc(trace, { folder, rate: 'trace', number: 9 });
    expect(all.samples).toBe(200_000);
    expect(floats(await readFile(all.files.energy))[77]).toBe(Math.fround((values[77] ?? NaN) * 1.8e-5 * 1e6));
  });

  it('asks for a voltage, and refuses a rate that is no whole multiple', async () => {
    const trace = await made({ voltageV: null }, [1, 2]);
    await expect(exportEembc(trace, { folder, rate: 'trace', number: 20 })).rejects.toMatchObject({
      code: 'trace.voltageNeeded',
    });
    const { files } = await exportEembc(trace, { folder, rate: 'trace', number: 20, voltageV: 2 });
    expect(floats(await readFile(files.energy))).toEqual([2000, 4000]);
    const odd = await made({ sampleRateHz: 2500 }, [1, 2]);
    await expect(exportEembc(odd, { folder, rate: 'published', number: 21 })).rejects.toMatchObject({
      code: 'trace.rateNotWhole',
      facts: { sampleRateHz: 2500, targetHz: 1000 },
    });
  });

  it('writes all three files or none', async () => {
    const trace = await made({ simulated: false }, [1]);
    await writeFile(join(folder, 'trace30-details.json'), 'mine');
    await expect(exportEembc(trace, { folder, rate: 'trace', number: 30 })).rejects.toMatchObject({
      code: 'store.exists',
    });
    expect((await readdir(folder)).filter((name) => name.includes('trace30'))).toEqual(['trace30-details.json']);
  });
});

function foreign(
  parts: { values: Float32Array; digital?: Uint8Array }[],
  changes: Partial<ForeignTrace> = {},
): ForeignTrace {
  return {
    format: 'eembc',
    sampleRateHz: 1000,
    quantity: 'energy',
    scale: 1e-6,
    voltageV: null,
    hasDigital: false,
    edges: [],
    edgeResolutionS: 0.001,
    segments: [{ firstSample: 0 }],
    async *blocks() {
      for (const part of parts) yield await Promise.resolve(part);
    },
    ...changes,
  };
}

const facts = { createdAt: '2026-11-24T10:00:00.000Z', program: 'joulebench 1', source: 'x.bin' };

describe('importTrace', () => {
  it('keeps every bit of the values, and edges and segments in place', async () => {
    const path = fresh('i.jbt');
    // Among them a NaN with a payload and a subnormal number.
    const odd = new Float32Array(Uint32Array.of(0x7fc0_1234, 0x0000_0001, 0x8000_0000, 0x447a_0000).buffer);
    const edges = [
      { sampleIndex: 5, channel: 0, level: 'fall', sequence: 3 },
      { sampleIndex: 2000, channel: 0, level: 'rise' },
    ] as const;
    const closed = await importTrace(
      foreign([{ values: odd }, { values: noise(1000) }], {
        edges,
        segments: [{ firstSample: 0 }, { firstSample: 4 }],
      }),
      path,
      facts,
    );
    expect(closed.samples).toBe(1004);
    const trace = await openTrace(path);
    const { values } = await trace.read(0, 4);
    expect(new Uint32Array(values.buffer)).toEqual(new Uint32Array(odd.buffer));
    expect(await trace.events()).toEqual([
      { kind: 'mark', sampleIndex: 4, name: 'segment-2', hostS: 0 },
      { kind: 'edge', ...edges[0] },
      { kind: 'edge', ...edges[1] },
    ]);
    expect(trace.header).toMatchObject({
      instrument: { kind: 'file', model: 'eembc' },
      note: 'x.bin',
      simulated: false,
    });
    const files = await exportEembc(trace, { folder, rate: 'trace', number: 40 });
    expect((await readFile(files.files.energy)).subarray(5)).toEqual(Buffer.concat([odd, noise(1000)].map(bytesOf)));
    await trace.close();
  });

  it('leaves nothing behind when reading fails, and never writes over a file', async () => {
    const path = fresh('j.jbt');
    const broken = foreign([], {
      async *blocks() {
        yield await Promise.resolve({ values: noise(5000) });
        throw new Error('torn');
      },
    });
    await expect(importTrace(broken, path, facts)).rejects.toThrow('torn');
    expect((await readdir(folder)).filter((name) => name.includes('j.jbt'))).toEqual([]);
    await writeFile(path, 'mine');
    await expect(importTrace(foreign([]), path, facts)).rejects.toMatchObject({ code: 'store.exists' });
  });
});

function bytesOf(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

describe('our own exports', () => {
  it.each(['csv', 'eembc'] as const)(
    'come back with samples, edges and the word that they are simulated: %s',
    async (kind) => {
      const values = Array.from(noise(3000), (value, k) => (kind === 'csv' && k % 500 === 7 ? NaN : value));
      const marks: TraceEvent[] = [1, 700, 2999].map((sampleIndex) => ({
        kind: 'edge',
        sampleIndex,
        channel: kind === 'csv' ? 7 : 0,
        level: 'fall',
      }));
      const trace = await made({ quantity: 'energy', simulated: true }, values, marks);
      const out = fresh(kind);
      if (kind === 'csv') await exportCsv(trace, out);
      else await mkdir(out);
      const { energy } =
        kind === 'csv' ? { energy: out } : (await exportEembc(trace, { folder: out, rate: 'trace' })).files;
      const foreign = await openTraceFile(energy);
      const path = fresh('back.jbt');
      await importTrace(foreign, path, { createdAt: '2026-11-24T10:00:00.000Z', program: 'test', source: 'a' });
      const back = await openTrace(path);
      expect(back.header).toMatchObject({ simulated: true, quantity: 'energy', sampleRateHz: 1000 });
      expect(await back.events()).toEqual(marks);
      const [was, is] = [await trace.statistics(0, 3000), await back.statistics(0, 3000)];
      expect([is.count, is.gaps]).toEqual([was.count, was.gaps]);
      for (const figure of ['sum', 'min', 'max', 'rms'] as const) expect(is[figure] / was[figure]).toBeCloseTo(1, 6);
      await back.close();
    },
  );
});

describe('findWindow', () => {
  const edge = (sampleIndex: number): TraceEvent => ({ kind: 'edge', sampleIndex, channel: 0, level: 'fall' });
  const mark = (name: string, sampleIndex: number): TraceEvent => ({ kind: 'mark', name, sampleIndex, hostS: 0 });

  it('takes pairs of edges after the first where nothing is marked', () => {
    const edges = [1, 10, 20, 30, 40].map(edge);
    expect(findWindow(edges, 1, 'x')).toEqual({ first: 10, end: 20 });
    expect(findWindow(edges, 2, 'x')).toEqual({ first: 30, end: 40 });
    expect(() => findWindow(edges, 3, 'x')).toThrow('trace.noWindow');
  });

  it('takes the edges after the last mark of that name', () => {
    const events = [
      edge(1),
      mark('window-1', 5),
      edge(10),
      mark('window-1', 50),
      edge(60.5),
      edge(90),
      mark('rest-idle', 95),
      edge(99),
      mark('window-2', 100),
      edge(120),
    ];
    expect(findWindow(events, 1, 'x')).toEqual({ first: 60, end: 90 });
    for (const number of [2, 3]) expect(() => findWindow(events, number, 'x')).toThrow('trace.noWindow');
  });
});
