import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCsv } from '../../../src/main/emon/file/csv.ts';
import { openEembc } from '../../../src/main/emon/file/eembc.ts';
import { JsonScanner, JsonSyntaxError } from '../../../src/main/emon/file/json-scanner.ts';
import { detectFormat } from '../../../src/main/emon/file/open.ts';
import { openPpk2Session } from '../../../src/main/emon/file/ppk2-session.ts';
import { openResults } from '../../../src/main/emon/file/results.ts';
import { memorySource } from '../../../src/main/emon/file/source.ts';
import type { ImportedTrace, OpenTraceFileOptions } from '../../../src/main/emon/file/types.ts';
import { isFault } from '../../../src/shared/fault/index.ts';
import { buildZip } from '../../unit/emon/file/zip-builder.ts';

const numRuns = 10_000;

/** Opens and reads all; a refusal is the only exception there may be. */
async function tryAll(work: () => Promise<ImportedTrace>, mostSamples: number): Promise<void> {
  try {
    const trace = await work();
    expect(trace.sampleRateHz).toBeGreaterThan(0);
    let samples = 0;
    for await (const { values, digital } of trace.blocks()) {
      samples += values.length;
      if (trace.hasDigital) expect(digital).toHaveLength(values.length);
    }
    expect(samples).toBe(trace.sampleCount);
    expect(samples).toBeLessThanOrEqual(mostSamples);
    expect(trace.edges.every(({ sampleIndex }) => Number.isSafeInteger(sampleIndex) && sampleIndex >= 0)).toBe(true);
    expect(trace.segments.at(-1)?.endSample).toBe(samples);
  } catch (error) {
    if (!isFault(error, 'emon.badFile')) throw error;
    expect((error.facts as { reason: string }).reason.length).toBeLessThan(200);
  }
}

const piece = fc.integer({ min: 1, max: 60 });

/** A good file with some bytes changed, lost or added. */
function damaged(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    at: fc.nat({ max: good.length }),
    lost: fc.nat({ max: 5 }),
    added: fc.uint8Array({ maxLength: 5 }),
  });
  return fc.array(change, { maxLength: 3 }).map((changes) => {
    let bytes = Buffer.from(good);
    for (const { at, lost, added } of changes)
      bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + lost)]);
    return Uint8Array.from(bytes);
  });
}

describe('fuzz: trace files', () => {
  it('eembc', async () => {
    const good = Buffer.from('F100007A440000803F0000004000004040', 'hex');
    const marks = fc.oneof(
      damaged(Buffer.from('[\n\t0.001,\n\t0.002,\n\t1.5\n]')),
      fc.string().map((text) => Buffer.from(text)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(damaged(good), fc.uint8Array({ maxLength: 40 })),
        marks,
        piece,
        async (bytes, text, size) => {
          await tryAll(() => openEembc(memorySource('a', bytes, size), memorySource('b', text), {}), bytes.length / 4);
        },
      ),
      { numRuns },
    );
  });

  it('results.json', async () => {
    const good = Buffer.from(
      '[{"power": {"samples": [1.5e-05, 2e-05], "timestamps": [["00", 1], ["01", 2]], "voltage": 1.8}}, {"power": null}]',
    );
    const text = fc.oneof(
      damaged(good),
      fc.json().map((json) => Buffer.from(json)),
    );
    await fc.assert(
      fc.asyncProperty(text, piece, async (bytes, size) => {
        await tryAll(() => openResults(memorySource('a', bytes, size), {}), bytes.length);
      }),
      { numRuns },
    );
  });

  it('tables', async () => {
    const good = Buffer.from(
      'Timestamp(ms),Current(uA),D0-D7\n0.00,1.5,10000000\n0.01,2.5,00000000\n0.02,3,00000000\n',
    );
    const cell = fc.oneof(
      fc.double().map(String),
      fc.constantFrom('', 'nan', '"', '1,5', '00000000', 'x', '-', '1e999', '0', '1'),
    );
    const row = fc.array(cell, { maxLength: 4 });
    const head = fc.constantFrom('Time(ms);Current(uA);D0', 'Time(s),Power(mW)', 'Energy(uJ)\tt(us)', 'a,b', '#', '');
    const table = fc
      .tuple(head, fc.array(row, { maxLength: 6 }), fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'))
      .map(([first, rows, separator, end]) =>
        Buffer.from([first, ...rows.map((cells) => cells.join(separator))].join(end)),
      );
    const options: fc.Arbitrary<OpenTraceFileOptions> = fc.constantFrom(
      {},
      { sampleRateHz: 1000 },
      { sampleRateHz: 1000, csv: { value: { column: 1, quantity: 'current', unit: 'A' }, digital: { column: 2 } } },
      { csv: { value: { column: 2, quantity: 'energy', unit: 'uJ' }, time: { column: 1, unit: 'us' } } },
    );
    const bytes = fc.oneof(damaged(good), table, fc.uint8Array({ maxLength: 60 }));
    await fc.assert(
      fc.asyncProperty(bytes, options, piece, async (content, how, size) => {
        await tryAll(() => openCsv(memorySource('a', content, size), how), content.length);
      }),
      { numRuns },
    );
  });

  it('sessions of the PPK2 application', async () => {
    const files = {
      'metadata.json': Buffer.from('{"formatVersion":2,"metadata":{"samplesPerSecond":100000}}'),
      'session.raw': Buffer.from('0000803f5555000000405556', 'hex'),
    };
    const archives = [buildZip(files), buildZip(files, { stored: true }), buildZip(files, { zip64: true })];
    const bytes = fc.oneof(...archives.map(damaged), fc.uint8Array({ maxLength: 60 }));
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        await tryAll(() => openPpk2Session(memorySource('a', content), {}), content.length * 2000);
      }),
      { numRuns },
    );
  });

  it('any bytes are of some format or of none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 12 }), async (bytes) => {
        try {
          expect(['eembc', 'results', 'csv', 'ppk2']).toContain(await detectFormat(memorySource('a', bytes)));
        } catch (error) {
          if (!isFault(error, 'emon.badFile')) throw error;
        }
      }),
      { numRuns },
    );
  });
});

/** What the scanner makes of a text, as a value. */
function scan(text: string, sizes: readonly number[]): unknown {
  const root: unknown[] = [];
  const stack: { value: unknown; key: string }[] = [{ value: root, key: '' }];
  const put = (value: unknown): void => {
    const top = stack.at(-1)!;
    if (Array.isArray(top.value)) top.value.push(value);
    else Object.defineProperty(top.value, top.key, { value, enumerable: true, configurable: true, writable: true });
  };
  const scanner = new JsonScanner({
    begin(kind) {
      const value = kind === 'array' ? [] : {};
      put(value);
      stack.push({ value, key: '' });
    },
    end: () => void stack.pop(),
    key: (key) => {
      stack.at(-1)!.key = key;
    },
    value: put,
  });
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    scanner.push(text.slice(at, at + size));
    at += size;
  }
  scanner.end();
  return root[0];
}

describe('fuzz: the JSON scanner', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 });

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat({ max: 2 }), sizes, (json, indent, parts) => {
        const text = JSON.stringify(JSON.parse(json), undefined, indent);
        expect(scan(text, parts)).toEqual(JSON.parse(text));
      }),
      { numRuns },
    );
  });

  it('refuses what JSON.parse refuses, but for the numbers of Python and leading zeros', () => {
    const part = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      'e5',
      '.5',
      'true',
      'null',
      ' ',
      '\\',
      'x',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), sizes, (tokens, parts) => {
        const text = tokens.join('');
        let expected: unknown;
        let refused = false;
        try {
          expected = JSON.parse(text);
        } catch {
          refused = true;
        }
        let found: unknown;
        try {
          found = scan(text, parts);
        } catch (error) {
          if (!(error instanceof JsonSyntaxError)) throw error;
          expect(refused).toBe(true);
          return;
        }
        expect(refused).toBe(false);
        expect(found).toEqual(expected);
      }),
      { numRuns },
    );
  });
});
