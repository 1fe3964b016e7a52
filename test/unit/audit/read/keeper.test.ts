import { describe, expect, it } from 'vitest';
import { Keeper } from '../../../../src/main/audit/read/keeper.ts';

describe('what is kept of a file', () => {
  it('is the same text, one for all of its equals', () => {
    const keep = new Keeper();
    for (const text of ['', 'tst_000000_Stop_7.bin', 'Prüfling µ 😀'.repeat(3), '__proto__'])
      expect(keep.text(`${text}`)).toBe(text);
    // Half a pair at the end of a text that was cut becomes the sign for what cannot be read.
    expect(keep.text('a\ud83d')).toBe('a\ufffd');
  });

  it('is no more than a file may have: the values beyond are refused, not cut', () => {
    const keep = new Keeper();
    const vector = Array.from({ length: 1_000_000 }, (_, k) => k);
    expect(keep.vector([0.5, 1])).toEqual([0.5, 1]);
    expect([1, 2, 3].map(() => keep.vector(vector)?.length)).toEqual([1_000_000, 1_000_000, 1_000_000]);
    expect(keep.vector(vector)).toBeNull();
    expect(keep.vector([1])).toBeNull();
  });
});
