import { describe, expect, it } from 'vitest';
import { summariseTrace } from '../../../../src/main/analysis/energy/summarise.ts';
import type { SummaryOptions, TraceSource } from '../../../../src/main/analysis/energy/summarise.ts';
import { publishedEnergy } from '../../../../src/main/analysis/energy/published.ts';

/** A source whose blocks are cut at multiples of `blockLength`, as those of a trace file. */
function source(
  values: Float32Array,
  blockLength: number,
  extra: { saturatedAt?: number; ranges?: Uint8Array } = {},
): TraceSource & { reads: number } {
  const made = {
    quantity: 'current' as const,
    scale: 1,
    voltageV: 3,
    sampleRateHz: 1000,
    samples: values.length,
    reads: 0,
    async *blocks(first: number, end: number) {
      await Promise.resolve();
      made.reads += 1;
      for (let at = first; at < end;) {
        const next = Math.min(end, (Math.floor(at / blockLength) + 1) * blockLength);
        const { saturatedAt = -1, ranges } = extra;
        yield {
          first: at,
          block: {
            values: values.subarray(at, next),
            ...(ranges ? { ranges: ranges.subarray(at, next) } : {}),
            saturated: saturatedAt >= at && saturatedAt < next ? 1 : 0,
          },
        };
        at = next;
      }
    },
  };
  return made;
}

const values = Float32Array.from(
  { length: 30_000 },
  (_value, index) => (index < 4000 ? 0.002 : 0.01) + (index % 7) * 1e-4,
);
const window = { number: 1, inputIndex: 3, inferences: 100, startEdge: 5000, endEdge: 16_000, hostS: 11.002, edges: 2 };
const options: SummaryOptions = {
  rule: 'mlc',
  windows: [window, { ...window, number: 2, startEdge: 18_000, endEdge: 28_500 }],
  rests: [
    { state: 'idle', firstSample: 500, endSample: 3500 },
    { state: 'sleep', firstSample: 29_000, endSample: 40_000 },
  ],
  maxCurrentA: 0.05,
};

describe('summary of a trace', () => {
  it('has both rules, rests, margins and the powers beside the edges, in one pass', async () => {
    const trace = source(values, 1024);
    const summary = await summariseTrace(trace, options);
    expect(trace.reads).toBe(1);
    const [first, second] = summary.windows;
    const byIndex = values.subarray(5000, 16_000).reduce((sum, value) => sum + value, 0) * 3e-3;
    expect(first).toMatchObject({ number: 1, inputIndex: 3, inferences: 100, durationS: 11, hostS: 11.002, edges: 2 });
    expect(first?.official).toMatchObject({ firstSample: 5000, endSample: 16_000 });
    expect(first?.official.energyJ).toBeCloseTo(byIndex, 12);
    const mean = (from: number, to: number) =>
      (3 * values.subarray(from, to).reduce((sum, value) => sum + value, 0)) / (to - from);
    expect(first?.beforeStartW).toBeCloseTo(mean(4990, 5000), 12);
    expect(first?.beforeEndW).toBeCloseTo(mean(15_990, 16_000), 12);
    const published = publishedEnergy(values, 1000, [0, 5, 16, 18, 28.5], [100, 100]);
    [first, second].forEach((entry, index) => {
      const expected = published.windows[index];
      expect(entry?.other.samples).toBe((expected?.endSample ?? 0) - (expected?.firstSample ?? 0));
      expect(entry?.other.energyJ).toBeCloseTo((expected?.energyUJ ?? 0) * 3e-3, 12);
    });
    expect(summary.rest.map(({ state, durationS }) => [state, durationS])).toEqual([
      ['idle', 3],
      ['sleep', 1],
    ]);
    expect(summary.rest[0]?.stretch.meanPowerW).toBeCloseTo(mean(500, 3500), 9);
    expect([summary.headS, summary.tailS]).toEqual([5, 1.5]);
  });

  it('does not depend on the blocks, and exchanges the rules', async () => {
    const whole = await summariseTrace(source(values, 1_000_000), options);
    expect(await summariseTrace(source(values, 333), options)).toEqual(whole);
    const eembc = await summariseTrace(source(values, 333), { ...options, rule: 'eembc' });
    expect(eembc.windows[0]?.other.samples).toBe(11_000);
    expect(eembc.windows[0]?.official.energyJ).toBe(whole.windows[0]?.other.energyJ);
  });

  it('lays a saturated sample to the stretch that it is in', async () => {
    const spiked = Float32Array.from(values);
    spiked[4500] = 0.045;
    // Block 4096 to 8191 holds both the spike before the window and its beginning.
    const outside = await summariseTrace(source(spiked, 4096, { saturatedAt: 4500 }), options);
    expect(outside.windows.map(({ official }) => official.saturatedSamples)).toEqual([0, 0]);
    spiked[6000] = 0.046;
    const inside = await summariseTrace(source(spiked, 4096, { saturatedAt: 6000 }), options);
    expect(inside.windows.map(({ official }) => official.saturatedSamples)).toEqual([1, 0]);
  });

  it('copes with windows that reach beyond the trace, and with none', async () => {
    const cut = await summariseTrace(source(values.subarray(0, 10_000), 512), options);
    expect(cut.windows.map(({ official }) => official.endSample - official.firstSample)).toEqual([5000, 0]);
    expect(cut.tailS).toBe(0);
    const empty = await summariseTrace(source(values, 512), { ...options, windows: [], rests: [] });
    expect(empty).toEqual({ windows: [], rest: [], headS: 30, tailS: 0 });
  });

  it('stops when asked', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(summariseTrace(source(values, 512), { ...options, signal: controller.signal })).rejects.toThrow(
      'enough',
    );
  });
});
