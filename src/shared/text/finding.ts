import type { FactValue, Finding } from '../domain/verdict.ts';
import type { Text } from './index.ts';

/** What a person reads about one finding. */
export interface FindingWords {
  /** The rule in a few words. */
  title: string;
  /** What was found, with its figures. */
  message: string;
  /** Why the rule is there. */
  explanation: string;
  /** What to do when it failed. */
  remedy: string;
}

/** The words of a finding: those of its rule, or the ones that all rules share (`rule.common`). */
export function findingText(text: Text, finding: Finding): FindingWords {
  const key = (part: string): string => `rule.${finding.rule}.${part}`;
  const values = Object.fromEntries(Object.entries(finding.facts).map(([name, value]) => [name, printable(value)]));
  const own = text.t(key(finding.message), values);
  return {
    title: text.t(key('title')),
    message: own === key(finding.message) ? text.t(`rule.common.${finding.message}`, values) : own,
    explanation: text.t(key('explanation')),
    remedy: text.t(key('remedy')),
  };
}

/** Numbers with six significant digits: enough to see on which side of a limit they are, without the noise of the last ones. */
function printable(value: FactValue): FactValue {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}
