import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../../src/main/audit/checklist/answers.ts';
import { readPaper } from '../../../../src/main/audit/checklist/index.ts';
import { claimsIn } from '../../../../src/main/audit/package/claims.ts';
import { checklist, checklistPdf } from '../../../../src/main/audit/submission/checklist.ts';
import type { PackagePlanInput } from '../../../../src/main/audit/submission/index.ts';
import { declarationQuestions } from '../../../../src/main/rules/index.ts';
import type { SystemDescription } from '../../../../src/shared/domain/system-description.ts';
import { createText } from '../../../../src/shared/text/index.ts';
import { madeDescription } from '../../../support/audit/system-description.ts';

const text = createText();

function input(obstacles: string[] = []): PackagePlanInput {
  const description = madeDescription() as SystemDescription;
  return {
    division: 'closed',
    round: 'v1.3',
    systems: [
      { system: 'A', description: { ...description, Status: 'available' } },
      { system: 'B', description: { ...description, Status: 'preview' } },
    ],
    runs: [],
    code: [],
    hookUp: null,
    memory: [],
    obstacles,
    program: 'Joulebench 1',
  };
}

async function linesOf(name: string, bytes: Uint8Array): Promise<string[]> {
  const paper = await readPaper(name, bytes);
  if (!('lines' in paper)) throw new Error(paper.reason);
  return paper.lines;
}

describe('our checklist, read back', () => {
  it.each(['c.md', 'c.pdf'])('asks every question as %s, and answers none for a person', async (name) => {
    const bytes = name === 'c.md' ? Buffer.from(checklist(input(), text)) : await checklistPdf(input(), text);
    const lines = await linesOf(name, bytes);
    const answers = readAnswers(lines);
    expect(answers.map(({ question }) => question).toSorted()).toEqual([...declarationQuestions].toSorted());
    expect(new Set(answers.map(({ answer }) => answer))).toEqual(new Set(['unanswered']));
    expect(claimsIn(lines)).toEqual([]);
    const whole = lines.join('\n');
    for (const part of ['Streaming wake word', 'MLCommons or EEMBC runner', 'whole validation set', 'Signature'])
      expect(whole).toContain(part);
  });

  it('gives the answers that a person ticked', () => {
    const filled = checklist(input(), text)
      .replace(
        'Caching of inputs, responses or intermediate values: [ ] yes',
        'Caching of inputs, responses or intermediate values: [x] yes',
      )
      .replace('performance mode: [ ] yes', 'performance mode: [x] yes');
    const answers = readAnswers(filled.split('\n'));
    expect(answers.filter(({ answer }) => answer !== 'unanswered')).toMatchObject([
      { question: 'sameCode', answer: 'yes' },
      { question: 'caching', answer: 'yes' },
    ]);
  });

  it('says first that a package cannot be submitted', async () => {
    const lines = await linesOf('c.pdf', await checklistPdf(input(['kws accuracy: own runner']), text));
    const place = lines.findIndex((line) => line.includes('cannot be submitted'));
    expect(place).toBeGreaterThanOrEqual(0);
    expect(place).toBeLessThan(4);
    expect(lines.join(' ')).toContain('kws accuracy: own runner');
  });
});
