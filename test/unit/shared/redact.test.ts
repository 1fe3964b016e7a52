import { describe, expect, it } from 'vitest';
import { withoutHomes } from '../../../src/shared/redact/index.ts';

describe('home folders of anybody', () => {
  it.each([
    ['load "/home/tom/eembc/x.bin"', 'load "<home>/eembc/x.bin"'],
    ['[/Users/tom.smith/x]', '[<home>/x]'],
    [String.raw`C:\Users\Tom Smith\x.bin and D:\Users\tom`, String.raw`<home>\x.bin and <home>`],
    [String.raw`{"path":"c:\\Users\\tom\\x"}`, String.raw`{"path":"<home>\\x"}`],
    ['C:/Users/Jürgen/x', '<home>/x'],
    ['file:///home/tom/x', 'file://<home>/x'],
  ])('are taken out of %s', (text, left) => {
    expect(withoutHomes(text)).toBe(left);
  });

  it('are not seen where there are none', () => {
    for (const text of ['/opt/home/x', 'm-lap-us-1', 'datasets/home/kws01', String.raw`C:\User\x`, '/homework/x'])
      expect(withoutHomes(text)).toBe(text);
  });
});
