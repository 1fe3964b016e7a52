import { describe, expect, it } from 'vitest';
import { lineLimits, linesOf } from '../../../../src/main/audit/read/lines.ts';
import { pieces } from '../../../support/audit/pieces.ts';

async function read(content: string | Uint8Array, size?: number): Promise<[string, number][]> {
  const lines: [string, number][] = [];
  for await (const batch of linesOf(pieces(content, size)))
    for (const { text, number } of batch) lines.push([text, number]);
  return lines;
}

describe('lines of a text', () => {
  it('end with LF; carriage returns and NULs are dropped wherever they stand', async () => {
    for (const size of [1, 2, 1000])
      expect(await read('a\r\n\rb\0c\n\nlast', size)).toEqual([
        ['a', 1],
        ['bc', 2],
        ['', 3],
        ['last', 4],
      ]);
    expect(await read('one\n')).toEqual([['one', 1]]);
    expect(await read('')).toEqual([]);
  });

  it('keep characters whole that a cut goes through, and replace what is no UTF-8', async () => {
    expect(await read('µJ\n€', 1)).toEqual([
      ['µJ', 1],
      ['€', 2],
    ]);
    expect(await read(Uint8Array.of(0x61, 0xff, 0x62))).toEqual([['a\ufffdb', 1]]);
  });

  it('are cut where one has no end', async () => {
    const lines = await read(
      Buffer.concat([Buffer.alloc(3 * lineLimits.characters, 'x'), Buffer.from('\nnext')]),
      300_000,
    );
    expect(lines.map(([text, number]) => [text.length <= lineLimits.characters, number])).toEqual([
      [true, 1],
      [true, 2],
    ]);
    expect(lines[1]?.[0]).toBe('next');
  });
});
