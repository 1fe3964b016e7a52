import { describe, expect, it } from 'vitest';
import { auditReport, auditTree } from '../../../src/main/audit/index.ts';
import { loadReportFonts, renderAuditReport } from '../../../src/main/report/index.ts';
import type { AuditReport } from '../../../src/shared/domain/audit.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { madePerformanceRun } from '../../support/audit/eembc-run.ts';
import type { MadeRunOptions } from '../../support/audit/eembc-run.ts';
import { madeTrace } from '../../support/audit/energy-files.ts';
import { memorySource } from '../../support/audit/memory-source.ts';
import { readPdf } from '../../support/report/pdf-reader.ts';

const fonts = loadReportFonts();
const text = createText();

function filesOf(folder: string, options: MadeRunOptions = {}): Record<string, string> {
  const { log, results, script } = madePerformanceRun(options);
  return { [`${folder}/log.txt`]: log, [`${folder}/results.txt`]: results, [`${folder}/script.async`]: script };
}

async function audit(files: Record<string, string | Buffer>, scope: 'runs' | 'package' = 'runs'): Promise<AuditReport> {
  return auditReport(await auditTree(memorySource(files), { scope }), text, 'Joulebench 1.2.3');
}

function render(report: AuditReport): Promise<Uint8Array> {
  const input = { report, folder: 'round', createdAt: '2026-05-12T08:00:00.000Z' };
  return renderAuditReport(input, { text, paper: 'A4', fonts });
}

async function textOf(report: AuditReport): Promise<string> {
  return readPdf(await render(report))
    .pages.map((page) => page.text)
    .join('\n');
}

const place = 'v1.1/closed/Org/results/Board/kws';

describe('the PDF of an audit', () => {
  it('says of clean runs that nothing invalid was found, and always gives the same bytes', async () => {
    const report = await audit(filesOf(`${place}/performance`));
    const pages = await textOf(report);
    for (const words of [
      'Nothing invalid was found.',
      'Audit report',
      '98.039',
      'accepts',
      'About published files only',
    ])
      expect(pages).toContain(words);
    expect(pages).not.toContain('Findings about runs');
    expect(await render(report)).toEqual(await render(report));
  });

  it('has findings with their places, figures that differ and windows in question', async () => {
    const windowsUs = [9_000_000, 9_001_000, 8_999_001, 9_000_000, 9_000_000];
    const report = await audit(filesOf(`${place}/performance`, { printedMedian: '99.999', windowsUs }), 'package');
    const pages = await textOf(report);
    for (const words of [
      '1 of 1 runs are invalid under the rules.',
      'PERF-03',
      'PERF-06',
      'results.txt:26',
      '99.999',
      'median throughput',
      'no: see PERF-06',
      'Length of the windows',
      'Findings about the package',
      'PKG-12',
    ])
      expect(pages).toContain(words);
  });

  it('draws the trace of an energy run in question', async () => {
    const folder = `${place}/energy`;
    const { trace, timestamps } = madeTrace({ windows: 5, windowS: 9, energyUJ: 30 });
    const files = {
      ...filesOf(folder),
      [`${folder}/trace1-energy.bin`]: trace,
      [`${folder}/trace1-timestamps.json`]: timestamps,
    };
    const report = await audit(files);
    const [run] = report.runs;
    expect(run?.waveform?.marksS).toHaveLength(11);
    expect(run?.waveform?.meanPowerUW.every((power) => power === 30_000)).toBe(true);
    const pages = await textOf(report);
    for (const words of ['NRG-02', 'window 10', 'power, mW']) expect(pages).toContain(words);
  });
});
