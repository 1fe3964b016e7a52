import type { AuditedRun, AuditFinding, AuditReport } from '../../shared/domain/audit.ts';
import type { Text } from '../../shared/text/index.ts';
import { formatNumber } from '../../shared/units/index.ts';

/** The report for a person: a table of runs with the figure that each is about, and below it what was found, with its evidence. */
export function auditTable(report: AuditReport, text: Text): string {
  const t = (key: string): string => text.t(`audit.table.${key}`);
  const head = ['folder', 'figure', 'published', 'recomputed', 'agrees', 'verdict', 'findings'].map(t);
  const rows = report.runs.map((run) => rowOf(run, text));
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 2 || column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const parts = [line(head), ...rows.map(line)];
  for (const run of report.runs) {
    if (run.findings.length === 0) continue;
    parts.push(
      '',
      run.folder,
      ...run.findings.flatMap((finding) => findingLines(finding, text)),
      ...officialLines(run, text),
    );
  }
  if (report.findings.length > 0)
    parts.push('', text.t('audit.packageTitle'), ...report.findings.flatMap((finding) => findingLines(finding, text)));
  parts.push('', text.t('audit.summary', { ...report.counts, count: report.counts.runs }));
  return `${parts.join('\n')}\n`;
}

function rowOf(run: AuditedRun, text: Text): string[] {
  const t = (key: string): string => text.t(`audit.table.${key}`);
  const { name, published, recomputed } = mainFigure(run);
  const agrees = run.agrees === null ? t('unknown') : t(run.agrees ? 'yes' : 'no');
  const counts = (['E', 'W', 'I'] as const).flatMap((severity) => {
    const count = run.findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [`${count} ${severity}`] : [];
  });
  return [
    run.simulated ? `${run.folder} ${text.t('audit.simulated')}` : run.folder,
    name === '' ? t('unknown') : t(name),
    published ?? t('unknown'),
    recomputed ?? t('unknown'),
    agrees,
    text.t(`audit.verdict.${run.verdict}`),
    counts.length > 0 ? counts.join(', ') : t('none'),
  ];
}

/** The figure that a run is made for, printed and computed again. */
function mainFigure({ published, recomputed, mode, benchmark }: AuditedRun): {
  name: string;
  published: string | undefined;
  recomputed: string | undefined;
} {
  const row = (name: string, decimals: number, a: number | undefined, b: number | undefined) => ({
    name,
    published: a === undefined ? undefined : formatNumber(a, { decimals }),
    recomputed: b === undefined ? undefined : formatNumber(b, { decimals }),
  });
  if (benchmark === 'sww') {
    const score = (figures: AuditedRun['published']): string | undefined =>
      figures.truePositives === undefined
        ? undefined
        : `${figures.truePositives}/${figures.falseNegatives ?? ''}/${figures.falsePositives ?? ''}`;
    return { name: 'streaming', published: score(published), recomputed: score(recomputed) };
  }
  if (mode === 'energy') return row('energy', 3, published.medianEnergyUJPerInf, recomputed.medianEnergyUJPerInf);
  if (mode === 'performance')
    return row('throughput', 3, published.medianThroughputInfPerS, recomputed.medianThroughputInfPerS);
  if (benchmark === 'ad') return row('auc', 3, published.auc, recomputed.aucEembc ?? recomputed.aucMlc);
  if (mode === 'accuracy') return row('top1', 3, published.top1, recomputed.top1);
  return row('', 0, undefined, undefined);
}

function findingLines(finding: AuditFinding, text: Text): string[] {
  const severity = text.t(`audit.severity.${finding.severity}`);
  const [first] = finding.evidence;
  const place =
    first && (first.line === undefined ? first.file : text.t('audit.line', { file: first.file, line: first.line }));
  return [
    text.t('audit.finding', { severity, rule: finding.rule, message: finding.message }),
    ...(place === undefined ? [] : [text.t('audit.place', { place })]),
  ];
}

/** Said where the official checker and the rules differ. */
function officialLines({ official, findings }: AuditedRun, text: Text): string[] {
  const wrong = findings.some((finding) => finding.severity === 'E');
  if (official.accepted === true && wrong) return [text.t('audit.officialAccepts')];
  if (official.accepted === false && !wrong)
    return [text.t('audit.officialRefuses', { reasons: official.messages.join(' ') })];
  return [];
}
