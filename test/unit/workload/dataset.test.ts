import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCatalogue, openDataset, performanceInputs } from '../../../src/main/workload/index.ts';
import type { OpenDatasetOptions } from '../../../src/main/workload/index.ts';
import type { DatasetFiles } from '../../../src/main/workload/index.ts';
import { Fault } from '../../../src/shared/fault/index.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { problemWords } from '../../../src/shared/text/problems.ts';
import { memoryFiles, pattern } from './memory-files.ts';

const catalogue = createCatalogue();
const kws = catalogue.find('kws01');
const ad = catalogue.find('ad01');

async function faultOf(
  files: DatasetFiles,
  folder: string,
  id = 'kws01',
  options?: OpenDatasetOptions,
): Promise<Fault> {
  const result = await openDataset(files, folder, catalogue.find(id), options).catch((error: unknown) => error);
  if (result instanceof Fault) return result;
  throw new Error(`no fault but ${String(result)}`);
}

function keywordSet(): ReturnType<typeof memoryFiles> {
  return memoryFiles({
    '/d/y_labels.csv': 'a.bin,12,3\nb.bin,12,11\nc.bin,12,0\n',
    '/d/a.bin': pattern(490, 1),
    '/d/b.bin': pattern(490, 2),
    '/d/c.bin': pattern(490, 3),
  });
}

describe('openDataset', () => {
  it('gives inputs, identity and bytes on demand', async () => {
    const files = keywordSet();
    const dataset = await openDataset(files, '/d', kws);
    expect(dataset.inputs[1]).toEqual({
      index: 1,
      file: 'b.bin',
      fileIndex: 1,
      offsetBytes: 0,
      lengthBytes: 490,
      label: 11,
    });
    expect(dataset.files).toEqual([
      ['a.bin', 3],
      ['b.bin', 11],
      ['c.bin', 0],
    ]);
    expect(dataset.classes?.[11]).toBe('Unknown');
    expect(await dataset.read(2)).toEqual(pattern(490, 3));
    const content = createHash('sha256');
    for (const seed of [1, 2, 3]) content.update(pattern(490, seed));
    expect(dataset.identity).toEqual({
      kind: 'own',
      listName: null,
      listSha256: createHash('sha256').update('a.bin,3\nb.bin,11\nc.bin,0\n').digest('hex'),
      contentSha256: content.digest('hex'),
      files: 3,
      inputs: 3,
    });
  });

  it('finds the set in the folder of the workload below the one named', async () => {
    const { contents } = keywordSet();
    const moved = Object.fromEntries(
      [...contents].map(([path, bytes]) => [path.replace('/d/', '/datasets/kws01/'), bytes]),
    );
    const dataset = await openDataset(memoryFiles(moved), '/datasets', kws, { hashContent: false });
    expect(dataset.folder).toBe('/datasets/kws01');
    expect(dataset.identity.contentSha256).toBeNull();
  });

  it('tells how far it is', async () => {
    const steps: [number, number][] = [];
    await openDataset(keywordSet(), '/d', kws, { onProgress: (done, total) => steps.push([done, total]) });
    expect(steps).toEqual([1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
  });

  it('cuts a file of ad01 into 196 windows', async () => {
    const bytes = pattern(102_400, 5);
    const files = memoryFiles({
      '/d/y_labels.csv': 'n.bin,2,0,2560,512\nm.bin,2,1,2560,512\n',
      '/d/n.bin': bytes,
      '/d/m.bin': bytes,
    });
    const dataset = await openDataset(files, '/d', ad, { hashContent: false });
    expect(dataset.inputs).toHaveLength(392);
    expect(dataset.inputs[195]).toMatchObject({ file: 'n.bin', fileIndex: 0, offsetBytes: 99_840, lengthBytes: 2560 });
    expect(dataset.inputs[196]).toMatchObject({ file: 'm.bin', fileIndex: 1, offsetBytes: 0 });
    expect(await dataset.read(197)).toEqual(bytes.slice(512, 3072));
    expect(performanceInputs(dataset.inputs).map((input) => input.index)).toEqual([0, 196]);
    expect(dataset.identity).toMatchObject({ files: 2, inputs: 392 });
  });

  it('never holds more than a block of a file', async () => {
    const files = memoryFiles({ '/d/y_labels.csv': 'n.bin,2,0', '/d/n.bin': pattern(102_400, 5) });
    await openDataset(files, '/d', ad);
    // The list itself is read with its limit; nothing else comes near it.
    expect(files.largestRead).toBeLessThanOrEqual(8 * 1024 * 1024 + 1);
  });

  it('says what is missing', async () => {
    expect(await faultOf(memoryFiles({}), '/d')).toMatchObject({ code: 'workload.folderMissing', kind: 'data' });
    expect(await faultOf(memoryFiles({ '/d': 'a file' }), '/d')).toMatchObject({ code: 'workload.folderMissing' });
    expect(await faultOf(memoryFiles({ '/d/a.bin': 'x' }), '/d')).toMatchObject({ code: 'workload.listMissing' });
    expect(await faultOf(keywordSet(), '/d', 'sww01')).toMatchObject({ code: 'workload.notRunnable' });
  });

  it('throws a single problem as itself', async () => {
    const files = keywordSet();
    files.contents.delete('/d/b.bin');
    expect(await faultOf(files, '/d')).toMatchObject({
      code: 'dataset.fileMissing',
      facts: { list: '/d/y_labels.csv', line: 2, file: 'b.bin', folder: '/d' },
    });
  });

  it('throws several problems together, in the order of their lines', async () => {
    const files = memoryFiles({
      '/d/y_labels.csv': 'a.bin,12,3\nb.bin,12,44\nc.bin,12,0\nd.bin,12,0',
      '/d/a.bin': pattern(489, 1),
      '/d/b.bin': pattern(490, 1),
      '/d/c.bin': pattern(490, 1),
      '/d/d.bin': pattern(490, 1),
    });
    files.refused.add('/d/d.bin');
    const fault = await faultOf(files, '/d');
    expect(fault).toMatchObject({ code: 'workload.datasetInvalid', facts: { total: 3, firstLine: 1 } });
    const words = problemWords(createText(), fault).map((problem) => problem.what);
    expect(words).toEqual([
      '/d/y_labels.csv, line 1: a.bin has 489 bytes, expected 490.',
      '/d/y_labels.csv, line 2: "44" is not a class from 0 to 11.',
      '/d/y_labels.csv, line 4: the system refuses to look at d.bin (EACCES).',
    ]);
    expect(problemWords(createText(), new Fault('workload.idTaken', { id: 'x' }))).toEqual([]);
  });

  it('takes a folder in the place of a file for a missing file', async () => {
    const files = memoryFiles({ '/d/y_labels.csv': 'a.bin,12,3', '/d/a.bin/inside': 'x' });
    expect(await faultOf(files, '/d')).toMatchObject({ code: 'dataset.fileMissing' });
  });

  it('refuses giants before it works on them', async () => {
    const list = new Uint8Array(8 * 1024 * 1024 + 1).fill(10);
    expect(await faultOf(memoryFiles({ '/d/y_labels.csv': list }), '/d')).toMatchObject({
      code: 'workload.listTooLarge',
    });
    const many = Array.from({ length: 2552 }, (_, k) => `${k}.bin,2,0`).join('\n');
    expect(await faultOf(memoryFiles({ '/d/y_labels.csv': many }), '/d', 'ad01')).toMatchObject({
      code: 'workload.tooManyInputs',
      facts: { inputs: 500_192 },
    });
  });

  it('names what the system refuses', async () => {
    const files = keywordSet();
    files.refused.add('/d/y_labels.csv');
    expect(await faultOf(files, '/d')).toMatchObject({ code: 'workload.unreadable', facts: { reason: 'EACCES' } });
  });

  it('says when a file shrank after it was checked', async () => {
    const files = keywordSet();
    const dataset = await openDataset(files, '/d', kws);
    files.contents.set('/d/a.bin', pattern(100, 1));
    await expect(dataset.read(0)).rejects.toMatchObject({ code: 'workload.inputChanged', facts: { foundBytes: 100 } });
    await expect(dataset.read(99)).rejects.toMatchObject({ code: 'workload.noSuchInput' });
    files.refused.add('/d/b.bin');
    await expect(dataset.read(1)).rejects.toMatchObject({ code: 'workload.unreadable' });
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(openDataset(keywordSet(), '/d', kws, { signal })).rejects.toThrow('enough');
    const dataset = await openDataset(keywordSet(), '/d', kws);
    await expect(dataset.read(0, signal)).rejects.toThrow('enough');
  });
});
