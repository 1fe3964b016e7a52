import { describe, expect, it } from 'vitest';
import { chapterOf } from '../../../../../src/renderer/views/help/chapter-of.ts';
import { chapters, pictureUrl, searchManual } from '../../../../../src/renderer/views/help/manual.ts';
import { parseChapter, plain } from '../../../../../src/renderer/views/help/markdown.ts';
import type { Piece } from '../../../../../src/renderer/views/help/markdown.ts';
import { pages } from '../../../../../src/shared/domain/pages.ts';

function all(pieces: readonly Piece[]): Exclude<Piece, string>[] {
  return pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece, ...all(piece.pieces)]));
}

describe('a chapter', () => {
  it('is cut at its headings, HTML stays text', () => {
    const sections = parseChapter('# One & two\n\nA *word*, `code` and <b>no tag</b>.\n\n## Über uns\n\n- a\n- b\n');
    expect(sections.map(({ title, level, id }) => ({ title, level, id }))).toEqual([
      { title: 'One & two', level: 1, id: 'one-two' },
      { title: 'Über uns', level: 2, id: 'über-uns' },
    ]);
    expect(sections[0]?.text).toContain('A word, code and <b>no tag</b>.');
    expect(sections[1]?.pieces).toEqual([
      {
        tag: 'ul',
        attributes: {},
        pieces: [
          { tag: 'li', attributes: {}, pieces: ['a'] },
          { tag: 'li', attributes: {}, pieces: ['b'] },
        ],
      },
    ]);
  });

  it('keeps code as it was typed', () => {
    const [section] = parseChapter('# A\n\n```\nx  y\n  z\n```\n');
    expect(section?.pieces).toEqual([{ tag: 'pre', attributes: {}, pieces: ['x  y\n  z\n'] }]);
  });
});

describe('the manual', () => {
  it('has chapters with a title and something to read', () => {
    expect(chapters.length).toBeGreaterThan(10);
    for (const chapter of chapters) {
      expect(chapter.title, chapter.id).not.toBe('');
      expect(chapter.sections.map(plainText).join(' ').length, chapter.id).toBeGreaterThan(200);
    }
  });

  it('links to chapters and pictures that exist', () => {
    const ids = chapters.map(({ id }) => id);
    for (const chapter of chapters) {
      for (const piece of all(chapter.sections.flatMap((section) => section.pieces))) {
        if (piece.tag === 'img') {
          expect(pictureUrl(piece.attributes['src'] ?? ''), `${chapter.id}: ${piece.attributes['src']}`).toBeDefined();
          expect(piece.attributes['alt'], chapter.id).not.toBe('');
        }
        if (piece.tag === 'a') {
          const [file = '', anchor] = (piece.attributes['href'] ?? '').split('#');
          const target = chapters.find(({ id }) => id === file.replace(/^\d+-|\.md$/g, ''));
          expect(target, `${chapter.id}: ${file}`).toBeDefined();
          if (anchor !== undefined) expect(target?.sections.map(({ id }) => id)).toContain(anchor);
        }
      }
    }
    for (const page of pages) expect(ids, page).toContain(chapterOf(`/${page}/x`));
  });

  it('finds words, titles first', () => {
    expect(searchManual('', 'en')).toEqual([]);
    expect(searchManual('zzzz', 'en')).toEqual([]);
    const [first] = searchManual('Linux permission', 'en');
    expect(first?.chapter.id).toBe('bench');
    expect(first?.section.title).toMatch(/^On Linux/);
  });
});

function plainText(section: { pieces: readonly Piece[] }): string {
  return section.pieces.map(plain).join(' ');
}
