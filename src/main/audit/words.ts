import type { AuditFinding, AuditReport, AuditedRun } from '../../shared/domain/audit.ts';
import type { Finding } from '../../shared/domain/verdict.ts';
import { findingText } from '../../shared/text/finding.ts';
import type { Text } from '../../shared/text/index.ts';
import { packageRuleBook, ruleBook } from '../rules/index.ts';
import type { AuditOutcome, RunOutcome } from './types.ts';

const official = new Map([...packageRuleBook, ...ruleBook].map((rule) => [rule.id, rule.officialChecker]));

/** The report of an audit: its outcome with the words of every finding. */
export function auditReport(outcome: AuditOutcome, text: Text, program: string): AuditReport {
  const runs = outcome.runs.map((run) => runWithWords(run, text));
  const findings = outcome.findings.map((finding) => findingWithWords(finding, text));
  const all = [...runs.flatMap((run) => run.findings), ...findings];
  const count = (severity: 'E' | 'W' | 'I'): number => all.filter((finding) => finding.severity === severity).length;
  return {
    format: 1,
    program,
    scope: outcome.scope,
    round: outcome.round,
    files: outcome.files,
    bytes: outcome.bytes,
    runs,
    findings,
    counts: {
      runs: runs.length,
      agree: runs.filter((run) => run.agrees === true).length,
      disagree: runs.filter((run) => run.agrees === false).length,
      notCompared: runs.filter((run) => run.agrees === null).length,
      E: count('E'),
      W: count('W'),
      I: count('I'),
    },
  };
}

function runWithWords({ personal: _personal, faster: _faster, ...run }: RunOutcome, text: Text): AuditedRun {
  return {
    ...run,
    official: {
      accepted: run.official.accepted,
      messages: run.official.messages.map(({ key, values }) => text.t(`audit.official.${key}`, values)),
    },
    findings: run.findings.map((finding) => findingWithWords(finding, text)),
  };
}

function findingWithWords(finding: Finding, text: Text): AuditFinding {
  const { title, message, explanation, remedy } = findingText(text, finding);
  return {
    rule: finding.rule,
    severity: finding.severity,
    message,
    evidence: finding.evidence,
    title,
    explanation,
    remedy,
    code: finding.message,
    facts: finding.facts,
    officialChecker: official.get(finding.rule) ?? 'no',
  };
}
