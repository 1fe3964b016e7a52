import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPublished } from '../../../src/main/archive/index.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import { publishedTable } from '../../support/published.ts';

const resources = resolve(import.meta.dirname, '../../../resources');

describe('table of published results', () => {
  it('is of its format, and each result is named once', async () => {
    const { results, sources } = await readPublished(resources);
    const keys = results.map((row) =>
      [row.round, row.division, row.organisation, row.system, row.benchmark, row.model].join('|'),
    );
    expect(new Set(keys).size).toBe(results.length);
    expect(new Set(results.map(({ round }) => round))).toEqual(new Set(Object.keys(sources)));
    // A figure that was published and everybody can look up: the reference of v0.5 on anomaly detection.
    const reference = results.find(
      (row) => row.round === 'v0.5' && row.organisation === 'reference' && row.benchmark === 'ad',
    );
    expect(reference).toMatchObject({ energyUJ: 416.312, latencyMs: 10.0516, auc: 0.86, board: 'Nucleo-L4R5ZI' });
  });

  it('says why a table that is none cannot be read', async () => {
    await expect(readPublished(resolve(resources, 'nowhere'))).rejects.toMatchObject({ code: 'report.badPublished' });
  });
});

describe.skipIf(noDataReason)('table of published results against the list', () => {
  it('restates the list and nothing else', async () => {
    const list = await readFile(dataPath('published-results.csv'), 'utf8');
    expect(await readPublished(resources)).toEqual(publishedTable(list));
  });
});
