import { describe, expect, it } from 'vitest';
import { openPpk2Session } from '../../../../src/main/emon/file/ppk2-session.ts';
import { memorySource } from '../../../../src/main/emon/file/source.ts';
import type { ImportedTrace } from '../../../../src/main/emon/file/types.ts';
import { readAll, reasonOf } from './read.ts';
import { buildZip } from './zip-builder.ts';

const metadata = { metadata: { samplesPerSecond: 100_000, startSystemTime: 1 }, formatVersion: 2 };

function frames(samples: readonly [number, number][]): Buffer {
  const bytes = Buffer.alloc(samples.length * 6);
  samples.forEach(([current, bits], index) => {
    bytes.writeFloatLE(current, index * 6);
    bytes.writeUInt16BE(bits, index * 6 + 4);
  });
  return bytes;
}

function archive(raw: Uint8Array, meta: unknown = metadata, options: Parameters<typeof buildZip>[1] = {}): Buffer {
  const text = typeof meta === 'string' ? meta : JSON.stringify(meta);
  return buildZip({ 'session.raw': raw, 'metadata.json': Buffer.from(text), 'minimap.raw': Buffer.from('x') }, options);
}

const open = (bytes: Uint8Array, piece?: number): Promise<ImportedTrace> =>
  openPpk2Session(memorySource('a.ppk2', bytes, piece), {});

// All inputs low, with D0 high, with D0 unclear.
const low = 0x5555;
const high = 0x5556;
const both = 0x5557;

describe('a session of the PPK2 application', () => {
  it('gives current, inputs and marks, deflated or stored, however it is cut', async () => {
    const samples: [number, number][] = [
      [1.5, high],
      [2.5, high],
      [Number.NaN, both],
      [3.5, low],
      [-4.5, low],
    ];
    for (const options of [{}, { stored: true }, { zip64: true }]) {
      for (const piece of [7, 10_000]) {
        const trace = await open(archive(frames(samples), metadata, options), piece);
        expect(trace).toMatchObject({
          format: 'ppk2',
          sampleRateHz: 100_000,
          sampleCount: 5,
          quantity: 'current',
          scale: 1e-6,
          hasDigital: true,
          edges: [{ sampleIndex: 3, channel: 0, level: 'fall' }],
          warnings: [
            { code: 'gaps', facts: { samples: 1 } },
            { code: 'unclearDigital', facts: { readings: 1 } },
          ],
        });
        const { values, digital } = await readAll(trace);
        expect(values).toEqual([1.5, 2.5, Number.NaN, 3.5, -4.5]);
        expect(digital).toEqual([1, 1, 1, 0, 0]);
      }
    }
  });

  it('may be long', async () => {
    const samples = Array.from({ length: 200_000 }, (_, index): [number, number] => [index % 1000, low]);
    const trace = await open(archive(frames(samples)));
    expect(trace.sampleCount).toBe(200_000);
    const { values } = await readAll(trace);
    expect(values[199_999]).toBe(999);
  });

  it('is refused where something is missing or cut', async () => {
    const raw = frames([[1, low]]);
    const good = archive(raw);
    expect(await reasonOf(open(good.subarray(0, 40)))).toBe('no ZIP directory');
    expect(await reasonOf(open(Buffer.from('PK')))).toBe('no ZIP directory');
    expect(await reasonOf(open(archive(raw, '{')))).toBe('metadata.json is not JSON');
    expect(await reasonOf(open(archive(raw, { ...metadata, formatVersion: 3 })))).toContain('formatVersion');
    expect(await reasonOf(open(archive(raw, { formatVersion: 2, metadata: {} })))).toContain('samplesPerSecond');
    expect(await reasonOf(open(archive(raw.subarray(1))))).toBe('session.raw: 5 bytes');
    expect(await reasonOf(open(buildZip({ 'metadata.json': raw })))).toContain('metadata.json is not JSON');
    expect(await reasonOf(open(buildZip({ 'session.raw': raw })))).toBe('metadata.json is missing');
    const damaged = Buffer.from(good);
    damaged.fill(0xff, 45, 50);
    await reasonOf(open(damaged));
  });
});
