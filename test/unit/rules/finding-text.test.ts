import { describe, expect, it } from 'vitest';
import { judgeRun } from '../../../src/main/rules/index.ts';
import type { Finding } from '../../../src/shared/domain/verdict.ts';
import { findingText } from '../../../src/shared/text/finding.ts';
import { createText } from '../../../src/shared/text/index.ts';
import { accuracyRun, energyRun, performanceRun } from './run-evidence.ts';

const text = createText();
const finding: Finding = {
  rule: 'PERF-03',
  severity: 'E',
  outcome: 'failed',
  message: 'failed',
  facts: { count: 1, window: 3, shortestS: 9.123456789, limitS: 10 },
  evidence: [],
};

describe('findingText', () => {
  it('fills the words of the rule with the facts', () => {
    expect(findingText(text, finding)).toEqual({
      title: 'Windows of at least 10 s',
      message: '1 windows are shorter than 10 s; the shortest, window 3, lasted 9.12346 s.',
      explanation: 'Shorter windows give too much weight to the stamps and to what happens once at the start.',
      remedy: 'Raise the number of inferences in a window, or leave it to the calibration run.',
    });
  });

  it('takes the shared words where the rule has none', () => {
    const other = { ...finding, outcome: 'notApplicable' as const, message: 'noStamps', facts: {} };
    // A fraction has the separator of the language that it stands in.
    const tenth = createText('de').t('cli.recipe.file', { path: 0.5 });
    expect(tenth).toContain('0,5');
    expect(findingText(text, other).message).toBe('No window has the stamps that this rule needs.');
  });

  it('has words for every finding of a run', () => {
    const runs = [
      performanceRun(),
      performanceRun([{}]),
      accuracyRun(),
      accuracyRun({ inputs: [] }),
      energyRun(),
      energyRun([]),
      energyRun(undefined, {}, { energy: null }),
    ];
    for (const run of runs) {
      for (const each of judgeRun(run).findings) {
        const words = Object.values(findingText(text, each));
        for (const line of words) expect(line).not.toMatch(/[{}]|rule\./);
      }
    }
  });
});
