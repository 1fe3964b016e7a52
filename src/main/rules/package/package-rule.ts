import type { Finding } from '../../../shared/domain/verdict.ts';
import { holdsIn, notApplicable } from '../rule.ts';
import type { CheckResult, Rule } from '../rule.ts';
import type { PackageEvidence } from './evidence.ts';

/** A rule about a whole package; its words stand in the locales under its id, as for the rules about runs. */
export interface PackageRule extends Pick<Rule, 'id' | 'severity' | 'rounds' | 'officialChecker'> {
  scope: 'package';
  check: (evidence: PackageEvidence) => CheckResult;
}

/** Applies one rule; outside its rounds it does not apply. */
export function applyPackageRule(rule: PackageRule, evidence: PackageEvidence): Finding {
  const result = holdsIn(rule, evidence.round) ? rule.check(evidence) : notApplicable('otherRound');
  const { outcome, message, facts, evidence: places, severity } = result;
  return { rule: rule.id, severity: severity ?? rule.severity, outcome, message, facts, evidence: places };
}
