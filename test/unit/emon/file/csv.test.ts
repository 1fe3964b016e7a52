import { describe, expect, it } from 'vitest';
import { readHeader, readUnit } from '../../../../src/main/emon/file/csv-columns.ts';
import { openCsv } from '../../../../src/main/emon/file/csv.ts';
import { memorySource } from '../../../../src/main/emon/file/source.ts';
import type { ImportedTrace, OpenTraceFileOptions } from '../../../../src/main/emon/file/types.ts';
import { readAll, reasonOf } from './read.ts';

function open(text: string | Uint8Array, options: OpenTraceFileOptions = {}, piece?: number): Promise<ImportedTrace> {
  return openCsv(memorySource('table.csv', typeof text === 'string' ? Buffer.from(text) : text, piece), options);
}

const bits = (level: number): string => `1000000${level}`;

describe('the export of the PPK2 application', () => {
  const lines = Array.from(
    { length: 40 },
    (_, index) => `${(index * 0.01).toFixed(2)},${index}.5,${bits(index < 20 ? 1 : 0)}`,
  );
  const text = `Timestamp(ms),Current(uA),D0-D7\n${lines.join('\n')}\n`;

  it('gives current, rate, inputs and marks, however it is cut', async () => {
    for (const piece of [1, 17, 10_000]) {
      const trace = await open(text, { mark: { bit: 7, level: 'fall' }, voltageV: 3 }, piece);
      expect(trace).toMatchObject({
        format: 'csv',
        sampleRateHz: 100_000,
        sampleCount: 40,
        quantity: 'current',
        scale: 1e-6,
        voltageV: 3,
        hasDigital: true,
        edges: [{ sampleIndex: 20, channel: 7, level: 'fall' }],
        warnings: [],
      });
      const { values, digital } = await readAll(trace);
      expect(values[7]).toBe(7.5);
      expect([digital[0], digital[39]]).toEqual([0b1000_0001, 1]);
    }
  });

  it('reads the reversed bits of old versions, and single columns', async () => {
    const old = await open(text, { bitsReversed: true, mark: { bit: 0, level: 'fall' } });
    expect(old.edges).toEqual([{ sampleIndex: 20, channel: 0, level: 'fall' }]);
    const heads = ['Timestamp(ms)', 'Current(uA)', 'D0', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7'];
    const rows = [0, 0, 1, 1].map((level, index) => [index * 0.01, 100, level, 0, 0, 1, 0, 0, 0, 0].join(','));
    const single = await open(`${heads.join(',')}\r\n${rows.join('\r\n')}`, { mark: { bit: 0, level: 'rise' } });
    expect(single.edges).toEqual([{ sampleIndex: 2, channel: 0, level: 'rise' }]);
    expect((await readAll(single)).digital).toEqual([8, 8, 9, 9]);
    // Some exports have both.
    const both = await open('Timestamp(ms),Current(uA),D0-D7,D0\n0,1,10000000,1\n0.01,1,00000000,0\n');
    expect(both.edges).toHaveLength(1);
  });
});

describe('any table', () => {
  it.each([
    ['Time [s];Power (mW)\n0,000;1,5\n0,001;2,5\n0,002;-3\n', 1000, 'power', 1e-3, [1.5, 2.5, -3]],
    ['time_us\tenergy_uJ\n0\t1\n1000\t2\n2000\t3e2', 1000, 'energy', 1e-6, [1, 2, 300]],
    ['# made by\n\nMy instrument\n"t (ms)","I (µA)"\n0,"1"\n0.5,"2"\n', 2000, 'current', 1e-6, [1, 2]],
    ['\ufefftimestamp(us),current(nA)\n10,.5\n20,nan\n30,\n', 100_000, 'current', 1e-9, [0.5, Number.NaN, Number.NaN]],
    ['Time (s),Average current (A)\n0,1\n1,2\n', 1, 'current', 1, [1, 2]],
  ])('%j', async (text, sampleRateHz, quantity, scale, values) => {
    const trace = await open(text);
    expect(trace).toMatchObject({ sampleRateHz, quantity, scale, sampleCount: values.length, hasDigital: false });
    expect((await readAll(trace)).values).toEqual(values.map(Math.fround));
  });

  it('may be UTF-16', async () => {
    const text = Buffer.from('\ufeffTime (ms)\tCurrent (µA)\r\n0\t1,25\r\n1\t2\r\n', 'utf16le');
    for (const piece of [2, 7, 1000]) {
      const trace = await open(Uint8Array.from(text), {}, piece);
      expect((await readAll(trace)).values).toEqual([1.25, 2]);
    }
  });

  it('is read by a mapping, with or without header and time', async () => {
    const mapped = await open('5 1.5\n'.replaceAll(' ', ',') + '6,2.5\n', {
      csv: { value: { column: '2', quantity: 'energy', unit: 'mJ' }, time: { column: 1, unit: 's' } },
    });
    expect(mapped).toMatchObject({ sampleRateHz: 1, scale: 1e-3, quantity: 'energy' });
    const plain = await open('1\n2\n3\n', {
      csv: { value: { column: 1, quantity: 'current', unit: 'uA' } },
      sampleRateHz: 5000,
    });
    expect(plain).toMatchObject({ sampleRateHz: 5000, sampleCount: 3 });
    const named = await open('a,Current(mA),mark\n1,2,0\n1,3,1\n1,3,0\n', {
      csv: { value: { column: 'current', quantity: 'current' }, digital: { column: 'mark' } },
      sampleRateHz: 1000,
    });
    expect(named).toMatchObject({ scale: 1e-3, edges: [{ sampleIndex: 2, channel: 0, level: 'fall' }] });
    const packed = await open('1,00010000\n2,00000000\n', {
      csv: { value: { column: 1, quantity: 'current', unit: 'uA' }, digital: { column: 2 } },
      sampleRateHz: 1000,
      mark: { bit: 3, level: 'fall' },
    });
    expect(packed.edges).toEqual([{ sampleIndex: 1, channel: 3, level: 'fall' }]);
  });

  it('may be a little uneven, which is said', async () => {
    const trace = await open('Time(ms),Current(uA)\n0,1\n1.002,1\n2,1\n3,1\n');
    expect(trace.sampleRateHz).toBe(1000);
    expect(trace.warnings).toMatchObject([{ code: 'unevenTime' }]);
    const holes = await open('Time(ms),Current(uA)\n0,1\n1,\n2,nan\n');
    expect(holes.warnings).toEqual([{ code: 'gaps', facts: { samples: 2 } }]);
  });

  it.each([
    ['Time(ms),Current(uA)\n0,1\n1,1\n1,1\n', {}, 'line 4: time does not go forward'],
    ['Time(ms),Current(uA)\n0,1\n1,1\n0.5,1\n', {}, 'line 4: time does not go forward'],
    ['Time(ms),Current(uA)\n0,1\n1,1\n2,1\n4,1\n5,1\n', {}, 'line 5: interval of 0.002000 s, 0.001250 s on average'],
    ['Time(ms),Current(uA)\n0,1\n1,x\n', {}, 'line 3: "1,x"'],
    ['Time(ms),Current(uA)\n0,1\n1\n', {}, 'line 3: "1"'],
    ['Time(ms),Current(uA)\n0,1\n,1\n', {}, 'line 3: ",1"'],
    ['Time(ms),Current(uA),D0\n0,1,1\n1,1,2\n', {}, 'line 3: "1,1,2"'],
    ['Time(ms),Current(uA)\n0,1\n', {}, 'fewer than two figures'],
    ['Time,Current(uA)\n0,1\n1,1\n', {}, 'line 1: missing: unit of column "Time"'],
    ['Time(ms),Current\n0,1\n1,1\n', {}, 'line 1: missing: unit of column "Current"'],
    ['Time(ms),Current(mJ)\n0,1\n1,1\n', {}, 'line 1: missing: unit of column "Current(mJ)"'],
    ['Time(ms),Voltage(V)\n0,1\n1,1\n', {}, 'line 1: missing: column with current, power or energy'],
    ['Current(uA)\n1\n2\n', {}, 'no time column'],
    ['0,1\n1,1\n', {}, 'line 1: missing: column with'],
    ['Current(uA)\n1\n', { sampleRateHz: 1e9 }, '1000000000 Hz'],
    ['words\nand words\n', {}, 'no line with figures'],
    ['', {}, 'no line with figures'],
    ['x\n'.repeat(300), {}, 'no line with figures'],
    ['x'.repeat(70_000), {}, 'line 1: longer than 65536'],
    ['1,2\n', { csv: { value: { column: 3, quantity: 'current', unit: 'A' } } }, 'missing: column "3"'],
    ['1,2\n', { csv: { value: { column: 'I', quantity: 'current', unit: 'A' } } }, 'missing: column "I"'],
    ['1,2\n', { csv: { value: { column: 1, quantity: 'current', unit: 'parsec' } } }, 'missing: unit of column "1"'],
  ] as [string, OpenTraceFileOptions, string][])('is refused: case %#', async (text, options, reason) => {
    expect(await reasonOf(open(text, options))).toContain(reason);
  });
});

describe('headers and units', () => {
  it.each([
    ['Current(uA)', 'current', 'uA'],
    ['Current [µA]', 'current', 'uA'],
    ['power_mW', 'power', 'mW'],
    ['Time (s)', 'time', 's'],
    ['time s', 'time', 's'],
    ['D0-D7', 'd0-d7', undefined],
    ['Current', 'current', undefined],
  ])('%s', (text, name, unit) => {
    expect(readHeader(text)).toEqual({ name, unit });
  });

  it.each([
    ['A', 'current', 1],
    ['nA', 'current', 1e-9],
    ['μJ', 'energy', 1e-6],
    ['kW', 'power', 1e3],
  ])('%s', (text, quantity, scale) => {
    expect(readUnit(text)).toEqual({ quantity, scale });
  });

  it('knows no other units', () => {
    for (const text of ['', 'V', 'xA', 'constructorA', 'mAh']) expect(readUnit(text)).toBeUndefined();
  });
});
