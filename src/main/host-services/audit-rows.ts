import type { AuditChoices, AuditFilter, AuditRow, AuditSummary } from '../../shared/domain/audit-page.ts';
import type { AuditFinding, AuditReport, AuditedRun } from '../../shared/domain/audit.ts';
import type { Severity } from '../../shared/domain/verdict.ts';

/** The runs that a filter wants, as rows of the table, in the order of the report. */
export function auditRows(report: AuditReport, filter: AuditFilter): AuditRow[] {
  return report.runs.flatMap((run, index) => (wanted(run, filter) ? [rowOf(run, index)] : []));
}

/** What came out, and what the runs can be narrowed by. */
export function auditSummary({ files, bytes, counts, runs, findings }: AuditReport): AuditSummary {
  return { files, bytes, counts, packageFindings: findings.length, choices: choicesOf(runs) };
}

/** Every file that the report names: nothing else of the audited folder is shown to a page. */
export function namedFiles({ runs, findings }: AuditReport): Set<string> {
  const all = [...findings, ...runs.flatMap((run) => run.findings)];
  return new Set([
    ...all.flatMap(({ evidence }) => evidence.map(({ file }) => file)),
    ...runs.flatMap(({ files }) => Object.values(files)),
  ]);
}

function wanted(run: AuditedRun, filter: AuditFilter): boolean {
  const { round, organisation, benchmark, mode, severity, rule, agrees } = filter;
  if (round !== null && run.round !== round) return false;
  if (organisation !== null && run.organisation !== organisation) return false;
  if (benchmark !== null && run.benchmark !== benchmark) return false;
  if (mode !== null && run.mode !== mode) return false;
  if (agrees !== null && agreement(run) !== agrees) return false;
  if (severity === null && rule === null) return true;
  return run.findings.some(
    (finding) => (severity === null || finding.severity === severity) && (rule === null || finding.rule === rule),
  );
}

function agreement({ agrees }: AuditedRun): NonNullable<AuditFilter['agrees']> {
  if (agrees === null) return 'notCompared';
  return agrees ? 'agree' : 'disagree';
}

function rowOf(run: AuditedRun, index: number): AuditRow {
  const { folder, round, organisation, system, board, benchmark, mode, simulated, agrees, verdict, findings } = run;
  const row = { index, folder, round, organisation, system, board, benchmark, mode, simulated, agrees, verdict };
  return { ...row, E: count(findings, 'E'), W: count(findings, 'W'), I: count(findings, 'I') };
}

function count(findings: readonly AuditFinding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function choicesOf(runs: readonly AuditedRun[]): AuditChoices {
  const distinct = (values: readonly (string | null)[]): string[] =>
    [...new Set(values.filter((value) => value !== null))].sort();
  return {
    rounds: distinct(runs.map(({ round }) => round)),
    organisations: distinct(runs.map(({ organisation }) => organisation)),
    benchmarks: distinct(runs.map(({ benchmark }) => benchmark)),
    modes: distinct(runs.map(({ mode }) => mode)),
    rules: distinct(runs.flatMap(({ findings }) => findings.map(({ rule }) => rule))),
  };
}
