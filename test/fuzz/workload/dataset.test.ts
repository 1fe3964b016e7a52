import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetProblems } from '../../../src/main/workload/dataset-problem.ts';
import { createCatalogue, openDataset, parseOwnWorkload } from '../../../src/main/workload/index.ts';
import { parseTruthList } from '../../../src/main/workload/truth-list.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { memoryFiles } from '../../unit/workload/memory-files.ts';

const catalogue = createCatalogue();
const kws = catalogue.find('kws01');
const ad = catalogue.find('ad01');
const runs = 10_000;

const cell = fc.oneof(
  fc.constantFrom(
    'a.bin',
    'b.bin',
    'A.bin',
    '12',
    '2',
    '0',
    '11',
    '2560',
    '512',
    '',
    '..',
    '../a.bin',
    '/a',
    'C:\\a',
    'nul',
    '1e3',
    '-1',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const line = fc.oneof(
  fc.array(cell, { maxLength: 7 }).map((cells) => cells.join(',')),
  fc
    .record({ name: fc.stringMatching(/^[a-z]{1,6}$/), label: fc.nat(14) })
    .map(({ name, label }) => `${name}.bin,12,${label}`),
);
const list = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r', '\n\n', '')), { maxLength: 12 })
  .map((lines) => lines.map((parts) => parts.join('')).join(''));
const bytes = fc.oneof(
  { weight: 3, arbitrary: list.map((text) => new TextEncoder().encode(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  // A valid list with one byte changed.
  {
    weight: 2,
    arbitrary: fc.record({ at: fc.nat(40), value: fc.nat(255) }).map(({ at, value }) => {
      const valid = new TextEncoder().encode('a.bin,12,0\nb.bin,12,11\r\nc.bin,12,7\nd.bin,12,3\n');
      valid[at] = value;
      return valid;
    }),
  },
);

describe('data-set files from outside', () => {
  it('a list never breaks the parser, and what it gives is within bounds', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(kws, ad), (content, workload) => {
        const problems = new DatasetProblems();
        const entries = parseTruthList(content, workload, 'y_labels.csv', problems);
        for (const entry of entries) {
          expect(entry.file).not.toMatch(/[\\/:]/);
          expect(Number.isInteger(entry.label) && entry.label >= 0 && entry.label < workload.classCount).toBe(true);
          expect(entry.line).toBeGreaterThan(0);
        }
        expect(new Set(entries.map((entry) => entry.file.toLowerCase())).size).toBe(entries.length);
        expect(problems.shown.length).toBe(Math.min(problems.total, 20));
        expect(entries.length + problems.total).toBeGreaterThan(0);
      }),
      { numRuns: runs },
    );
  });

  it('any folder opens as a data set whose inputs can be read, or ends in one fault', async () => {
    const folder = fc.record({
      list: bytes,
      files: fc.dictionary(
        fc.constantFrom('a.bin', 'b.bin', 'c.bin', 'd.bin'),
        fc.oneof({ weight: 4, arbitrary: fc.constant(490) }, { weight: 1, arbitrary: fc.nat(600) }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(folder, async ({ list: content, files: sizes }) => {
        const inMemory = Object.entries(sizes).map(([name, size]) => [`/d/${name}`, new Uint8Array(size)]);
        const files = memoryFiles({
          '/d/y_labels.csv': content,
          ...(Object.fromEntries(inMemory) as Record<string, Uint8Array>),
        });
        const result = await openDataset(files, '/d', kws).catch((error: unknown) => error);
        if (result instanceof Fault) {
          expect(result.kind).toBe('data');
          return;
        }
        const dataset = result as Awaited<ReturnType<typeof openDataset>>;
        for (const input of dataset.inputs) expect(await dataset.read(input.index)).toHaveLength(490);
      }),
      { numRuns: runs },
    );
  });

  it('a definition of an own workload is taken or refused with a fault', () => {
    const valid = JSON.stringify({
      id: 'demo01',
      title: 'Demo',
      modelFile: 'model.tflite',
      modelSha256: 'a'.repeat(64),
      datasetFolder: 'dataset',
      listSha256: 'b'.repeat(64),
      contentSha256: 'c'.repeat(64),
      inputBytes: 490,
      classes: ['one', 'two'],
      inputs: 200,
    });
    const mutated = fc.record({ at: fc.nat(valid.length - 1), cut: fc.nat(8), text: fc.string({ maxLength: 6 }) });
    const text = fc.oneof(
      mutated.map(({ at, cut, text: inserted }) => valid.slice(0, at) + inserted + valid.slice(at + cut)),
      fc.json({ maxDepth: 3 }),
    );
    fc.assert(
      fc.property(text, (content) => {
        try {
          const { workload, modelFile } = parseOwnWorkload(content, 'workload.json');
          expect(workload.origin).toBe('own');
          expect(modelFile.split('/')).not.toContain('..');
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          expect(error.code).toBe('workload.definitionInvalid');
        }
      }),
      { numRuns: runs },
    );
  });
});
