import { describe, expect, it } from 'vitest';
import type { EnergyMonitor, MonitorEvent } from '../../../src/main/emon/index.ts';
import { PowerFeed } from '../../../src/main/runner/power-feed.ts';

const monitor = {
  identity: { label: 'made-up monitor', simulated: true },
  kind: { model: 'M', acceptance: 'exploration', triedOnHardware: false },
  voltageV: 2,
  powered: true,
} as unknown as EnergyMonitor;

function samples(firstIndex: number, values: number[], saturated = 0): MonitorEvent {
  return { kind: 'samples', firstIndex, values: Float32Array.from(values), saturated };
}

const current = { quantity: 'current', sampleRateHz: 100 } as const;

describe('power feed', () => {
  it('turns samples into columns of 0.1 s, in watts', () => {
    const work: (() => void)[] = [];
    const feed = new PowerFeed((task) => work.push(task));
    feed.take('r1', monitor, samples(0, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), current);
    feed.take('r1', monitor, samples(10, [20, 20]), current);
    expect(work).toHaveLength(1);
    work.pop()?.();
    const { value } = feed.topic;
    expect([...value.minW]).toEqual([2]);
    expect([...value.maxW]).toEqual([20]);
    expect([...value.meanW]).toEqual([11]);
    expect(value).toMatchObject({ samples: 12, runId: 'r1', powered: true, fromS: 0, voltageV: 2 });
  });

  it('takes energy per sample as power, and shows a column of gaps as a gap', () => {
    const work: (() => void)[] = [];
    const feed = new PowerFeed((task) => work.push(task));
    const energy = { quantity: 'energy', sampleRateHz: 10 } as const;
    feed.take('r1', monitor, samples(0, [0.5, Number.NaN, 0.25, 0.25]), energy);
    work.pop()?.();
    expect([...feed.topic.value.meanW]).toEqual([5, Number.NaN, 2.5]);
  });

  it('keeps one minute and says where it begins', () => {
    const work: (() => void)[] = [];
    const feed = new PowerFeed((task) => work.push(task));
    for (let k = 0; k < 1000; k += 1)
      feed.take('r1', monitor, samples(k, [k]), { quantity: 'power', sampleRateHz: 10 });
    work.pop()?.();
    const { fromS, meanW } = feed.topic.value;
    expect(meanW).toHaveLength(600);
    expect(fromS).toBeCloseTo(39.9, 9);
    expect(meanW[0]).toBe(399);
  });

  it('counts edges and losses, and begins anew with another run', () => {
    const work: (() => void)[] = [];
    const feed = new PowerFeed((task) => work.push(task));
    feed.take('r1', monitor, { kind: 'edge', channel: 0, level: 'fall', sampleIndex: 3, resolutionS: 1e-3 }, undefined);
    feed.take('r1', monitor, { kind: 'loss', sampleIndex: 4, count: 64, cause: 'counter', exact: true }, undefined);
    work.pop()?.();
    expect(feed.topic.value).toMatchObject({ edges: 1, lostSamples: 64 });
    feed.take('r2', monitor, samples(0, [1]), current);
    work.pop()?.();
    expect(feed.topic.value).toMatchObject({ runId: 'r2', edges: 0, lostSamples: 0 });
    feed.ended();
    work.pop()?.();
    expect(feed.topic.value).toMatchObject({ powered: false, voltageV: null });
  });
});
