import { expect, it } from 'vitest';
import { lineTime, marked, matchesOf, shownRows, stepMatch } from '../../../../src/renderer/frame/console-view.ts';
import type { ConsoleLine } from '../../../../src/shared/domain/bench-console.ts';

it('gives local time to the millisecond', () => {
  expect(lineTime(new Date(2026, 10, 24, 9, 5, 7, 42).getTime())).toBe('09:05:07.042');
});

it('cuts a text at every match, whatever its case', () => {
  expect(marked('m-Ready, m-ready', 'READY')).toEqual(['m-', 'Ready', ', m-', 'ready', '']);
  expect(marked('text', '')).toEqual(['text']);
  expect(marked('aaa', 'aa').join('')).toBe('aaa');
});

it('goes round the matches in both directions', () => {
  const rows = ['a', 'hit', 'b', 'HIT', 'hit'].map((text) => ({ text }));
  const matches = matchesOf(rows, 'hit');
  expect(matches).toEqual([1, 3, 4]);
  expect([stepMatch(matches, 1, 1), stepMatch(matches, 4, 1), stepMatch(matches, 1, -1)]).toEqual([3, 1, 4]);
  expect(stepMatch(matches, 5, -1)).toBe(4);
  expect(stepMatch([], 0, 1)).toBeUndefined();
});

it('shows what passes the filter and was not cleared', () => {
  const lines = ['one', 'two', 'Two'].map((text, index): ConsoleLine => ({
    seq: index + 1,
    atEpochMs: 0,
    direction: 'in',
    kind: 'text',
    text,
  }));
  const shown = (filter: string, clearedSeq: number) =>
    shownRows(lines, ({ text }) => text, { filter, clearedSeq }).map(({ line }) => line.seq);
  expect(shown('', 0)).toEqual([1, 2, 3]);
  expect(shown('TWO', 0)).toEqual([2, 3]);
  expect(shown('two', 2)).toEqual([3]);
});
