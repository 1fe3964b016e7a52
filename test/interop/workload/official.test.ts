import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCatalogue, diskDatasetFiles, identifyList, openDataset } from '../../../src/main/workload/index.ts';
import { dataPath, noDataReason } from '../../support/data.ts';

const catalogue = createCatalogue();

function labels(name: string): { file: string; label: number }[] {
  return readFileSync(dataPath('submissions', 'labels', name), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const [file, , label] = line.split(',') as [string, string, string];
      return { file, label: Number(label) };
    });
}

describe.skipIf(noDataReason)('official data sets', () => {
  it.each([
    ['vww01', 'vww01.csv', 'vww01'],
    ['ic01', 'ic01.csv', 'ic01-2022'],
    ['ic02', 'ic01.csv', 'ic01-2022'],
    ['ic01', 'ic01-v0.5.csv', 'ic01-v0.5'],
    ['ad01', 'ad01.csv', 'ad01'],
    ['ad01', 'ad01-alternative.csv', 'ad01-alternative'],
  ])('recognises the list of %s in %s', (id, name, listName) => {
    const entries = labels(name);
    const workload = catalogue.find(id);
    expect(identifyList(workload, entries)).toMatchObject({ kind: 'official', listName });
    expect(workload.officialLists.find((list) => list.name === listName)?.files).toBe(entries.length);
    expect(identifyList(workload, entries.slice(1))).toMatchObject({ kind: 'subset' });
    expect(identifyList(workload, [...entries].reverse())).toMatchObject({ kind: 'subset', listName });
  });

  it('recognises the keyword list in the script of a published run', () => {
    const script = readFileSync(
      dataPath(
        'submissions/v1.0/closed/greenwaves-technologies/results/gap9_800_370/keyword_spotting/accuracy/script.async',
      ),
      'utf8',
    );
    const entries = [...script.matchAll(/(tst_\d{6}_\w+?_(\d+)\.bin)/g)].map((match) => ({
      file: match[1] as string,
      label: Number(match[2]),
    }));
    expect(entries).toHaveLength(1000);
    expect(identifyList(catalogue.find('kws01'), entries)).toMatchObject({ kind: 'official', listName: 'kws01' });
  });

  it('opens the keyword inputs as a subset with the published content', async () => {
    const dataset = await openDataset(
      diskDatasetFiles(process.platform),
      dataPath('datasets'),
      catalogue.find('kws01'),
    );
    expect(dataset.identity).toMatchObject({
      kind: 'subset',
      listName: 'kws01',
      contentSha256: '24ecdc250a96b7cd101d0e43de58cc11ccd9b3cb31de94dd2692c07ddb94affe',
      files: 300,
      inputs: 300,
    });
    expect(dataset.inputs[4]).toMatchObject({ file: 'tst_000011_Left_2.bin', label: 2 });
    expect(await dataset.read(4)).toEqual(
      new Uint8Array(readFileSync(dataPath('datasets/kws01/tst_000011_Left_2.bin'))),
    );
  });

  it('knows every official model by its bytes', () => {
    const models = catalogue.workloads.flatMap((workload) => workload.officialModels);
    expect(models).toHaveLength(6);
    for (const model of models) {
      const path = dataPath('models', model.fileName);
      expect(statSync(path).size).toBe(model.bytes);
      expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(model.sha256);
    }
  });
});
