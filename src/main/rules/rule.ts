import type { EvidenceRef, FactValue, Severity } from '../../shared/domain/verdict.ts';
import type { Mode } from '../../shared/domain/workload.ts';
import type { RunEvidence } from './evidence.ts';

/** What a check says; `judgeRun` makes a finding of it. */
export interface CheckResult {
  outcome: 'passed' | 'failed' | 'notApplicable';
  /** Key of the sentence among the rule's words. */
  message: string;
  facts: Record<string, FactValue>;
  evidence: EvidenceRef[];
  /** Where it differs from the rule's own. */
  severity?: Severity;
}

/** One rule of the book: data, and a pure function that applies it. Its words stand in the locales under its id. */
export interface Rule {
  /** Id in the book: `PERF-03`. */
  id: string;
  severity: Severity;
  /** Whether it concerns one run or the whole package of a submission. */
  scope: 'run' | 'package';
  /** Rounds in which it holds; null for no bound. */
  rounds: { from: string | null; to: string | null };
  /** Whether the official checker enforces it; `log` means that it prints a message and accepts the result. */
  officialChecker: 'yes' | 'log' | 'no';
  /** `quality` rules judge the model, not the measurement: they never make a run invalid. */
  concerns: 'measurement' | 'quality';
  /** Modes in which it applies. */
  modes: readonly Mode[];
  check: (evidence: RunEvidence) => CheckResult;
}

export const everyMode: readonly Mode[] = ['performance', 'accuracy', 'energy'];
export const everyRound = { from: null, to: null } as const;

/** Places named in one finding; the rest is in its count. */
const shownRefs = 10;

export function passed(facts: Record<string, FactValue> = {}, message = 'passed'): CheckResult {
  return { outcome: 'passed', message, facts, evidence: [] };
}

export function failed(
  facts: Record<string, FactValue>,
  evidence: readonly EvidenceRef[] = [],
  options: { message?: string; severity?: Severity } = {},
): CheckResult {
  const { message = 'failed', severity } = options;
  return {
    outcome: 'failed',
    message,
    facts,
    evidence: evidence.slice(0, shownRefs),
    ...(severity === undefined ? {} : { severity }),
  };
}

export function notApplicable(message: string, facts: Record<string, FactValue> = {}): CheckResult {
  return { outcome: 'notApplicable', message, facts, evidence: [] };
}

/** Whether a round lies before another: `v0.7` before `v1.3`. A round without a number is taken as the newest. */
export function isBefore(round: string | null, other: string | null): boolean {
  const [a, b] = [roundNumber(round), roundNumber(other)];
  return a < b;
}

/** Whether a rule holds in a round. */
export function holdsIn({ rounds }: Pick<Rule, 'rounds'>, round: string | null): boolean {
  return !(rounds.from !== null && isBefore(round, rounds.from)) && !(rounds.to !== null && isBefore(rounds.to, round));
}

function roundNumber(round: string | null): number {
  const match = /^v(\d+)\.(\d+)$/.exec(round ?? '');
  return match ? Number(match[1]) * 1000 + Number(match[2]) : Number.POSITIVE_INFINITY;
}
