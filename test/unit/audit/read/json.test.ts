import { describe, expect, it } from 'vitest';
import { readResultsJson, readTimestamps } from '../../../../src/main/audit/read/index.ts';
import type { ResultsJson } from '../../../../src/main/audit/read/index.ts';
import { pieces } from '../../../support/audit/pieces.ts';

const read = (value: unknown, size?: number): Promise<ResultsJson> =>
  readResultsJson(pieces(typeof value === 'string' ? value : JSON.stringify(value), size));

const performance = {
  file: 'emu_s_002009.bin',
  classes: '10',
  class: '2',
  infer: {
    start_time: 1_000_000,
    end_time: 11_000_000,
    results: [0, 1],
    iterations: 200,
    warmups: 1,
    total_inferences: 1,
  },
  mode: 'p',
};

describe('results.json', () => {
  it('has entries with stamps and results, however it is cut', async () => {
    for (const size of [1, 11, 100_000]) {
      const { entries, broken } = await read([performance, { error: 'error 1', mode: 'p' }], size);
      expect(broken).toBeNull();
      expect(entries).toMatchObject([
        { file: 'emu_s_002009.bin', label: 2, inferences: 200, warmups: 1, startUs: 1e6, endUs: 11e6, results: [0, 1] },
      ]);
    }
    expect((await read([{ error: 'error 2' }])).errors).toEqual(['error 2']);
  });

  it('sums the samples between the last two edges, and sees edges that do not follow one another', async () => {
    const capture = (samples: number[], timestamps: [string, number][]): object => ({
      file: 'a.bin',
      infer: { results: [1], iterations: 2, warmups: 0 },
      power: { samples, timestamps, voltage: 3 },
      mode: 'e',
    });
    const { entries } = await read([
      capture(
        [9, 9, 1, 2, 3, 9],
        [
          ['00', 0],
          ['01', 2],
          ['02', 5],
        ],
      ),
      capture(
        [9, 4, 5, 9],
        [
          ['03', 1],
          ['04', 3],
        ],
      ),
      capture(
        [9, 4, 5, 9],
        [
          ['06', 1],
          ['07', 3],
        ],
      ),
    ]);
    expect(entries.map(({ power }) => [power?.energyJ, power?.edges, power?.consecutive])).toEqual([
      [6, 3, true],
      [9, 2, true],
      [9, 2, false],
    ]);
    expect(entries[0]?.power).toMatchObject({ firstSample: 2, endSample: 5, largestJ: 3, beforeJ: 9, voltageV: 3 });
  });

  it('has what a stream gave', async () => {
    const { entries } = await read([
      {
        infer: { wav_file: 'long.wav', detection_windows: [[1, 2], 'x'], detections: [10, 20], length_sec: 1200 },
        dutycycle: { start_times_s: [0, 0.03, 0.06], stop_times_s: [0.006, 0.036, 0.066] },
      },
    ]);
    expect(entries[0]?.streaming).toMatchObject({ wordsS: [[1, 2]], detectionsMs: [10, 20], lengthS: 1200 });
    expect(entries[0]?.streaming?.periodS).toBeCloseTo(0.03, 12);
    expect(entries[0]?.streaming?.dutyCycle).toBeCloseTo(0.2, 12);
  });

  it('keeps what stands before a defect, and takes names that could do harm as names', async () => {
    const cut = JSON.stringify([performance, performance]).slice(0, -30);
    const { entries, broken } = await read(cut);
    expect(entries).toHaveLength(1);
    expect(broken).toBe('syntax');
    const polluted = await read('[{"__proto__": {"infer": {"iterations": 3}}, "infer": {"iterations": 5}}]');
    expect(polluted.entries).toMatchObject([{ inferences: 5 }]);
    expect(({} as Record<string, unknown>)['infer']).toBeUndefined();
    const deep = await read(`[${'['.repeat(100_000)}`);
    expect(deep.broken).toBe('syntax');
    expect(await read('{"a": 1}')).toMatchObject({ entries: [], broken: null });
  });
});

describe('the time marks of a trace', () => {
  it('are numbers that do not go back', async () => {
    expect(await readTimestamps(pieces('[\n\t0.015,\n\t2.69\n]'))).toEqual({ ok: true, atS: [0.015, 2.69] });
    expect(await readTimestamps(pieces('[2, 1]'))).toEqual({ ok: false, reason: 'entry', index: 2 });
    expect(await readTimestamps(pieces('[1, "2"]'))).toMatchObject({ ok: false, reason: 'entry' });
    expect(await readTimestamps(pieces('{}'))).toMatchObject({ ok: false, reason: 'notAList' });
    expect(await readTimestamps(pieces('[1,'))).toMatchObject({ ok: false, reason: 'notJson' });
    expect(await readTimestamps(pieces('['.repeat(100_000)))).toMatchObject({ ok: false, reason: 'notJson' });
  });
});
