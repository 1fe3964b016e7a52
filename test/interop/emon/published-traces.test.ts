import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTraceFile } from '../../../src/main/emon/index.ts';
import type { ImportedTrace } from '../../../src/main/emon/index.ts';
import { dataPath, noDataReason } from '../../support/data.ts';

if (noDataReason) console.info(`published traces: ${noDataReason}`);

interface PublishedWindow {
  window: number;
  first_sample: number;
  end_sample: number;
  energy_uj: number;
}
interface PublishedRun {
  id: string;
  round: string;
  folder: string;
  mode: string;
  runner: string;
  files: Record<string, unknown>;
  recomputed: {
    timestamps?: number;
    timestamps_s?: number[];
    rate_hz?: number;
    samples?: number;
    windows?: PublishedWindow[];
  };
}

function runs(): PublishedRun[] {
  if (noDataReason) return [];
  const expected = JSON.parse(readFileSync(dataPath('submissions', 'expected.json'), 'utf8')) as {
    runs: PublishedRun[];
  };
  return expected.runs.filter((run) => run.mode === 'energy' && run.recomputed.windows);
}

function pathOf(run: PublishedRun, file: string): string {
  return dataPath('submissions', run.round, run.folder, file);
}

async function valuesOf(trace: ImportedTrace): Promise<Float32Array> {
  const values = new Float32Array(trace.sampleCount);
  let at = 0;
  for await (const block of trace.blocks()) {
    values.set(block.values, at);
    at += block.values.length;
  }
  expect(at).toBe(trace.sampleCount);
  return values;
}

/** In uJ. */
function sum(trace: ImportedTrace, values: Float32Array, first: number, end: number): number {
  let total = 0;
  for (let index = first; index < end; index += 1) total += values[index]!;
  return total * trace.scale * 1e6;
}

const traces = runs().filter((run) => 'trace1-energy.bin' in run.files && existsSync(pathOf(run, 'trace1-energy.bin')));
const results = runs().filter((run) => run.runner === 'mlcommons' && existsSync(pathOf(run, 'results.json')));

describe.skipIf(noDataReason)('published traces', () => {
  it('are all here', () => {
    expect(traces).toHaveLength(11);
    expect(results).toHaveLength(1);
  });

  it.each(traces.map((run) => [run.id, run] as const))('%s', async (_id, run) => {
    const path = pathOf(run, 'trace1-energy.bin');
    const { recomputed } = run;
    const trace = await openTraceFile(path);
    expect(trace).toMatchObject({
      format: 'eembc',
      quantity: 'energy',
      sampleRateHz: recomputed.rate_hz,
      sampleCount: recomputed.samples,
    });
    expect(trace.sampleCount).toBe((statSync(path).size - 5) / 4);
    // A mark in samples is the published second, to the last bit.
    expect(trace.edges.map((edge) => edge.sampleIndex / trace.sampleRateHz)).toEqual(recomputed.timestamps_s);
    const marks = JSON.parse(readFileSync(join(dirname(path), 'trace1-timestamps.json'), 'utf8')) as number[];
    expect(trace.edges).toHaveLength(marks.length);
    // One published run has lost a mark.
    expect(trace.warnings.map((warning) => warning.code)).toEqual(marks.length % 2 === 0 ? ['oddEdges'] : []);
    const values = await valuesOf(trace);
    for (const window of recomputed.windows ?? []) {
      const energyUJ = sum(trace, values, window.first_sample, window.end_sample);
      expect(energyUJ / window.energy_uj).toBeCloseTo(1, 9);
    }
  });

  it.each(results.map((run) => [run.id, run] as const))('%s', async (_id, run) => {
    const trace = await openTraceFile(pathOf(run, 'results.json'));
    const windows = run.recomputed.windows ?? [];
    expect(trace).toMatchObject({ format: 'results', quantity: 'energy', sampleRateHz: 1000, voltageV: 3 });
    expect(trace.segments).toHaveLength(windows.length);
    expect(trace.warnings.map((warning) => warning.code)).toEqual(['joined']);
    expect(trace.edges.map((edge) => edge.sequence)).toEqual(trace.edges.map((_, index) => index));
    const values = await valuesOf(trace);
    windows.forEach((window, index) => {
      const { firstSample, endSample } = trace.segments[index]!;
      const inside = trace.edges.filter(({ sampleIndex }) => sampleIndex >= firstSample && sampleIndex < endSample);
      const [start, end] = inside.slice(-2).map((edge) => edge.sampleIndex);
      expect([start! - firstSample, end! - firstSample]).toEqual([window.first_sample, window.end_sample]);
      expect(sum(trace, values, start!, end!) / window.energy_uj).toBeCloseTo(1, 12);
    });
  });
});
