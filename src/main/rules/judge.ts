import type { Finding, RunJudgement, Verdict } from '../../shared/domain/verdict.ts';
import { accuracyRules, coverage, divisionRunRules } from './accuracy-rules.ts';
import { energyRules } from './energy-rules.ts';
import type { RunEvidence } from './evidence.ts';
import { performanceRules } from './performance-rules.ts';
import { qualityTargetOf } from './quality.ts';
import { holdsIn, notApplicable } from './rule.ts';
import type { Rule } from './rule.ts';
import { runRules } from './run-rules.ts';

/** The rule book, in the order of its sections. Source: results and submission, Part D. */
export const ruleBook: readonly Rule[] = [
  ...runRules,
  ...performanceRules,
  ...accuracyRules,
  ...energyRules,
  ...divisionRunRules,
];

/** Applies one rule. A rule of another mode or round does not apply. */
export function applyRule(rule: Rule, evidence: RunEvidence): Finding {
  const applies = rule.modes.includes(evidence.mode) && holdsIn(rule, evidence.round);
  const {
    outcome,
    message,
    facts,
    evidence: places,
    severity,
  } = applies ? rule.check(evidence) : notApplicable('otherMode');
  return { rule: rule.id, severity: severity ?? rule.severity, outcome, message, facts, evidence: places };
}

/**
 * Judges one run by every rule that concerns runs. Invalid when a rule about the measurement failed with severity E, remarks when
 * one failed with W; whether the model is good enough is told apart, by the quality target.
 * @param book the rules to apply; a test may give its own.
 */
export function judgeRun(evidence: RunEvidence, book: readonly Rule[] = ruleBook): RunJudgement {
  const rules = book.filter((rule) => rule.scope === 'run');
  const findings = rules.map((rule) => applyRule(rule, evidence));
  const measurement = findings.filter((_finding, k) => rules[k]?.concerns === 'measurement');
  const { missing, repeated } = coverage(evidence);
  return {
    verdict: verdictOf(measurement),
    qualityTarget: qualityTargetOf(evidence, missing === 0 && repeated.length === 0),
    findings,
  };
}

/** The verdict that findings about a measurement give. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  const failures = findings.filter((finding) => finding.outcome === 'failed');
  if (failures.some((finding) => finding.severity === 'E')) return 'invalid';
  return failures.some((finding) => finding.severity === 'W') ? 'remarks' : 'valid';
}
