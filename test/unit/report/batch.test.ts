import { describe, expect, it } from 'vitest';
import { batchFileName, loadReportFonts, renderBatchReport, writeBatchCsv } from '../../../src/main/report/index.ts';
import { judgeUnit } from '../../../src/main/recipe/index.ts';
import type { BatchState, UnitResult } from '../../../src/shared/domain/batch.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { madeUpBatch, madeUpRecipe } from '../../support/made-up-recipe.ts';
import { readPdf } from '../../support/report/pdf-reader.ts';

const fonts = loadReportFonts();

function unit(throughput: number, energy: number): UnitResult {
  const plain = { workload: 'demo01', expandedUncertainty: null, coverageFactor: null };
  const word = { workload: 'demo01', verdict: 'valid', qualityTarget: 'notApplicable' } as const;
  return judgeUnit(madeUpRecipe(), {
    figures: [
      { ...plain, figure: 'throughput', value: throughput },
      { ...plain, figure: 'top1', value: 0.9 },
      { ...plain, figure: 'auc', value: 0.95 },
      { workload: 'demo01', figure: 'energy', value: energy, expandedUncertainty: 10, coverageFactor: 2 },
    ],
    runs: [
      { ...word, mode: 'performance' },
      { ...word, mode: 'accuracy' },
      { ...word, mode: 'energy' },
    ],
    simulated: true,
  });
}

const lot = (change: Partial<BatchState> = {}): BatchState =>
  madeUpBatch(
    [
      { serial: 'SN-0001', result: unit(12, 900) },
      { serial: '=HYPERLINK("x")', result: unit(9, 900) },
      { serial: 'SN-0003', result: unit(12, 940) },
      { serial: 'SN-0004' },
      { serial: '=HYPERLINK("x")', result: unit(11, 1500) },
    ],
    change,
  );

describe('the CSV of a batch', () => {
  const rows = writeBatchCsv(lot())
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const cell = (row: number, name: string): string | undefined => rows[row]?.[rows[0]?.indexOf(name) ?? -1];

  it('has a row an attempt, all digits, units in the heads', () => {
    expect(rows).toHaveLength(6);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    expect(cell(1, 'demo01_energy_uj_per_inf')).toBe('900');
    expect(cell(1, 'demo01_energy_expanded_uncertainty_uj_per_inf')).toBe('10');
    expect(cell(2, 'outcome')).toBe('fail');
    expect(cell(2, 'counts')).toBe('false');
    expect(cell(3, 'limit_6_demo01_regression_energy')).toBe('undecided withinUncertainty');
    expect(cell(3, 'limit_6_demo01_regression_energy_bound')).toBe('945');
    expect(cell(4, 'state')).toBe('putAside');
    expect(cell(4, 'demo01_energy_uj_per_inf')).toBe('');
    expect(cell(5, 'simulated')).toBe('true');
  });

  it('keeps a spreadsheet from running a serial as a formula', () => {
    expect(writeBatchCsv(lot())).toContain(`"'=HYPERLINK(""x"")"`);
    expect(writeBatchCsv(lot())).not.toMatch(/,"?=HYPERLINK/);
  });
});

describe('the PDF of a batch', () => {
  const render = (batch: BatchState): Promise<Uint8Array> =>
    renderBatchReport(batch, { text: createText(), paper: 'A4', fonts });

  it('says on each page that it is simulated, and names what was missed', async () => {
    const pdf = readPdf(await render(lot()));
    expect(pdf.pages.length).toBeGreaterThanOrEqual(2);
    for (const page of pdf.pages) expect(page.text).toContain('SIMULATED');
    const all = pdf.pages.map((page) => page.text).join('\n');
    for (const words of [
      '1 of 3 units passed.',
      'SN-0003',
      'does not count',
      'Put aside',
      'Not a verified MLPerf result',
    ])
      expect(all).toContain(words);
    expect(all.replaceAll(/\s+/g, ' ')).toContain('Cannot be decided within the uncertainty.');
  });

  it('of real units says nothing of simulation; an empty batch and 500 units are drawn too', async () => {
    const real = lot({ simulated: false });
    const texts = readPdf(await render(real)).pages.map((page) => page.text);
    expect(texts.join('')).not.toContain('SIMULATED');
    expect(
      readPdf(await render(madeUpBatch([])))
        .pages.map((page) => page.text)
        .join(''),
    ).toContain('No unit was judged.');
    const many = madeUpBatch(Array.from({ length: 500 }, (_, k) => ({ serial: `SN-${k}`, result: unit(12, 900) })));
    expect(readPdf(await render(many)).pages.length).toBeGreaterThan(15);
  });

  it('is the same bytes for the same batch', async () => {
    expect(Buffer.from(await render(lot())).equals(Buffer.from(await render(structuredClone(lot()))))).toBe(true);
  });
});

it('a file says what it is and fits every file system', () => {
  expect(batchFileName({ ...lot(), name: 'Lot: 17/2 "A"' }, 'csv')).toBe(
    'Lot- 17-2 -A- 20261103-080000-00aa11-SIMULATED.csv',
  );
});
