import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../../src/main/audit/checklist/answers.ts';
import { claimsIn } from '../../../../src/main/audit/package/claims.ts';

/** Answers as `question answer`. */
const answers = (text: string): string[] =>
  readAnswers(text.split('\n')).map(({ question, answer }) => `${question} ${answer}`);

const sameCode = 'Does the submission run the same code in accuracy and performance\nmodes?';

describe('answers of a form', () => {
  it.each([
    [' (check one)\n\n- [x] Yes\n- [ ] No', 'yes'],
    [' (check one)\n\n- [ ] Yes\n- [X] No', 'no'],
    [' (check one)\n\u2612 Yes \u2610 No', 'yes'],
    ['\nYes \u2610 No \u2611', 'no'],
    ['\nYes __ No _x_', 'no'],
    [' Yes', 'yes'],
    ['\n**No**', 'no'],
    [' | yes |', 'yes'],
    ['\n- [ ] Yes\n- [ ] No', 'unanswered'],
    ['\nYes / No', 'unanswered'],
    ['\nYes No', 'unanswered'],
    [' (to be answered)', 'unanswered'],
    ['', 'unanswered'],
    ['\n[x] Yes [x] No', 'unreadable'],
    ['\nIt depends on the board', 'unreadable'],
  ])('are read from %j', (behind, answer) => {
    expect(answers(`${sameCode}${behind}`)).toEqual([`sameCode ${answer}`]);
    expect(answers(`${sameCode}${behind}\n\nWhat numerics does the submission use?\n- [x] INT8`)).toEqual([
      `sameCode ${answer}`,
    ]);
  });

  it('know which way a form asks', () => {
    expect(answers('Are the weights calibrated using data outside of the calibration set?\n[ ] Yes\n[x] No')).toEqual([
      'outsideCalibration no',
    ]);
    expect(answers('Calibration data are outside the validation set: yes')).toEqual(['outsideCalibration no']);
    expect(answers('Forbidden techniques were not used: yes')).toEqual(['forbidden no']);
    expect(answers('Forbidden techniques were used: yes')).toEqual(['forbidden yes']);
    expect(answers('Is the submission congruent with all relevant MLPerf rules?\n[x] Yes\n[ ] No')).toEqual([
      'congruent yes',
    ]);
  });

  it('take a list of techniques by its boxes', () => {
    const list = (pruning: string, none: string): string =>
      `Which techniques?\n- [ ] Wholesale weight replacement\n- [${pruning}] Pruning\n- [ ] Caching queries\n- [${none}] None of the above`;
    expect(answers(list('x', ' '))).toEqual(['weightReplacement no', 'pruning yes', 'caching no']);
    expect(answers(list(' ', 'x'))).toEqual(['weightReplacement no', 'pruning no', 'caching no']);
    expect(answers(list(' ', ' '))).toEqual([
      'weightReplacement unanswered',
      'pruning unanswered',
      'caching unanswered',
    ]);
  });

  it('take a technique by its answer, and no mention of it in other words', () => {
    expect(answers('Caching techniques: none')).toEqual(['caching no']);
    expect(answers('Retrained: yes')).toEqual(['retraining yes']);
    expect(answers('No retraining was done, and pruning is not used.')).toEqual([]);
  });

  it('name the line of the question', () => {
    expect(readAnswers(['Title', '', 'Retrained: no', 'x', 'Caching techniques: yes'])).toMatchObject([
      { line: 3 },
      { line: 5 },
    ]);
  });

  it('leave the answer of the next question alone', () => {
    expect(answers('Congruent with all rules: [ ] yes [ ] no\nJSON filled: [x] yes [ ] no')).toEqual([
      'congruent unanswered',
    ]);
    expect(answers('Congruent with all rules: yes [ ] no [ ]\nJSON filled: yes [x] no [ ]')).toEqual([
      'congruent unanswered',
    ]);
    expect(answers('Retrained:\nCaching techniques: yes')).toEqual(['retraining unanswered', 'caching yes']);
    expect(answers('same code in accuracy and performance mode yes\nNumerics: int8')).toEqual(['sameCode yes']);
  });
});

describe('claims in a text', () => {
  it.each([
    ['MLPerf Tiny v1.1 results', false],
    ['our MLPerf\u2122 Tiny performance score: 3', false],
    ['MLPerf Tiny Open results', true],
    ['MLPerf Open division v1.2 results', true],
  ])('are found in %j', (line, open) => {
    expect(claimsIn(['first', line])).toEqual([{ text: line, open, line: 2 }]);
  });

  it.each([
    'The figures were not reviewed by MLCommons and are no verified MLPerf results.',
    'Built with the reference code of MLPerf Tiny.',
    'MLPerf Tiny results directory structure',
    'Results of a run by the rules of MLPerf',
  ])('are not found in %j', (line) => {
    expect(claimsIn([line])).toEqual([]);
  });
});
