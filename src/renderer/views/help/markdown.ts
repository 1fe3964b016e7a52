import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

/** A piece of a chapter as a tree: what is shown is built from it, never from HTML text. */
export type Piece =
  | string
  | {
      tag: string;
      attributes: Readonly<Record<string, string>>;
      pieces: readonly Piece[];
    };

export interface Section {
  /** Heading text; the first section has the chapter's own title. */
  title: string;
  level: number;
  /** Anchor of the heading. */
  id: string;
  pieces: readonly Piece[];
  /** Plain text of heading and pieces, for searching. */
  text: string;
}

const parser = new MarkdownIt({ html: false, linkify: false, typographer: false });

/** Cuts a chapter at its headings. HTML in the text is shown as text. */
export function parseChapter(source: string): Section[] {
  const tree = nest(parser.parse(source, {}));
  const sections: Section[] = [];
  for (const piece of tree) {
    const level = typeof piece === 'string' ? undefined : /^h([1-6])$/.exec(piece.tag)?.[1];
    if (level !== undefined) {
      const title = plain(piece);
      sections.push({ title, level: Number(level), id: slug(title), pieces: [], text: title });
      continue;
    }
    const last = sections.at(-1);
    if (!last) continue;
    sections[sections.length - 1] = {
      ...last,
      pieces: [...last.pieces, piece],
      text: `${last.text} ${plain(piece)}`,
    };
  }
  return sections;
}

/** The name of a chapter or heading in an address. */
export function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

export function plain(piece: Piece): string {
  if (typeof piece === 'string') return piece;
  return piece.tag === 'img'
    ? (piece.attributes['alt'] ?? '')
    : piece.pieces.map(plain).join(blocks.has(piece.tag) ? ' ' : '');
}

const blocks = new Set(['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'td', 'th', 'blockquote']);

interface Open {
  tag: string;
  attributes: Record<string, string>;
  pieces: Piece[];
}

/** Markdown-it's flat list of opening and closing tokens as a tree. */
function nest(tokens: readonly Token[]): Piece[] {
  const root: Open = { tag: '', attributes: {}, pieces: [] };
  const open: Open[] = [root];
  const add = (piece: Piece): void => void open.at(-1)?.pieces.push(piece);
  for (const token of tokens) {
    const attributes = Object.fromEntries(token.attrs ?? []) as Record<string, string>;
    if (token.type === 'inline') nest(token.children ?? []).forEach(add);
    else if (token.type === 'text') add(token.content);
    else if (token.type === 'softbreak') add(' ');
    else if (token.type === 'image') add({ tag: 'img', attributes: { ...attributes, alt: token.content }, pieces: [] });
    else if (token.type === 'fence' || token.type === 'code_block')
      add({ tag: 'pre', attributes: {}, pieces: [token.content] });
    else if (token.type === 'code_inline') add({ tag: 'code', attributes: {}, pieces: [token.content] });
    else if (token.hidden) continue;
    else if (token.nesting === 1) open.push({ tag: token.tag, attributes, pieces: [] });
    else if (token.nesting === -1) {
      const closed = open.length > 1 ? open.pop() : undefined;
      if (closed) add(closed);
    } else if (token.tag !== '') add({ tag: token.tag, attributes, pieces: [] });
    else add(token.content);
  }
  return root.pieces;
}
