import { describe, expect, it } from 'vitest';
import { openEembc } from '../../../../src/main/emon/file/eembc.ts';
import { memorySource } from '../../../../src/main/emon/file/source.ts';
import type { ImportedTrace } from '../../../../src/main/emon/file/types.ts';
import { readAll, reasonOf } from './read.ts';

// Vector of the specification, section 9.4.
const vector = Uint8Array.from(Buffer.from('F100007A440000803F0000004000004040', 'hex'));

function open(bytes: Uint8Array, marks?: string, piece?: number): Promise<ImportedTrace> {
  const timestamps = marks === undefined ? undefined : memorySource('marks', Buffer.from(marks));
  return openEembc(memorySource('trace', bytes, piece), timestamps, {});
}

describe('a trace of the EEMBC runner', () => {
  it('gives rate, figures in uJ and marks in samples, however it is cut', async () => {
    for (const piece of [1, 3, 4, 100]) {
      const trace = await open(vector, '[\n\t0.001,\n\t0.002,\n\t0.003\n]\n', piece);
      expect(trace).toMatchObject({
        format: 'eembc',
        sampleRateHz: 1000,
        sampleCount: 3,
        quantity: 'energy',
        scale: 1e-6,
        voltageV: null,
        edgeResolutionS: 1e-3,
        warnings: [],
        segments: [{ firstSample: 0, endSample: 3, voltageV: null }],
      });
      expect(trace.edges.map((edge) => edge.sampleIndex)).toEqual([1, 2, 3]);
      expect((await readAll(trace)).values).toEqual([1, 2, 3]);
      // It can be read again.
      expect((await readAll(trace)).values).toEqual([1, 2, 3]);
    }
  });

  it('says what is strange about it', async () => {
    expect((await open(vector)).warnings).toEqual([{ code: 'noTimestamps', facts: {} }]);
    expect((await open(vector, '[0.001, 0.002]')).warnings).toEqual([{ code: 'oddEdges', facts: { edges: 2 } }]);
    expect((await open(vector, '[0.001, 0.002, 0.5]')).warnings).toEqual([
      { code: 'edgesBehindEnd', facts: { edges: 1 } },
    ]);
    const holes = Uint8Array.from(vector);
    holes.set([0, 0, 0xc0, 0x7f], 9);
    const trace = await open(holes, '[0, 0, 0]');
    expect(trace.warnings).toEqual([{ code: 'gaps', facts: { samples: 1 } }]);
    expect((await readAll(trace)).values).toEqual([1, Number.NaN, 3]);
  });

  it.each([
    ['', '0 bytes'],
    ['F100007A44', '5 bytes'],
    ['F200007A440000803F', 'first byte 0xf2'],
    ['F100000000' + '0000803F', '0 Hz'],
    ['F1000080BF' + '0000803F', '-1 Hz'],
    ['F10000C07F' + '0000803F', 'NaN Hz'],
    ['F1BDBE184C' + '0000803F', '40041204 Hz'],
    ['F100007A440000803F00', '10 bytes: a sample is cut'],
  ])('refuses %s', async (hex, reason) => {
    expect(await reasonOf(open(Uint8Array.from(Buffer.from(hex, 'hex'))))).toContain(reason);
  });

  it.each([
    ['{', 'not JSON'],
    ['{}', 'not a JSON array'],
    ['[0.1, "x"]', 'entry 2: "x"'],
    ['[0.2, 0.1]', 'entry 2: 0.1'],
    ['[-1]', 'entry 1: -1'],
    ['[1e300]', 'entry 1: 1e+300'],
    ['[null]', 'entry 1: null'],
  ])('refuses marks %s', async (marks, reason) => {
    expect(await reasonOf(open(vector, marks))).toBe(reason);
  });
});
