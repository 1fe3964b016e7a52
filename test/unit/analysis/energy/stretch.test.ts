import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { StretchAccumulator, jouleFactor, storedCurrent } from '../../../../src/main/analysis/energy/stretch.ts';
import type { SampleFormat } from '../../../../src/main/analysis/energy/stretch.ts';

const current: SampleFormat = { quantity: 'current', scale: 1, voltageV: 3, sampleRateHz: 1000 };

function sums(values: number[], format: SampleFormat = current, maxCurrentA = Infinity) {
  const accumulator = new StretchAccumulator(format, 100, maxCurrentA);
  accumulator.push(Float32Array.from(values));
  return accumulator.stretch();
}

describe('stretch of a trace', () => {
  it('sums a current at the set voltage', () => {
    const stretch = sums([0.25, 0.5, 0.25, 1]);
    expect(stretch.energyJ).toBe((2 * 3) / 1000);
    expect([stretch.meanPowerW, stretch.minPowerW, stretch.maxPowerW]).toEqual([1.5, 0.75, 3]);
    expect(stretch.rmsPowerW).toBeCloseTo(3 * Math.sqrt((0.0625 + 0.25 + 0.0625 + 1) / 4), 12);
    expect([stretch.firstSample, stretch.endSample]).toEqual([100, 104]);
    expect(stretch.ranges).toEqual([{ range: 0, samples: 4, energyJ: 6e-3 }]);
    expect(stretch.rawEnergyJ).toBeNull();
  });

  it('knows energy and power samples and their scale', () => {
    expect(sums([1, 2, 3], { quantity: 'energy', scale: 1e-6, voltageV: null, sampleRateHz: 1000 })).toMatchObject({
      energyJ: 6e-6,
      meanPowerW: 2e-3,
    });
    expect(sums([2, 4], { quantity: 'power', scale: 0.5, voltageV: null, sampleRateHz: 8 })).toMatchObject({
      energyJ: 0.375,
      maxPowerW: 2,
    });
    expect(() => jouleFactor({ ...current, voltageV: null })).toThrow(RangeError);
  });

  it('finds saturation in each quantity, and takes what the driver counted', () => {
    expect(storedCurrent({ ...current, quantity: 'energy' }, 0.05)).toBeCloseTo(0.05 * 3 * 1e-3, 15);
    expect(storedCurrent({ ...current, quantity: 'power', voltageV: null }, 0.05)).toBe(Infinity);
    expect(sums([0.04, 0.06, 0.07], current, 0.05).saturatedSamples).toBe(2);
    const accumulator = new StretchAccumulator(current, 0);
    accumulator.push(Float32Array.of(1, 1), { saturated: 1 });
    expect(accumulator.stretch().saturatedSamples).toBe(1);
  });

  it('leaves gaps out and counts them, and readings clamped at 0', () => {
    const stretch = sums([1, Number.NaN, 0, 3]);
    expect(stretch).toMatchObject({ lostSamples: 1, clippedSamples: 1, endSample: 104 });
    expect(stretch.meanPowerW).toBe(4);
    expect(stretch.noiseW).toBeCloseTo(3 * Math.sqrt(9 / 2), 12);
  });

  it('takes noise from successive differences, so that steps of the load hardly count', () => {
    const values = Array.from({ length: 2000 }, (_value, index) => (index < 1000 ? 1 : 1.05) + (index % 2) * 0.01);
    expect(sums(values).noiseW).toBeCloseTo((3 * 0.01) / Math.SQRT2, 2);
  });

  it('says nothing of an empty stretch', () => {
    expect(sums([])).toMatchObject({ energyJ: 0, meanPowerW: 0, minPowerW: 0, maxPowerW: 0, rmsPowerW: 0, ranges: [] });
    expect(sums([Number.NaN])).toMatchObject({ energyJ: 0, lostSamples: 1, meanPowerW: 0 });
  });

  it('splits energy by range and counts the samples near a switch once', () => {
    const accumulator = new StretchAccumulator(current, 0);
    const ranges = [2, 2, 2, 2, 2, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 3];
    accumulator.push(Float32Array.from(ranges), {
      ranges: Uint8Array.from(ranges),
      raw: Float32Array.from(ranges.map((value) => value + 1)),
    });
    const stretch = accumulator.stretch();
    expect(stretch.ranges.map(({ range, samples }) => [range, samples])).toEqual([
      [2, 14],
      [3, 2],
    ]);
    // Around samples 6 and 7: 3 to 9; before sample 15: 12 to 15.
    expect(stretch.nearSwitchSamples).toBe(7 + 4);
    expect(stretch.rawEnergyJ).toBeCloseTo(stretch.energyJ + 16 * 3e-3, 12);
  });

  it('does not care how a stretch is cut into blocks', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            value: fc.oneof(
              { weight: 9, arbitrary: fc.float({ noNaN: true, min: 0, max: 1 }) },
              fc.constant(Number.NaN),
            ),
            range: fc.integer({ min: 0, max: 3 }),
          }),
          { maxLength: 60 },
        ),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 20 }),
        (samples, cuts) => {
          const values = Float32Array.from(samples.map(({ value }) => value));
          const ranges = Uint8Array.from(samples.map(({ value, range }) => (Number.isNaN(value) ? 255 : range)));
          const whole = new StretchAccumulator(current, 0, 0.9);
          whole.push(values, { ranges, raw: values });
          const cut = new StretchAccumulator(current, 0, 0.9);
          for (let at = 0, turn = 0; at < values.length; turn += 1) {
            const end = Math.min(values.length, at + (cuts[turn % cuts.length] as number));
            cut.push(values.subarray(at, end), { ranges: ranges.subarray(at, end), raw: values.subarray(at, end) });
            at = end;
          }
          expect(cut.stretch()).toEqual(values.length > 0 ? whole.stretch() : { ...whole.stretch(), rawEnergyJ: null });
        },
      ),
      { numRuns: 500 },
    );
  });
});
