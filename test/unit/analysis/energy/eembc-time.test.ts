import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { EembcTime, eembcSlices, mlcSlice } from '../../../../src/main/analysis/energy/eembc-time.ts';

/** The rule as its runner has it: every sample asked in turn. */
function members(startS: number, endS: number, sampleRateHz: number, samples: number): number[] {
  const inside: number[] = [];
  let timeS = 0;
  for (let index = 0; index < samples; index += 1) {
    if (timeS >= startS && timeS < endS) inside.push(index);
    timeS += 1 / sampleRateHz;
  }
  return inside;
}

describe('accumulated time of the EEMBC rule', () => {
  it('decides the edges by its rounding', () => {
    const time = new EembcTime(1000);
    // Published window: marks 12.220 s apart hold 12,221 samples.
    expect(time.indexAt(0.001)).toBe(1);
    const byIndex = Array.from({ length: 60_000 }, (_value, index) => index / 1000);
    const other = new EembcTime(1000);
    const differing = byIndex.filter((instant, index) => other.indexAt(instant) !== index);
    expect(differing.length).toBeGreaterThan(10_000);
  });

  it('holds exactly the samples that the rule names', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 0, max: 3000 }),
        fc.constantFrom(1000, 100_000, 3, 2_000_000),
        (a, b, rate) => {
          const [startS, endS] = [Math.min(a, b) / rate, Math.max(a, b) / rate];
          const [slice] = eembcSlices([{ startS, endS }], rate, 2500);
          const inside = members(startS, endS, rate, 2500);
          expect((slice?.end ?? 0) - (slice?.first ?? 0)).toBe(inside.length);
          if (inside.length > 0) expect(slice?.first).toBe(inside[0]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('goes on from a kept state as if it had never stopped', () => {
    const whole = new EembcTime(1000);
    const begun = new EembcTime(1000);
    begun.indexAt(20.5);
    const resumed = new EembcTime(1000, begun.state);
    expect(resumed.indexAt(63.142)).toBe(whole.indexAt(63.142));
    expect(resumed.state).toEqual(whole.state);
  });

  it('stays where it is when asked for what has passed, and stops at the last sample', () => {
    const time = new EembcTime(10);
    expect(time.indexAt(5, 30)).toBe(30);
    expect(time.indexAt(1)).toBe(30);
  });

  it('takes windows in any order', () => {
    const windows = [
      { startS: 3, endS: 4 },
      { startS: 1, endS: 2 },
      { startS: 9, endS: 12 },
    ];
    const slices = eembcSlices(windows, 4, 40);
    expect(slices).toEqual([
      { first: 12, end: 16 },
      { first: 4, end: 8 },
      { first: 36, end: 40 },
    ]);
  });
});

describe('index rule of the MLC runner', () => {
  it('takes samples from edge to edge inside the trace', () => {
    expect(mlcSlice(4042, 14_928, 20_000)).toEqual({ first: 4042, end: 14_928 });
    expect(mlcSlice(4042, 14_928, 10_000)).toEqual({ first: 4042, end: 10_000 });
    expect(mlcSlice(30, 40, 20)).toEqual({ first: 20, end: 20 });
    expect(mlcSlice(1.25, 3.5, 20)).toEqual({ first: 2, end: 4 });
    expect(mlcSlice(5, 3, 20)).toEqual({ first: 5, end: 5 });
  });
});
