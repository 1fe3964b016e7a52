import { describe, expect, it } from 'vitest';
import { packageRuleBook, ruleBook } from '../../../src/main/rules/index.ts';
import type { PackageRule, Rule } from '../../../src/main/rules/index.ts';
import { ruleWords } from '../../../src/shared/locales/en/rules.ts';
import { wordsOf } from './words.ts';

const allRules: readonly (Rule | PackageRule)[] = [...packageRuleBook, ...ruleBook];

const sections = [
  { prefix: 'PKG', heading: 'Package and metadata' },
  { prefix: 'RUN', heading: 'Files and runs' },
  { prefix: 'PERF', heading: 'Performance' },
  { prefix: 'ACC', heading: 'Accuracy' },
  { prefix: 'NRG', heading: 'Energy' },
  { prefix: 'DIV', heading: 'Divisions' },
  { prefix: 'CAT', heading: 'Categories' },
  { prefix: 'NAME', heading: 'Names of results' },
  { prefix: 'CLS', heading: 'Scenarios' },
];

const severities = { E: 'invalid', W: 'remark', I: 'information' };
const official = { yes: 'enforced', log: 'a message only', no: 'not checked' };

/** `docs/rules.md` as the rule book and its words give it. */
function rulesDocument(): string {
  const parts = [
    '# Rules',
    'By these rules Joulebench judges a run. A run is _invalid_ when a rule of severity "invalid" failed, _valid with remarks_ when one of',
    'severity "remark" failed, else _valid_. Rules about quality judge the model and not the measurement: they decide about the quality',
    'target alone. A finding may be milder than its rule: a run that claims no division may use a part of the official inputs and gets a',
    'remark for it.',
    '',
    'This page is made from the rule book and its words by `test/unit/rules/book.test.ts`, which fails when they differ; `npx vitest run',
    'test/unit/rules --update` writes it anew.',
  ];
  const head = parts.splice(0, 1);
  const text = [...head, '', ...parts, ''];
  for (const { prefix, heading } of sections) {
    text.push(`## ${heading}`, '');
    for (const rule of allRules.filter((entry) => entry.id.startsWith(`${prefix}-`))) text.push(...ruleText(rule));
  }
  return text.join('\n');
}

function ruleText(rule: Rule | PackageRule): string[] {
  const words = wordsOf(rule.id);
  const rounds =
    rule.rounds.from === null && rule.rounds.to === null
      ? 'all'
      : `${rule.rounds.from ?? ''} to ${rule.rounds.to ?? ''}`;
  return [
    `### ${rule.id} ${words['title']}`,
    '',
    `Severity: ${severities[rule.severity]}. ${scopeText(rule)} Rounds: ${rounds}. Official checker: ${official[rule.officialChecker]}.`,
    '',
    `${words['explanation']}`,
    '',
    `What to do: ${words['remedy']}`,
    '',
  ];
}

function scopeText(rule: Rule | PackageRule): string {
  return rule.scope === 'package' ? 'About: the package.' : `About: ${rule.concerns}. Modes: ${rule.modes.join(', ')}.`;
}

describe('the rule book', () => {
  it('holds the rules of its sections', () => {
    const numbers = (prefix: string, from: number, to: number): string[] =>
      Array.from({ length: to - from + 1 }, (_, k) => `${prefix}-${String(from + k).padStart(2, '0')}`);
    expect(ruleBook.map((rule) => rule.id)).toEqual([
      ...numbers('RUN', 3, 11),
      ...numbers('PERF', 1, 11),
      ...numbers('ACC', 1, 11),
      ...numbers('NRG', 1, 16),
      'DIV-03',
    ]);
  });

  it('holds every rule of Part D', () => {
    const numbers = (prefix: string, last: number): string[] =>
      Array.from({ length: last }, (_, k) => `${prefix}-${String(k + 1).padStart(2, '0')}`);
    const expected = [
      ...numbers('PKG', 16),
      ...numbers('RUN', 11),
      ...numbers('PERF', 11),
      ...numbers('ACC', 11),
      ...numbers('NRG', 14),
      ...numbers('DIV', 6),
      ...numbers('CAT', 4),
      'NAME-01',
      'CLS-01',
    ];
    expect(allRules.map(({ id }) => id)).toEqual(expect.arrayContaining(expected));
    expect(new Set(allRules.map(({ id }) => id)).size).toBe(allRules.length);
  });

  it('has words for every rule, and for no rule that is not there', () => {
    for (const rule of allRules) {
      for (const part of ['title', 'explanation', 'remedy'])
        expect([rule.id, part, typeof wordsOf(rule.id)[part]]).toEqual([rule.id, part, 'string']);
    }
    const ids = Object.keys(ruleWords).filter((key) => /^[A-Z]+-\d+$/.test(key));
    expect(ids.sort()).toEqual(allRules.map((rule) => rule.id).sort());
  });

  it('is described in docs/rules.md', async () => {
    await expect(rulesDocument()).toMatchFileSnapshot('../../../docs/rules.md');
  });
});
