import { beforeAll, describe, expect, it } from 'vitest';
import { auditReport, auditTree, openSource } from '../../../src/main/audit/index.ts';
import type { AuditedRun, AuditReport } from '../../../src/shared/domain/audit.ts';
import { auditReportSchema } from '../../../src/shared/domain/audit.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { dataPath, noDataReason } from '../../support/data.ts';
import { expectedAudits, rulesOfCode } from './expected.ts';
import type { ExpectedAudit } from './expected.ts';

/**
 * Relative difference allowed between figures of full precision: `expected.json` has twelve significant digits or more, and energies
 * are sums of ten thousand samples whose order of addition may differ.
 */
const tolerance = 1e-9;

function near(figure: string, found: number | undefined, expected: number | string | undefined): void {
  if (expected === undefined) return;
  const allowed = tolerance * Math.max(1e-3, Math.abs(Number(expected)));
  const difference = Math.abs((found ?? Number.NaN) - Number(expected));
  expect({ figure, found, expected, close: difference <= allowed }).toEqual({ figure, found, expected, close: true });
}

describe.skipIf(noDataReason)('the published runs of the sample', () => {
  const expected = noDataReason ? [] : expectedAudits();
  let report: AuditReport;
  const runOf = ({ round, folder }: ExpectedAudit): AuditedRun => {
    const found = report.runs.find((run) => run.folder === `${round}/${folder}`);
    if (!found) throw new Error(`${folder} was not found`);
    return found;
  };

  beforeAll(async () => {
    const source = await openSource({ kind: 'folder', path: dataPath('submissions') });
    report = auditReport(await auditTree(source, { scope: 'runs' }), createText(), 'test');
  });

  it('are all found, with nothing else, in the form of the schema', () => {
    expect(report.runs).toHaveLength(50);
    expect(expected).toHaveLength(50);
    expect(auditReportSchema.parse(report)).toEqual(report);
    expect(report.findings).toEqual([]);
  });

  it.each(expected.map((run) => [`${run.round}/${run.folder}`, run] as const))('%s', (_folder, run) => {
    const found = runOf(run);
    expect({
      round: found.round,
      division: found.division,
      organisation: found.organisation,
      system: found.system,
      board: found.board,
      benchmark: found.benchmark,
      model: found.model,
      mode: found.mode,
    }).toEqual({
      round: run.round,
      division: run.division,
      organisation: run.org,
      system: run.system,
      board: run.board,
      benchmark: run.benchmark,
      model: run.variant,
      mode: run.mode,
    });
    checkFigures(found, run);
    expect(found.agrees).toBe({ agrees: true, disagrees: false, text_only: null }[run.verdict]);
    checkFindings(found, run);
  });

  it('names an explaining rule for every figure that did not come out again', () => {
    for (const run of report.runs) {
      for (const comparison of run.comparisons.filter((each) => !each.agrees))
        expect([comparison, run.findings.map((finding) => finding.rule)]).toEqual([
          comparison,
          expect.arrayContaining([comparison.rule]),
        ]);
    }
  });

  it('finds the true energy behind a lost time mark', () => {
    const lost = expected.filter((run) => run.recomputed.aligned_median_energy_uj !== undefined);
    expect(lost).toHaveLength(1);
    const [run] = lost as [ExpectedAudit];
    near('aligned', runOf(run).recomputed.alignedMedianEnergyUJPerInf, run.recomputed.aligned_median_energy_uj);
    expect(runOf(run).recomputed.alignedWindows).toHaveLength(4);
  });
});

function checkFigures({ recomputed, published }: AuditedRun, run: ExpectedAudit): void {
  const { published: printed, recomputed: again } = run;
  if (run.benchmark !== 'sww') {
    expect(published.medianThroughputInfPerS ?? null).toBe(printed.median_throughput);
    expect(published.medianEnergyUJPerInf ?? null).toBe(printed.median_energy_uj);
  }
  expect(published.auc ?? null).toBe(printed.auc);
  near('top1', published.top1, printed.top1_pct === null ? undefined : printed.top1_pct / 100);
  near('median_throughput', recomputed.medianThroughputInfPerS, again.median_throughput);
  near('median_energy_uj', recomputed.medianEnergyUJPerInf, again.median_energy_uj);
  expect(recomputed.windows?.length ?? 0).toBe(again.windows?.length ?? 0);
  again.windows?.forEach((window, k) => {
    const found = recomputed.windows?.[k];
    expect([found?.number, found?.inferences, found?.file]).toEqual([
      window['window'],
      window['inferences'],
      window['file'],
    ]);
    expect([found?.firstSample, found?.endSample]).toEqual([window['first_sample'], window['end_sample']]);
    near('runtime_s', found?.seconds, window['runtime_s']);
    near('throughput', found?.throughputInfPerS, window['throughput']);
    near('energy_uj', found?.energyUJ, window['energy_uj']);
    near('power_uw', found?.powerUW, window['power_uw']);
    near('energy_per_inf_uj', found?.energyUJPerInf, window['energy_per_inf_uj']);
  });
  if (run.mode === 'accuracy') {
    expect([recomputed.inputs, recomputed.correct]).toEqual([again.inferences, again.correct]);
    near('top1_pct', (recomputed.top1 ?? Number.NaN) * 100, again.top1_pct);
    near('auc', run.runner === 'eembc' ? recomputed.aucEembc : recomputed.aucMlc, again.auc);
    near('auc_exact', recomputed.aucExact, again.auc_exact);
  }
  if (again.sww) {
    const { tp, fn, fp } = again.sww;
    expect([recomputed.truePositives, recomputed.falseNegatives, recomputed.falsePositives]).toEqual([tp, fn, fp]);
    near('duty_cycle', recomputed.dutyCycle, again.sww['duty_cycle']);
    near('period_s', recomputed.periodS, again.sww['period_s']);
    near('processing_s', recomputed.processingS, again.sww['processing_s']);
    near('throughput', recomputed.estimatedThroughputInfPerS, again.sww['throughput']);
  }
}

function checkFindings({ findings }: AuditedRun, run: ExpectedAudit): void {
  const rules = new Set(findings.map((finding) => finding.rule));
  for (const { code } of run.anomalies) {
    const wanted = rulesOfCode[code];
    if (wanted) expect([code, wanted.some((rule) => rules.has(rule))]).toEqual([code, true]);
  }
  if (run.anomalies.some(({ level }) => level !== 'info')) return;
  const excused = new Set(run.anomalies.flatMap(({ code }) => rulesOfCode[code] ?? []));
  const alarms = findings.filter(({ rule, severity }) => severity !== 'I' && !excused.has(rule));
  expect(alarms.map(({ rule, message }) => [rule, message])).toEqual([]);
}
