import { describe, expect, it } from 'vitest';
import { counters, decode, stream, word } from './stream.ts';

const vector = [
  [0x00, 0x08, 0x00, 0x00],
  [0x00, 0x48, 0x04, 0x00],
  [0x00, 0x88, 0x08, 0x00],
  [0x00, 0xc8, 0x0c, 0x00],
  [0x00, 0x02, 0x11, 0x00],
  [0x00, 0x20, 0x14, 0xff],
  [0xff, 0x3f, 0x18, 0x80],
].flat();
const gap = (count: number): number[] => Array.from({ length: count }, () => Number.NaN);
const near = (values: readonly number[]): number[] => values.map(Math.fround);

describe('the decoder of the PPK2', () => {
  it('reads code, range, counter and inputs (vectors of the specification)', () => {
    const { values, ranges, digital, saturated, others } = decode([Uint8Array.from(vector)]);
    expect(values).toEqual(near([90e-6, 900e-6, 9e-3, 90e-3, 450e-3, 360e-6, 719.9560546875e-6]));
    expect(ranges).toEqual([0, 1, 2, 3, 4, 0, 0]);
    expect(digital).toEqual([0, 0, 0, 0, 0, 255, 128]);
    expect(saturated).toBe(1);
    // D0 rises and falls again; falls are the marks.
    expect(others).toEqual([{ kind: 'edge', channel: 0, level: 'fall', sampleIndex: 6, resolutionS: 1e-5 }]);
  });

  it('wraps its counter without a loss and sees D0 fall at the third sample', () => {
    const bytes = Uint8Array.of(0x00, 0x88, 0xf8, 0x01, 0x00, 0x88, 0xfc, 0x01, 0x00, 0x88, 0x00, 0x00);
    const { values, others } = decode([bytes]);
    expect(values).toEqual(near([9e-3, 9e-3, 9e-3]));
    expect(others).toEqual([{ kind: 'edge', channel: 0, level: 'fall', sampleIndex: 2, resolutionS: 1e-5 }]);
  });

  it('confirms a gap of 2 by the next four samples', () => {
    const sure = decode([stream([5, 6, 9, 10, 11, 12, 13])]);
    expect(sure.others).toEqual([{ kind: 'loss', sampleIndex: 2, count: 2, cause: 'counter', exact: true }]);
    expect(sure.values).toEqual([...near([90e-6, 90e-6]), ...gap(2), ...near([90e-6, 90e-6, 90e-6, 90e-6, 90e-6])]);
    expect(sure.ranges).toEqual([0, 0, 255, 255, 0, 0, 0, 0, 0]);
    // The stream ends before the gap is confirmed: it is said, but not as a certainty.
    const unsure = decode([stream([5, 6, 9, 10, 11, 12])]);
    expect(unsure.others).toEqual([{ kind: 'loss', sampleIndex: 2, count: 2, cause: 'counter', exact: false }]);
    expect(unsure.values).toHaveLength(8);
  });

  it.each([1, 2, 5, 62, 63])('fills %d lost samples', (lost) => {
    const { values, others } = decode([stream([...counters(60, 10), ...counters(70 + lost, 20)])]);
    expect(others).toEqual([{ kind: 'loss', sampleIndex: 10, count: lost, cause: 'counter', exact: true }]);
    expect(values).toHaveLength(30 + lost);
    expect(values.slice(10, 10 + lost)).toEqual(gap(lost));
  });

  it.each([64, 512])('cannot see %d lost samples', (lost) => {
    const { values, others } = decode([stream([...counters(0, 10), ...counters(10 + lost, 20)])]);
    expect(others).toEqual([]);
    expect(values).toHaveLength(30);
  });

  it('takes a sample with a damaged counter for a gap of one', () => {
    const bytes = stream(counters(0, 20));
    bytes[7 * 4 + 2]! ^= 0x40;
    const { values, others } = decode([bytes]);
    expect(others).toEqual([{ kind: 'loss', sampleIndex: 7, count: 1, cause: 'malformed', exact: true }]);
    expect(values).toHaveLength(20);
    expect(values.map((value) => Number.isNaN(value)).indexOf(true)).toBe(7);
  });

  it.each([
    [1, 1],
    [2, 1],
    [3, 1],
    [5, 2],
    [7, 2],
    [511, 128],
  ])('finds the framing again when %d bytes are lost', (bytes, samples) => {
    const whole = stream(counters(0, 400), { code: 1234, range: 2, logic: 0x55 });
    for (let cut = 400; cut < 404; cut += 1) {
      const kept = Uint8Array.from([...whole.subarray(0, cut), ...whole.subarray(cut + bytes)]);
      const { values, others } = decode([kept]);
      const broken = cut % 4 === 0 ? samples : Math.ceil((cut + bytes) / 4) - Math.floor(cut / 4);
      // A loss beyond 63 samples shows modulo 64: the rest is for the clock.
      const hidden = Math.floor(broken / 64) * 64;
      const found = others.filter((event) => event.kind === 'loss');
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ cause: 'framing', exact: false });
      expect(400 - values.length).toBeLessThanOrEqual(hidden);
      const good = values.filter((value) => !Number.isNaN(value));
      expect(new Set(good)).toEqual(new Set(near([(1234 * 4 * 1.8) / 163_840 / 10])));
      // At most a few samples around the cut are given up.
      expect(good.length).toBeGreaterThan(400 - broken - 8);
    }
  });

  it('gives the same samples however the stream is cut', () => {
    const whole = Uint8Array.from([
      ...vector,
      ...stream(counters(9, 70), { code: 77, range: 3, logic: 1 }),
      ...stream(counters(80, 3), { logic: 1, range: 6 }),
      ...stream(counters(83, 40), { code: 99, range: 4 }),
    ]);
    const once = decode([whole], { spikeFilter: true });
    for (const size of [1, 2, 3, 5, 7, 64]) {
      const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
        whole.subarray(index * size, (index + 1) * size),
      );
      const parts = decode(chunks, { spikeFilter: true });
      expect(parts.values).toEqual(once.values);
      expect(parts.raw).toEqual(once.raw);
      expect(parts.digital).toEqual(once.digital);
      expect(parts.others.filter((event) => event.kind === 'edge')).toEqual(
        once.others.filter((event) => event.kind === 'edge'),
      );
    }
  });

  it.each([5, 6, 7])('makes a gap of a sample in range %d, which does not exist', (range) => {
    const bytes = Uint8Array.from([...word(0), ...word(1), ...word(2, { range, logic: 1 }), ...word(3), ...word(4)]);
    const { values, others, ranges } = decode([bytes]);
    expect(values.map((value) => Number.isNaN(value))).toEqual([false, false, true, false, false]);
    expect(ranges[2]).toBe(255);
    expect(others).toEqual([{ kind: 'loss', sampleIndex: 2, count: 1, cause: 'malformed', exact: true }]);
  });

  it('keeps both series, and begins its filter anew after a gap', () => {
    const samples = [
      ...word(0, { code: 100, range: 1 }),
      ...word(1, { code: 100, range: 1 }),
      ...word(2, { code: 100, range: 2 }),
      ...word(3, { code: 100, range: 2 }),
      ...stream(counters(10, 6), { code: 100, range: 3 }),
    ];
    const { values, raw } = decode([Uint8Array.from(samples)], { spikeFilter: true });
    const unit = (100 * 4 * 1.8) / 163_840;
    expect(raw.slice(0, 4)).toEqual(near([unit / 100, unit / 100, unit / 10, unit / 10]));
    expect(values[2]).toBeCloseTo((0.18 * unit) / 10 + (0.82 * unit) / 100, 9);
    expect(values.slice(4, 10)).toEqual(gap(6));
    expect(values.slice(10)).toEqual(near(Array.from({ length: 6 }, () => unit)));
  });

  it('drops what stands before the first samples in step, and says so', () => {
    const { values, others } = decode([Uint8Array.from([0x12, 0x34, 0x56, ...stream(counters(20, 12))])]);
    expect(others).toEqual([{ kind: 'loss', sampleIndex: 0, count: null, cause: 'framing', exact: false }]);
    expect(values.every((value) => value === Math.fround(90e-6))).toBe(true);
    expect(values.length).toBeGreaterThanOrEqual(8);
  });

  it('hands out a long stretch of junk as gaps instead of falling silent', () => {
    const { values, others } = decode([stream(counters(0, 10)), new Uint8Array(400_000)]);
    expect(values.length).toBe(10 + 100_000);
    expect(others.every((event) => event.kind === 'loss')).toBe(true);
  });

  describe('time marks', () => {
    const levels = (pattern: string, bit: number): Uint8Array =>
      Uint8Array.from([...pattern].flatMap((level, index) => word(index, { logic: level === '1' ? 1 << bit : 0 })));

    it('come from the chosen input, in the chosen direction, between the samples they stand between', () => {
      const bytes = levels('1110001110000000111', 7);
      const falls = decode([bytes], { mark: { bit: 7, level: 'fall', holdS: 0 } });
      expect(falls.others.map((event) => event.sampleIndex)).toEqual([3, 9]);
      expect(falls.blocks.map((block) => block.firstIndex)).toEqual([0, 3, 9, 18]);
      const rises = decode([bytes], { mark: { bit: 7, level: 'rise', holdS: 0 } });
      expect(rises.others).toMatchObject([
        { kind: 'edge', channel: 7, level: 'rise', sampleIndex: 6 },
        { kind: 'edge', channel: 7, level: 'rise', sampleIndex: 16 },
      ]);
      expect(decode([bytes], { mark: { bit: 3, level: 'rise', holdS: 0 } }).others).toEqual([]);
    });

    it('bounce no second time within the hold', () => {
      const bytes = levels('11010101011111111100', 0);
      const held = decode([bytes], { mark: { bit: 0, level: 'fall', holdS: 50e-6 } });
      expect(held.others.map((event) => event.sampleIndex)).toEqual([2, 8, 18]);
    });

    it('that happened in a gap say how uncertain they are', () => {
      const bytes = Uint8Array.from([...stream(counters(0, 4), { logic: 1 }), ...stream(counters(8, 6))]);
      expect(decode([bytes]).others).toEqual([
        { kind: 'loss', sampleIndex: 4, count: 4, cause: 'counter', exact: true },
        { kind: 'edge', channel: 0, level: 'fall', sampleIndex: 8, resolutionS: 5e-5 },
      ]);
    });
  });
});
