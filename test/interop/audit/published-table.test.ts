import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { auditFolder } from '../../../src/main/audit/index.ts';
import type { AuditOutcome } from '../../../src/main/audit/index.ts';
import { dataPath, noDataReason } from '../../support/data.ts';

type Row = Record<string, string>;

const columns = {
  performance: ['throughput_inf_per_s', 'medianThroughputInfPerS', 1],
  energy: ['energy_uj_per_inf', 'medianEnergyUJPerInf', 1],
  accuracy: ['top1_pct', 'top1', 100],
} as const;

/** Published results as the table of all rounds lists them, against what the audit reads from the raw files of the sample. */
describe.skipIf(noDataReason)('the table of published results', () => {
  const keyOf = (parts: readonly (string | null)[]): string => parts.map((part) => part ?? '').join('|');

  it('says what the results files of the sample say', async () => {
    const rows = parse<Row>(readFileSync(dataPath('published-results.csv')), { columns: true });
    const byKey = new Map(
      rows.map((row) => [
        keyOf(
          ['round', 'division', 'organisation', 'system', 'board_folder', 'benchmark', 'model_variant'].map(
            (key) => row[key] ?? '',
          ),
        ),
        row,
      ]),
    );
    const outcome: AuditOutcome = await auditFolder(
      { kind: 'folder', path: dataPath('submissions') },
      { scope: 'runs', threads: 0 },
    );
    let compared = 0;
    for (const run of outcome.runs) {
      const row = byKey.get(
        keyOf([run.round, run.division, run.organisation, run.system, run.board, run.benchmark, run.model]),
      );
      expect([run.folder, row !== undefined]).toEqual([run.folder, true]);
      if (!row || run.mode === null || run.benchmark === 'sww') continue;
      const [column, figure, scale] = columns[run.mode];
      const published = run.published[figure];
      if (published === undefined || row[column] === '') continue;
      // The table keeps three decimals of everything; the current runner prints four of an energy.
      const inTable = Number((published * scale).toFixed(3));
      expect([run.folder, inTable]).toEqual([run.folder, Number(row[column])]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(40);
  });
});
