import { describe, expect, it } from 'vitest';
import { openResults } from '../../../../src/main/emon/file/results.ts';
import { memorySource } from '../../../../src/main/emon/file/source.ts';
import type { ImportedTrace, OpenTraceFileOptions } from '../../../../src/main/emon/file/types.ts';
import { readAll, reasonOf } from './read.ts';

function open(content: unknown, piece = 1000, options: OpenTraceFileOptions = {}): Promise<ImportedTrace> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return openResults(memorySource('results.json', Buffer.from(text), piece), options);
}

const capture = (samples: unknown[], timestamps: unknown[], voltage: unknown = 1.8): unknown => ({
  file: 'a [b] {"c": \\ .bin',
  infer: { results: [0.5, 1e-3], power: 3 },
  power: { samples, timestamps, extracted_power: null, voltage },
  mode: 'e',
});

describe('results of the current runner', () => {
  it('are joined captures with marks, in figures that stay what they are', async () => {
    const content = [
      capture(
        [1.542e-5, 2.686e-5, 1e-8],
        [
          ['00', 1],
          ['01', 2],
          ['02', 3],
        ],
      ),
      capture(
        [1.5e-5, 1.234e-4],
        [
          ['03', 0],
          ['04', 2],
        ],
      ),
    ];
    for (const piece of [1, 2, 7, 64, 100_000]) {
      const trace = await open(content, piece);
      expect(trace).toMatchObject({
        format: 'results',
        sampleRateHz: 1000,
        sampleCount: 5,
        quantity: 'energy',
        voltageV: 1.8,
        segments: [
          { firstSample: 0, endSample: 3, voltageV: 1.8 },
          { firstSample: 3, endSample: 5, voltageV: 1.8 },
        ],
        warnings: [{ code: 'joined', facts: { captures: 2 } }],
      });
      expect(trace.edges.map((edge) => [edge.sequence, edge.sampleIndex])).toEqual([
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 3],
        [4, 5],
      ]);
      const { values } = await readAll(trace);
      expect(values.map((value) => value * trace.scale)).toEqual(
        [1.542e-5, 2.686e-5, 1e-8, 1.5e-5, 1.234e-4].map((v) => Math.round(v * 1e9) * 1e-9),
      );
      expect(values).toEqual([15_420, 26_860, 10, 15_000, 123_400]);
    }
  });

  it('keep gaps, and are read with what Python writes', async () => {
    const text = '[{"power": {"samples": [1e-05, NaN, null, -Infinity], "timestamps": [["00", 1]], "voltage": "3"}}]';
    const trace = await open(text);
    expect((await readAll(trace)).values).toEqual([10_000, Number.NaN, Number.NaN, Number.NaN]);
    expect(trace.voltageV).toBe(3);
    expect(trace.warnings.map((warning) => warning.code)).toEqual(['oddEdges', 'gaps']);
  });

  it('say so when captures differ in voltage; the caller has the last word', async () => {
    const content = [
      capture([1e-5], [['00', 0]], 1.8),
      capture(
        [1e-5],
        [
          ['01', 0],
          ['02', 1],
        ],
        3,
      ),
    ];
    expect((await open(content)).warnings.map((warning) => warning.code)).toEqual(['joined', 'voltages']);
    expect(await open(content, 100, { voltageV: 2.5, sampleRateHz: 100 })).toMatchObject({
      voltageV: 2.5,
      sampleRateHz: 100,
    });
  });

  it.each([
    ['[]', 'no power samples'],
    ['[{"power": null}]', 'no power samples'],
    ['{"power": {"samples": []}}', 'no power samples'],
    ['[{"power": {"samples": [1, "x"]}}]', 'sample 2: x'],
    ['[{"power": {"samples": [1], "timestamps": [["00"]]}}]', 'timestamp 1: ["00"]'],
    ['[{"power": {"samples": [1], "timestamps": [["a", 1]]}}]', 'timestamp 1: ["a",1]'],
    ['[{"power": {"samples": [1], "timestamps": [["00", -1]]}}]', 'timestamp 1: ["00",-1]'],
    ['[{"power": {"samples": [1, 2', 'not JSON near character 28: end'],
    ['[1,]', 'not JSON near character 3: ]'],
    ['[1 2]', 'not JSON'],
    ['{"a" 1}', 'not JSON'],
    ['{1: 2}', 'not JSON'],
    ['[tru]', 'not JSON'],
    ['[01a]', 'not JSON'],
    ['["\u0001"]', 'not JSON'],
    ['[}', 'not JSON'],
    ['', 'not JSON'],
    ['[[[', 'not JSON'],
    ['['.repeat(100), 'too deep'],
    [`["${'x'.repeat(70_000)}"]`, 'a text without end'],
  ])('are refused: case %#', async (text, reason) => {
    expect(await reasonOf(open(text))).toContain(reason);
  });
});
