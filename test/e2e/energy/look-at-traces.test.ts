import { beforeAll, describe, expect, it } from 'vitest';
import { Traces } from '../../../src/main/host-services/traces.ts';
import type { TraceSummary } from '../../../src/shared/domain/energy.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { openLab, start } from './bench.ts';

describe('the traces of a finished session, as pages look at them', () => {
  const traces = new Traces(new ManualClock());
  let folder = '';
  let trace: TraceSummary;

  beforeAll(async () => {
    const { operation } = await start(await openLab());
    const result = await operation.done;
    folder = operation.folder;
    const found = result.record.runs[0]?.trace;
    if (!found) throw new Error('no trace was summed up');
    trace = found;
  });

  it('says what is in it', async () => {
    const facts = await traces.facts(folder, 'r1');
    expect(facts).toMatchObject({ sampleRateHz: 1000, samples: trace.samples, closed: true, simulated: true });
    expect(facts.windows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(facts.edgeCount).toBe(11);
    expect(facts.rests.map(({ state }) => state)).toEqual(['idle', 'sleep']);
  });

  it('gives the energy of a window as the run has it', async () => {
    const { official } = trace.windows[1] as TraceSummary['windows'][number];
    const found = await traces.statistics(folder, 'r1', official.firstSample / 1000, official.endSample / 1000);
    expect(found.samples).toBe(official.endSample - official.firstSample);
    expect(found.energyJ).toBeCloseTo(official.energyJ, 9);
    expect(found.meanW).toBeCloseTo(official.meanPowerW, 9);
    expect(found.lostSamples).toBe(0);
  });

  it('gives columns in watts whose mean is that of the interval', async () => {
    const { edgesS, minW, meanW, maxW } = await traces.columns(folder, 'r1', 0, Infinity, 200);
    expect(meanW.length).toBeLessThanOrEqual(200);
    expect(edgesS).toHaveLength(meanW.length + 1);
    for (const [k, mean] of meanW.entries()) {
      expect(minW[k]).toBeLessThanOrEqual(mean);
      expect(maxW[k]).toBeGreaterThanOrEqual(mean);
    }
    const whole = await traces.statistics(folder, 'r1', 0, Infinity);
    const energyJ = meanW.reduce((sum, mean, k) => sum + mean * ((edgesS[k + 1] ?? 0) - (edgesS[k] ?? 0)), 0);
    expect(energyJ / (whole.energyJ ?? 0)).toBeCloseTo(1, 5);
  });

  it('takes an interval the wrong way round, outside the trace and of no length', async () => {
    const there = await traces.statistics(folder, 'r1', 2, 1);
    expect([there.fromS, there.toS]).toEqual([1, 2]);
    expect((await traces.statistics(folder, 'r1', -5, 1e9)).samples).toBe(trace.samples);
    expect((await traces.statistics(folder, 'r1', 3, 3)).samples).toBe(1);
  });

  it('says so when a run has none, many times at once too, and lets go of all files', async () => {
    await expect(traces.facts(folder, 'r9')).rejects.toMatchObject({ code: 'trace.none' });
    const looks = await Promise.all(Array.from({ length: 20 }, () => traces.facts(folder, 'r1')));
    expect(new Set(looks.map(({ samples }) => samples)).size).toBe(1);
    await traces.close();
    expect((await traces.facts(folder, 'r1')).samples).toBe(trace.samples);
    await traces.close();
  });
});
