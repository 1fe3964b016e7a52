import { describe, expect, it } from 'vitest';
import { LineCutter, RecentLines } from '../../../../src/main/flash/process/index.ts';

const text = 'one\r\ntwo\n\nthr\u00e9e';

describe('cutting lines', () => {
  it('gives the same lines however the text is cut', () => {
    for (let cut = 0; cut <= text.length; cut += 1) {
      const lines: string[] = [];
      const cutter = new LineCutter((line) => lines.push(line));
      cutter.push(text.slice(0, cut));
      cutter.push(text.slice(cut));
      cutter.end();
      cutter.end();
      expect(lines).toEqual(['one', 'two', '', 'thr\u00e9e']);
    }
  });

  it('cuts a line without an end', () => {
    const lines: string[] = [];
    const cutter = new LineCutter((line) => lines.push(line), 4);
    cutter.push('abcdefghij');
    cutter.push('kl\nabcdefgh\n');
    expect(lines).toEqual(['abcd', 'efgh', 'ijkl', 'abcd', 'efgh']);
  });

  it('keeps the newest', () => {
    const recent = new RecentLines(3);
    for (let index = 0; index < 20; index += 1) recent.push(String(index));
    expect(recent.take()).toEqual(['17', '18', '19']);
    expect(recent.take()).toEqual([]);
  });
});
