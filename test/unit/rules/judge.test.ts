import { describe, expect, it } from 'vitest';
import { applyRule, judgeRun, ruleBook, verdictOf } from '../../../src/main/rules/index.ts';
import type { Rule } from '../../../src/main/rules/index.ts';
import { runJudgementSchema } from '../../../src/shared/domain/verdict.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';
import { accuracyRun, performanceRun } from './run-evidence.ts';

function rule(change: Partial<Rule>): Rule {
  return {
    id: 'TEST-01',
    severity: 'E',
    scope: 'run',
    rounds: { from: null, to: null },
    officialChecker: 'no',
    concerns: 'measurement',
    modes: ['performance'],
    check: () => ({ outcome: 'failed', message: 'failed', facts: {}, evidence: [] }),
    ...change,
  };
}

describe('judgeRun', () => {
  it('gives one finding for each rule of a run, in the order of the book', () => {
    const judgement = judgeRun(performanceRun());
    expect(judgement.findings.map((finding) => finding.rule)).toEqual(ruleBook.map((entry) => entry.id));
    expect(runJudgementSchema.parse(judgement)).toEqual(judgement);
    expect(runJudgementSchema.safeParse(judgeRun(accuracyRun())).success).toBe(true);
  });

  it('has no two rules of one id', () => {
    expect(new Set(ruleBook.map((entry) => entry.id)).size).toBe(ruleBook.length);
  });

  it('lets only failures about the measurement decide', () => {
    const verdict = (change: Partial<Rule>): string => judgeRun(performanceRun(), [rule(change)]).verdict;
    expect(verdict({})).toBe('invalid');
    expect(verdict({ severity: 'W' })).toBe('remarks');
    expect(verdict({ severity: 'I' })).toBe('valid');
    expect(verdict({ concerns: 'quality' })).toBe('valid');
    expect(verdict({ modes: ['accuracy'] })).toBe('valid');
    expect(judgeRun(performanceRun(), [rule({ scope: 'package' })]).findings).toEqual([]);
  });

  it('takes the severity of the finding where it differs from the rule', () => {
    const check = (): ReturnType<Rule['check']> => ({
      outcome: 'failed',
      message: 'failed',
      facts: {},
      evidence: [],
      severity: 'W',
    });
    expect(judgeRun(performanceRun(), [rule({ check })])).toMatchObject({
      verdict: 'remarks',
      findings: [{ severity: 'W' }],
    });
  });

  it('judges the same evidence the same way', () => {
    expect(judgeRun(accuracyRun())).toEqual(judgeRun(accuracyRun()));
  });
});

describe('applyRule', () => {
  it('leaves out rules of other rounds', () => {
    const evidence = performanceRun();
    const outcome = (from: string | null, to: string | null, round: string | null): string =>
      applyRule(rule({ rounds: { from, to } }), { ...evidence, round }).outcome;
    expect(outcome('v1.2', null, 'v1.1')).toBe('notApplicable');
    expect(outcome('v1.2', null, 'v1.2')).toBe('failed');
    expect(outcome(null, 'v0.7', 'v1.0')).toBe('notApplicable');
    expect(outcome(null, 'v0.7', 'v0.5')).toBe('failed');
    expect(outcome(null, 'v0.7', null)).toBe('notApplicable');
  });
});

describe('verdictOf', () => {
  it('is valid without findings', () => {
    const passed: Finding = {
      rule: 'TEST-01',
      severity: 'E',
      outcome: 'passed',
      message: 'passed',
      facts: {},
      evidence: [],
    };
    expect(verdictOf([])).toBe('valid');
    expect(verdictOf([passed])).toBe('valid');
  });
});
