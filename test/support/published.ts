import { parse } from 'csv-parse/sync';
import { publishedFormat, publishedResultsSchema } from '../../src/shared/domain/published.ts';
import type { PublishedResults } from '../../src/shared/domain/published.ts';

/** The columns of the list that become facts of our table; the others stay where they are. */
type Row = Record<
  | 'round'
  | 'division'
  | 'organisation'
  | 'system'
  | 'board_folder'
  | 'benchmark'
  | 'model_variant'
  | 'latency_ms'
  | 'energy_uj_per_inf'
  | 'top1_pct'
  | 'auc'
  | 'board'
  | 'source',
  string
>;

const figure = (text: string): number | null => (text === '' ? null : Number(text));

/** Our own table from the list of published results. @throws ZodError for a row that is none. */
export function publishedTable(csv: string): PublishedResults {
  const rows = parse<Row>(csv, { columns: true, bom: true });
  const rounds = [...new Set(rows.map(({ round }) => round))];
  return publishedResultsSchema.parse({
    format: publishedFormat,
    about:
      'Facts restated from the results that submitters published under the rules of their round of MLPerf Tiny. They are theirs and were not verified here. MLPerf is a trademark of MLCommons.',
    sources: Object.fromEntries(rounds.map((round) => [round, `mlcommons/tiny_results_${round}`])),
    results: rows.map((row) => ({
      round: row.round,
      division: row.division,
      organisation: row.organisation,
      system: [row.system, row.board_folder].filter(Boolean).join(' / '),
      board: row.board,
      benchmark: row.benchmark,
      model: row.model_variant || null,
      latencyMs: figure(row.latency_ms),
      energyUJ: figure(row.energy_uj_per_inf),
      top1Percent: figure(row.top1_pct),
      auc: figure(row.auc),
      source: row.source,
    })),
  });
}
