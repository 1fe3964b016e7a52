import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mlcSlice, publishedEnergy, StretchAccumulator, summariseTrace } from '../../../src/main/analysis/index.ts';
import { noDataReason } from '../../support/data.ts';
import { expectedRuns, runFile, runFolder } from './published-logs.ts';
import type { ExpectedRun } from './published-logs.ts';

interface EnergyRun extends ExpectedRun {
  published: ExpectedRun['published'] & {
    median_energy_uj: number;
    energy_windows: { window: number; energy_uj: number; power_uw: number; energy_per_inf_uj: number }[];
    performance_windows: { window: number; runtime_s: number; throughput: number; inferences: number }[];
  };
  recomputed: ExpectedRun['recomputed'] & {
    timestamps: number;
    median_energy_uj: number;
    windows: {
      window: number;
      inferences: number;
      runtime_s: number;
      throughput: number;
      first_sample: number;
      end_sample: number;
      energy_uj: number;
      power_uw: number;
      energy_per_inf_uj: number;
    }[];
  };
}

function energyRuns(): EnergyRun[] {
  return expectedRuns().filter((run) => run.mode === 'energy') as EnergyRun[];
}

function readTrace(run: EnergyRun): { sampleRateHz: number; energiesUJ: Float32Array } {
  const bytes = readFileSync(join(runFolder(run), 'trace1-energy.bin'));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(view.getUint8(0)).toBe(0xf1);
  const energiesUJ = new Float32Array((bytes.length - 5) / 4);
  for (const index of energiesUJ.keys()) energiesUJ[index] = view.getFloat32(5 + 4 * index, true);
  return { sampleRateHz: view.getFloat32(1, true), energiesUJ };
}

const printed = (value: number): number => Number(value.toFixed(3));

describe.skipIf(noDataReason)('published traces of the EEMBC runner', () => {
  const runs = noDataReason ? [] : energyRuns().filter((run) => existsSync(join(runFolder(run), 'trace1-energy.bin')));

  it('are all of the sample', () => {
    expect(runs).toHaveLength(11);
  });

  it.each(runs.map((run) => [run.id, run] as const))('%s', async (_id, run) => {
    const { sampleRateHz, energiesUJ } = readTrace(run);
    const stamps = JSON.parse(runFile(run, 'timestamps.json')) as number[];
    const [firstWindow] = run.recomputed.windows;
    const inferences = Array.from({ length: 5 }, () => firstWindow?.inferences as number);
    const figures = publishedEnergy(energiesUJ, sampleRateHz, stamps, inferences);

    expect(figures.windows).toHaveLength(run.published.energy_windows.length);
    expect(figures.missingEdges).toBe(11 - run.recomputed.timestamps);
    figures.windows.forEach((window, index) => {
      const energy = run.published.energy_windows[index];
      const speed = run.published.performance_windows[index];
      const exact = run.recomputed.windows[index];
      expect(window.number).toBe(energy?.window);
      expect([window.firstSample, window.endSample]).toEqual([exact?.first_sample, exact?.end_sample]);
      expect(printed(window.energyUJ)).toBe(energy?.energy_uj);
      expect(printed(window.powerUW)).toBe(energy?.power_uw);
      expect(printed(window.energyUJPerInf)).toBe(energy?.energy_per_inf_uj);
      expect(printed(window.seconds)).toBe(speed?.runtime_s);
      expect(printed(window.throughputInfPerS)).toBe(speed?.throughput);
    });
    expect(printed(figures.medianEnergyUJPerInf)).toBe(run.published.median_energy_uj);
    expect(printed(figures.medianThroughputInfPerS)).toBe(run.published.median_throughput);

    // The same trace through the streaming summary, edges in samples, in blocks that cut windows anywhere.
    const blockLength = 777;
    async function* blocks(first: number, end: number) {
      await Promise.resolve();
      for (let at = first; at < end; at += blockLength) {
        yield { first: at, block: { values: energiesUJ.subarray(at, Math.min(end, at + blockLength)), saturated: 0 } };
      }
    }
    const summary = await summariseTrace(
      { quantity: 'energy', scale: 1e-6, voltageV: 3, sampleRateHz, samples: energiesUJ.length, blocks },
      {
        rule: 'eembc',
        windows: figures.windows.map(({ startS, endS, number, inferences: count }) => ({
          number,
          inputIndex: 0,
          inferences: count,
          startEdge: startS * sampleRateHz,
          endEdge: endS * sampleRateHz,
          hostS: null,
          edges: 2,
        })),
        rests: [],
        maxCurrentA: Infinity,
      },
    );
    summary.windows.forEach((window, index) => {
      const energy = run.published.energy_windows[index];
      expect(printed(window.official.energyJ * 1e6)).toBe(energy?.energy_uj);
      expect(printed(window.official.meanPowerW * 1e6)).toBe(energy?.power_uw);
    });
  });

  it('includes one with a lost edge, whose windows lie between the inferences', () => {
    const lost = runs.filter((run) => run.recomputed.timestamps === 10);
    expect(lost).toHaveLength(1);
    expect(lost[0]?.recomputed.windows).toHaveLength(4);
  });
});

interface MlcCapture {
  infer: { iterations: number };
  power: { samples: number[]; timestamps: [string, number][] };
}

describe.skipIf(noDataReason)('published captures of the MLC runner', () => {
  const runs = noDataReason ? [] : energyRuns().filter((run) => existsSync(join(runFolder(run), 'results.json')));

  it('are all of the sample', () => {
    expect(runs).toHaveLength(1);
  });

  it.each(runs.map((run) => [run.id, run] as const))('%s', (_id, run) => {
    const captures = JSON.parse(runFile(run, 'results.json')) as MlcCapture[];
    expect(captures).toHaveLength(5);
    const energies = captures.map(({ infer, power }, index) => {
      const [start, end] = power.timestamps.slice(-2).map(([, sample]) => sample) as [number, number];
      const { first, end: last } = mlcSlice(start, end, power.samples.length);
      const expected = run.published.energy_windows[index];
      // Samples are decimal numbers of J here, not float32: they are summed as they stand.
      const energyUJ = power.samples.slice(first, last).reduce((sum, value) => sum + value, 0) * 1e6;
      const exact = run.recomputed.windows[index];
      expect([first, last]).toEqual([exact?.first_sample, exact?.end_sample]);
      expect(printed(energyUJ)).toBe(expected?.energy_uj);
      expect(Number(((energyUJ * 1000) / (last - first)).toPrecision(6))).toBe(expected?.power_uw);
      expect(printed(energyUJ / infer.iterations)).toBe(expected?.energy_per_inf_uj);
      // As float32 in a trace of ours they lose less than one part in ten million.
      const sums = new StretchAccumulator({ quantity: 'energy', scale: 1, voltageV: null, sampleRateHz: 1000 }, first);
      sums.push(Float32Array.from(power.samples.slice(first, last)));
      expect(Math.abs((sums.energyJ * 1e6) / energyUJ - 1)).toBeLessThan(1e-7);
      return energyUJ / infer.iterations;
    });
    const median = energies.sort((a, b) => a - b)[2] as number;
    expect(Number(median.toFixed(4))).toBe(run.published.median_energy_uj);
  });
});
