import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MonitorEvent } from '../../../src/main/emon/index.ts';
import { constantsText, metadataEnded, parseMetadata } from '../../../src/main/emon/ppk2/metadata.ts';
import { counters, decode, stream } from '../../unit/emon/ppk2/stream.ts';

const numRuns = 10_000;

/** What holds for any bytes: blocks follow each other, their channels are equally long, and events stand in order. */
function checkOrder(events: readonly MonitorEvent[]): number {
  let samples = 0;
  for (const event of events) {
    if (event.kind !== 'samples') {
      expect(event).toHaveProperty('sampleIndex');
      if (event.kind !== 'loss') expect(event).toMatchObject({ sampleIndex: samples });
      continue;
    }
    expect(event.firstIndex).toBe(samples);
    samples += event.values.length;
    expect([event.ranges?.length, event.digital?.length]).toEqual([event.values.length, event.values.length]);
    expect(event.saturated).toBeLessThanOrEqual(event.values.length);
    for (let index = 0; index < event.values.length; index += 1) {
      // A gap is a gap in every channel.
      if (Number.isNaN(event.values[index]) !== (event.ranges?.[index] === 255)) throw new Error(`sample ${index}`);
    }
  }
  return samples;
}

function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });

describe('fuzz: the stream of the PPK2', () => {
  it('any bytes give events in order, no more samples than bytes allow, the same however they are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), sizes, fc.boolean(), (bytes, parts, spikeFilter) => {
        const whole = decode([bytes], { spikeFilter });
        const samples = checkOrder(whole.events);
        const losses = whole.others.filter((event) => event.kind === 'loss');
        expect(samples).toBeLessThanOrEqual(bytes.length / 4 + 64 * (losses.length + 1));
        const pieces = decode(cut(bytes, parts), { spikeFilter });
        checkOrder(pieces.events);
        expect(pieces.values).toEqual(whole.values);
        expect(pieces.digital).toEqual(whole.digital);
      }),
      { numRuns },
    );
  });

  it('a damaged stream is read again after at most 12 samples, and stays true time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 63 }),
        fc.integer({ min: 12, max: 40 }),
        fc.integer({ min: 0, max: 59 }),
        fc.uint8Array({ maxLength: 12 }),
        sizes,
        (first, before, lostBytes, junk, parts) => {
          const sample = { code: 4321, range: 1, logic: 0x5a };
          const whole = stream(counters(first, before + 90), sample);
          const at = before * 4 - 2;
          const bytes = Uint8Array.from([...whole.subarray(0, at), ...junk, ...whole.subarray(at + lostBytes)]);
          const { values, events } = decode(cut(bytes, parts));
          checkOrder(events);
          const good = Math.fround((4321 * 4 * 1.8) / 163_840 / 100);
          const lostWords = Math.ceil((lostBytes + 2) / 4);
          const tail = values.slice(values.length - (90 - lostWords - 12));
          expect(new Set(tail)).toEqual(new Set([good]));
          // True time but for whole turns of the counter.
          expect(Math.abs(before + 90 - values.length) % 64).toBe(0);
        },
      ),
      { numRuns },
    );
  });
});

describe('fuzz: the metadata of the PPK2', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('END', 'R0', 'R4: 1', 'R1: nan', 'GS2: -0', 'UG0: 9e999', 'O3: 1e400', 'Calibrated: 0', 'VDD: x'),
    fc
      .tuple(fc.constantFrom('R', 'GS', 'S', 'Q', '__proto__'), fc.integer(), fc.double())
      .map(([key, n, value]) => `${key}${n}: ${value}`),
  );

  it('any text gives finite constants and positive shunts, or none', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        const text = lines.join(end);
        metadataEnded(text);
        const read = parseMetadata(text);
        if (!read) return;
        for (const values of Object.values(read.constants) as number[][]) {
          expect(values).toHaveLength(5);
          expect(values.every((value) => Number.isFinite(value))).toBe(true);
        }
        expect(read.constants.r.every((value) => value > 0)).toBe(true);
        expect(read.remarks.length).toBeLessThanOrEqual(40);
        expect(constantsText(read.constants)).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns },
    );
  });
});
