import { parseChapter } from './markdown.ts';
import type { Section } from './markdown.ts';

export interface Chapter {
  /** Name in the address: the file's name without number and ending. */
  id: string;
  title: string;
  sections: readonly Section[];
}

const sources = import.meta.glob<string>('../../../../docs/manual/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const pictures = import.meta.glob<string>('../../../../docs/images/*.png', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The chapters of docs/manual in the order of their file names. */
export const chapters: readonly Chapter[] = Object.entries(sources)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([path, source]) => {
    const sections = parseChapter(source);
    return { id: chapterId(path), title: sections[0]?.title ?? '', sections };
  });

/** `docs/manual/03-flash.md` is chapter `flash`. */
export function chapterId(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/^\d+-/, '').replace(/\.md$/, '');
}

/** Address of a picture that a chapter names as `../images/NAME.png`. */
export function pictureUrl(source: string): string | undefined {
  const name = source.split('/').at(-1);
  return Object.entries(pictures).find(([path]) => path.endsWith(`/${name}`))?.[1];
}

export interface Hit {
  chapter: Chapter;
  section: Section;
}

/** Sections that have all words, those with the words in their title first. */
export function searchManual(query: string, locale: string): Hit[] {
  const words = query.toLocaleLowerCase(locale).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const has = (text: string): boolean => words.every((word) => text.toLocaleLowerCase(locale).includes(word));
  const hits = chapters.flatMap((chapter) => chapter.sections.map((section) => ({ chapter, section })));
  const found = hits.filter(({ section }) => has(section.text));
  return [...found.filter(({ section }) => has(section.title)), ...found.filter(({ section }) => !has(section.title))];
}
