import { Uint8ArrayReader, ZipReader, configure } from '@zip.js/zip.js';

/** The one file of a Word document with its text, and the most that is unpacked of it. */
const documentName = 'word/document.xml';
const mostXmlBytes = 16 * 1024 ** 2;

/** Signs of the font Wingdings, as Word keeps them. */
const signs: Readonly<Record<string, string>> = {
  FE: '\u2611',
  FD: '\u2612',
  FC: '\u2713',
  A8: '\u2610',
  '6F': '\u2610',
};

/**
 * The text of a Word document, one line for each paragraph or row of a table.
 * @throws Error for what cannot be read as one, and for one that is too large.
 */
export async function docxLines(bytes: Uint8Array): Promise<string[]> {
  configure({ useWebWorkers: false });
  const zip = new ZipReader(new Uint8ArrayReader(bytes), { checkSignature: true });
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (entry.filename !== documentName || entry.directory) continue;
      if (entry.encrypted || entry.uncompressedSize > mostXmlBytes) throw new Error('too large');
      const target = new Collector(mostXmlBytes);
      await entry.getData(target.stream());
      return xmlLines(target.text());
    }
    throw new Error('no document');
  } finally {
    await zip.close();
  }
}

/** Takes bytes up to a limit: what an archive says of its sizes is not to be trusted. */
class Collector {
  readonly #parts: Uint8Array[] = [];
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  stream(): WritableStream<Uint8Array> {
    return new WritableStream({
      write: (part) => {
        this.#left -= part.length;
        if (this.#left < 0) throw new Error('too large');
        this.#parts.push(part);
      },
    });
  }

  text(): string {
    return Buffer.concat(this.#parts).toString('utf8');
  }
}

/** Lines of a document's XML. Tags are taken one after the other and never as a tree, so depth costs nothing. */
export function xmlLines(xml: string): string[] {
  const reader = new WordReader();
  for (let at = 0; at < xml.length;) {
    const open = xml.indexOf('<', at);
    if (open < 0) break;
    reader.text(xml.slice(at, open));
    const close = xml.indexOf('>', open);
    if (close < 0) break;
    reader.tag(xml.slice(open + 1, Math.min(close, open + 2000)));
    at = close + 1;
  }
  return reader.lines();
}

class WordReader {
  readonly #parts: string[] = [];
  #inText = false;
  #inCell = 0;
  /** Word keeps drawings twice; the second time for older programs. */
  #inFallback = 0;
  #box = '';

  text(raw: string): void {
    if (this.#inText) this.#push(decoded(raw));
  }

  tag(tag: string): void {
    const [, closing = '', name = '', rest = ''] = /^(\/?)([\w:]{1,60})([^]*)$/.exec(tag) ?? [];
    const empty = rest.endsWith('/');
    if (name === 'mc:Fallback' && !empty) this.#inFallback = Math.max(0, this.#inFallback + (closing ? -1 : 1));
    else if (name === 'w:t') this.#inText = !closing && !empty;
    else if (name === 'w:tc' && !empty) this.#cell(closing !== '');
    else if (name === 'w:p' && (closing || empty)) this.#push(this.#inCell > 0 ? ' ' : '\n');
    else if (name === 'w:tr' && closing) this.#push('\n');
    else if (name === 'w:tab') this.#push(' ');
    else if (name === 'w:br' || name === 'w:cr') this.#push(this.#inCell > 0 ? ' ' : '\n');
    else if (name === 'w:sym')
      this.#push(signs[/w:char="F0([0-9A-F]{2})"/i.exec(rest)?.[1]?.toUpperCase() ?? ''] ?? '');
    else this.#checkBox(name, closing !== '', rest);
  }

  lines(): string[] {
    return this.#parts
      .join('')
      .split('\n')
      .map((line) => line.replaceAll(/[^\S\n]+/g, ' ').trim());
  }

  #cell(closing: boolean): void {
    this.#inCell = Math.max(0, this.#inCell + (closing ? -1 : 1));
    if (closing) this.#push(' ');
  }

  /** A box of the older kind of form; one of the newer kind has its sign as text. */
  #checkBox(name: string, closing: boolean, rest: string): void {
    if (name === 'w:checkBox' && !closing) this.#box = '[ ]';
    else if (name === 'w:checkBox') {
      this.#push(this.#box);
      this.#box = '';
    } else if (this.#box !== '' && (name === 'w:default' || name === 'w:checked'))
      this.#box = /w:val="(?:0|false|off)"/.test(rest) ? '[ ]' : '[x]';
  }

  #push(text: string): void {
    if (this.#inFallback === 0) this.#parts.push(text);
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(raw: string): string {
  return raw.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi,
    (whole, hex?: string, dec?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = hex === undefined ? Number(dec) : parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
