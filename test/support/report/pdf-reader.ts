import { inflateSync } from 'node:zlib';

/** A small reader of the PDF files that this project writes (one xref table, Flate streams, CID fonts with ToUnicode). */
export interface PdfPage {
  /** Text in the order of drawing, one line for each text operator. */
  text: string;
  /** Whether any text or path was painted outside of marked content. */
  unmarked: string[];
  width: number;
  height: number;
}

export interface PdfElement {
  type: string;
  alt: string | undefined;
}

export interface PdfRead {
  pages: PdfPage[];
  elements: PdfElement[];
  tagged: boolean;
  lang: string | undefined;
  title: string;
  fonts: { name: string; embedded: boolean }[];
}

export function readPdf(bytes: Uint8Array): PdfRead {
  const objects = readObjects(bytes);
  const all = [...objects.values()];
  const catalog = all.find((object) => object.head.includes('/Type /Catalog'))?.head ?? '';
  const info = reference(objects, /\/Info (\d+) 0 R/.exec(Buffer.from(bytes).toString('latin1'))?.[1])?.head ?? '';
  const kids =
    /\/Kids \[([^\]]*)\]/.exec(all.find((object) => /\/Type \/Pages\b/.test(object.head))?.head ?? '')?.[1] ?? '';
  return {
    pages: [...kids.matchAll(/(\d+) 0 R/g)].map((kid) => readPage(objects, objects.get(Number(kid[1]))?.head ?? '')),
    elements: all
      .filter((object) => /\/S \/\w+/.test(object.head) && /\/P \d+ 0 R/.test(object.head))
      .map((object) => ({
        type: /\/S \/(\w+)/.exec(object.head)?.[1] ?? '',
        alt: string(/\/Alt (\((?:[^\\)]|\\.)*\))/.exec(object.head)?.[1]),
      })),
    tagged:
      /\/Marked true/.test(reference(objects, /\/MarkInfo (\d+) 0 R/.exec(catalog)?.[1])?.head ?? '') &&
      catalog.includes('/StructTreeRoot'),
    lang: string(/\/Lang (\([^)]*\))/.exec(catalog)?.[1]),
    title:
      string(/(\((?:[^\\)]|\\.)*\))/.exec(reference(objects, /\/Title (\d+) 0 R/.exec(info)?.[1])?.head ?? '')?.[1]) ??
      '',
    fonts: all
      .filter((object) => object.head.includes('/Type /FontDescriptor'))
      .map((object) => ({
        name: /\/FontName \/(\S+)/.exec(object.head)?.[1] ?? '',
        embedded: /\/FontFile2 \d+ 0 R/.test(object.head),
      })),
  };
}

interface PdfObject {
  head: string;
  stream: Buffer | undefined;
}

function readObjects(bytes: Uint8Array): Map<number, PdfObject> {
  const buffer = Buffer.from(bytes);
  const file = buffer.toString('latin1');
  const start = Number(/startxref\n(\d+)\n%%EOF/.exec(file)?.[1]);
  const offsets = [...file.slice(start).matchAll(/^(\d{10}) 00000 n/gm)].map((match) => Number(match[1]));
  const ends = [...offsets, start].toSorted((a, b) => a - b);
  return new Map(
    offsets.map((offset, i): [number, PdfObject] => {
      const end = ends.find((candidate) => candidate > offset) ?? start;
      const body = file.slice(offset, end);
      const at = body.indexOf('\nstream\n');
      if (at < 0) return [i + 1, { head: body, stream: undefined }];
      const length = Number(/\/Length (\d+)/.exec(body)?.[1]);
      const raw = buffer.subarray(offset + at + 8, offset + at + 8 + length);
      const head = body.slice(0, at);
      return [i + 1, { head, stream: head.includes('/FlateDecode') ? inflateSync(raw) : raw }];
    }),
  );
}

function readPage(objects: Map<number, PdfObject>, head: string): PdfPage {
  const [, , width = 0, height = 0] = (/\/MediaBox \[([^\]]*)\]/.exec(head)?.[1] ?? '').split(' ').map(Number);
  const content = reference(objects, /\/Contents (\d+) 0 R/.exec(head)?.[1])?.stream?.toString('latin1') ?? '';
  const resources = reference(objects, /\/Resources (\d+) 0 R/.exec(head)?.[1])?.head ?? head;
  const fonts = new Map(
    [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map((match) => [
      match[1] ?? '',
      toUnicode(objects, Number(match[2])),
    ]),
  );
  let font: Map<string, string> | undefined;
  let depth = 0;
  const text: string[] = [];
  const unmarked: string[] = [];
  for (const line of content.split('\n')) {
    if (/ (BDC|BMC)$/.test(line)) depth += 1;
    if (line === 'EMC') depth -= 1;
    font = fonts.get(/^\/(F\d+) [\d.]+ Tf$/.exec(line)?.[1] ?? '') ?? font;
    if (line.endsWith(' TJ')) {
      const codes = [...line.matchAll(/<([0-9a-f]*)>/g)].flatMap((match) => match[1]?.match(/.{4}/g) ?? []);
      text.push(codes.map((code) => font?.get(code) ?? '\ufffd').join(''));
    }
    if (depth === 0 && /(^| )(TJ|Tj|S|f|f\*|B|B\*)$/.test(line)) unmarked.push(line);
  }
  return { text: text.join('\n'), unmarked, width, height };
}

function toUnicode(objects: Map<number, PdfObject>, id: number): Map<string, string> {
  const map =
    reference(objects, /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1])?.stream?.toString('latin1') ??
    '';
  const decode = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  const result = new Map<string, string>();
  for (const range of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)) {
    const first = parseInt(range[1] ?? '', 16);
    [...(range[2] ?? '').matchAll(/<([0-9a-f ]*)>/g)].forEach((entry, i) =>
      result.set((first + i).toString(16).padStart(4, '0'), decode((entry[1] ?? '').replaceAll(' ', ''))),
    );
  }
  return result;
}

function reference(objects: Map<number, PdfObject>, id: string | undefined): PdfObject | undefined {
  return id === undefined ? undefined : objects.get(Number(id));
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A literal string: UTF-16 behind a byte-order mark, else Latin. */
function string(literal: string | undefined): string | undefined {
  if (literal === undefined) return undefined;
  const raw = literal
    .slice(1, -1)
    .replace(/\\(\d{3}|.)/g, (_, escaped: string) =>
      escaped.length === 3 ? String.fromCharCode(parseInt(escaped, 8)) : (escapes[escaped] ?? escaped),
    );
  const bytes = Buffer.from(raw, 'latin1');
  return bytes[0] === 0xfe && bytes[1] === 0xff
    ? bytes
        .subarray(2, 2 + ((bytes.length - 2) & ~1))
        .swap16()
        .toString('utf16le')
    : raw;
}
